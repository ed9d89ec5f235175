// Beside OpenLLMetry's instrumentation of the client.
import OpenAI from 'openai';
import { OpenAIInstrumentation } from '@traceloop/instrumentation-openai';
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

main(async () => {
  new OpenAIInstrumentation().manuallyInstrument(OpenAI);
  const server = await fakeModelServer({
    answers: () => ({ text: 'There.', usage: { prompt: 1_000, completion: 500 } }),
  });
  await new Service(new OpenAI(server.openai)).answer();
  await server.close();
});
