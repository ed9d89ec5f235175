import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import { ChatOpenAI } from '@langchain/openai';
import { TraceFunction, traced } from 'spandrel';
import { TokenTrackingCallback } from 'spandrel/langchain';
import { fakeModelServer } from 'spandrel/testing';
import { main } from './kit.js';

const State = Annotation.Root({ text: Annotation<string> });

class Service {
  constructor(private readonly model: ChatOpenAI) {}
  @TraceFunction()
  async answer(): Promise<void> {
    const callbacks = [new TokenTrackingCallback()];
    const ask = traced(async () => ({ text: String((await this.model.invoke('Hi', { callbacks })).content) }), {
      spanName: 'ask node',
    });
    const again = traced(async () => ({ text: String((await this.model.invoke('Again', { callbacks })).content) }), {
      spanName: 'again node',
    });
    await new StateGraph(State)
      .addNode('ask', ask)
      .addNode('again', again)
      .addEdge(START, 'ask')
      .addEdge('ask', 'again')
      .addEdge('again', END)
      .compile()
      .invoke({ text: '' });
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
