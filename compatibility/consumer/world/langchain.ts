import { ChatOpenAI } from '@langchain/openai';
import { TraceFunction } from 'spandrel';
import { TokenTrackingCallback } from 'spandrel/langchain';
import { fakeModelServer } from 'spandrel/testing';
import { main } from './kit.js';

class Service {
  constructor(private readonly model: ChatOpenAI) {}
  @TraceFunction()
  async answer(): Promise<void> {
    const callbacks = [new TokenTrackingCallback()];
    await this.model.invoke('Hi', { callbacks });
    for await (const _ of await this.model.stream('Hi', { callbacks }));
  }
}

main(async () => {
  const server = await fakeModelServer({
    answers: () => ({ text: 'There.', usage: { prompt: 1_000, completion: 500 } }),
  });
  const { baseURL, apiKey } = server.openai;
  await new Service(new ChatOpenAI({ model: 'small-model', apiKey, configuration: { baseURL } })).answer();
  await server.close();
});
