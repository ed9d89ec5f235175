import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import type { ChatOpenAI } from '@langchain/openai';
import { TraceFunction, traced } from 'spandrel';
import { TokenTrackingCallback } from 'spandrel/langchain';
import { withChatOpenAI } from './chat-openai.js';

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

withChatOpenAI((model) => new Service(model).answer());
