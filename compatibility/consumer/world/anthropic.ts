import Anthropic from '@anthropic-ai/sdk';
import { TraceFunction, TraceLLM } from 'spandrel';
import { fakeModelServer } from 'spandrel/testing';
import { main } from './kit.js';

const REQUEST = { model: 'small-model', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hi' }] };

class Service {
  constructor(private readonly client: Anthropic) {}
  @TraceFunction()
  async answer(): Promise<void> {
    await this.ask();
    await this.stream().finalMessage();
  }
  @TraceLLM()
  ask() {
    return this.client.messages.create(REQUEST);
  }
  @TraceLLM()
  stream() {
    return this.client.messages.stream(REQUEST);
  }
}

main(async () => {
  const server = await fakeModelServer({
    answers: () => ({ text: 'There.', usage: { prompt: 1_000, completion: 500 } }),
  });
  await new Service(new Anthropic(server.anthropic)).answer();
  await server.close();
});
