import OpenAI from 'openai';
import { TraceFunction, TraceLLM } from 'spandrel';
import { fakeModelServer } from 'spandrel/testing';
import { main } from './kit.js';

class Service {
  constructor(private readonly client: OpenAI) {}
  @TraceFunction()
  answer() {
    return this.ask();
  }
  @TraceLLM()
  ask() {
    return this.client.chat.completions.create({ model: 'small-model', messages: [{ role: 'user', content: 'Hi' }] });
  }
}

/** A traced call through OpenAI's client, which somebody else's instrumentation traces too. */
export function callBeside(instrumentation: { manuallyInstrument(client: typeof OpenAI): void }): void {
  main(async () => {
    instrumentation.manuallyInstrument(OpenAI);
    const server = await fakeModelServer({
      answers: () => ({ text: 'There.', usage: { prompt: 1_000, completion: 500 } }),
    });
    await new Service(new OpenAI(server.openai)).answer();
    await server.close();
  });
}
