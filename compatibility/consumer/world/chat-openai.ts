import { ChatOpenAI } from '@langchain/openai';
import { fakeModelServer } from 'spandrel/testing';
import { main } from './kit.js';

/** Runs a case with LangChain's chat model, against a server on loopback. */
export function withChatOpenAI(work: (model: ChatOpenAI) => Promise<void>): void {
  main(async () => {
    const server = await fakeModelServer({
      answers: () => ({ text: 'There.', usage: { prompt: 1_000, completion: 500 } }),
    });
    const { baseURL, apiKey } = server.openai;
    await work(new ChatOpenAI({ model: 'small-model', apiKey, configuration: { baseURL } }));
    await server.close();
  });
}
