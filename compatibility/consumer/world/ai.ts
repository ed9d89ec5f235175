import { createOpenAI } from '@ai-sdk/openai';
import { generateText, streamText } from 'ai';
import { TraceFunction, TraceLLM } from 'spandrel';
import { fakeModelServer } from 'spandrel/testing';
import { main } from './kit.js';

type Model = ReturnType<ReturnType<typeof createOpenAI>['chat']>;

class Service {
  constructor(private readonly model: Model) {}
  @TraceFunction()
  async answer(): Promise<void> {
    await this.ask();
    for await (const _ of streamText({ model: this.model, prompt: 'Hi', experimental_telemetry: { isEnabled: true } })
      .textStream);
  }
  @TraceLLM()
  ask() {
    return generateText({ model: this.model, prompt: 'Hi' });
  }
}

main(async () => {
  const server = await fakeModelServer({
    answers: () => ({ text: 'There.', usage: { prompt: 1_000, completion: 500 } }),
  });
  await new Service(createOpenAI(server.openai).chat('small-model')).answer();
  await server.close();
});
