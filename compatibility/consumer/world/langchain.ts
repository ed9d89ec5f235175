import type { ChatOpenAI } from '@langchain/openai';
import { TraceFunction } from 'spandrel';
import { TokenTrackingCallback } from 'spandrel/langchain';
import { withChatOpenAI } from './chat-openai.js';

class Service {
  constructor(private readonly model: ChatOpenAI) {}
  @TraceFunction()
  async answer(): Promise<void> {
    const callbacks = [new TokenTrackingCallback()];
    await this.model.invoke('Hi', { callbacks });
    for await (const _ of await this.model.stream('Hi', { callbacks }));
  }
}

withChatOpenAI((model) => new Service(model).answer());
