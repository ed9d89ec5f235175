import OpenAI from 'openai';
import { TraceFunction, TraceLLM } from 'spandrel';
import { fakeModelServer } from 'spandrel/testing';
import { main } from './kit.js';

class Service {
  constructor(private readonly client: OpenAI) {}
  @TraceFunction()
  async answer(): Promise<void> {
    await this.ask();
    for await (const _ of await this.stream());
  }
  @TraceLLM()
  ask() {
    return this.client.chat.completions.create({ model: 'small-model', messages: [{ role: 'user', content: 'Hi' }] });
  }
  @TraceLLM()
  stream() {
    return this.client.chat.completions.create({
      model: 'small-model',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      stream_options: { include_usage: true },
    });
  }
}

main(async () => {
  const server = await fakeModelServer({
    answers: () => ({ text: 'There.', usage: { prompt: 1_000, completion: 500 } }),
  });
  await new Service(new OpenAI(server.openai)).answer();
  await server.close();
});
