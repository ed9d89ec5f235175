// An agent of the OpenAI Agents SDK below a traced call; its model and its tool are traced where they are called.
import { Agent, OpenAIChatCompletionsModel, run, setTracingDisabled, tool } from '@openai/agents';
import OpenAI from 'openai';
import { TraceAgent, traced } from 'spandrel';
import { fakeModelServer } from 'spandrel/testing';
import { z } from 'zod';
import { main } from './kit.js';

setTracingDisabled(true); // their own, which sends to OpenAI

class Service {
  constructor(private readonly agent: Agent) {}
  @TraceAgent({ agentName: 'helper' })
  async answer(): Promise<unknown> {
    return (await run(this.agent, 'Hi')).finalOutput;
  }
}

main(async () => {
  const server = await fakeModelServer({
    answers: [
      { toolCalls: [{ name: 'add', input: { a: 1, b: 2 } }], usage: { prompt: 1_000, completion: 500 } },
      { text: 'It is 3.', usage: { prompt: 1_000, completion: 500 } },
    ],
  });
  const client = new OpenAI(server.openai);
  const { completions } = client.chat;
  completions.create = traced(completions.create.bind(completions) as never, {
    spanName: 'ask',
    spanKind: 'LLM',
  }) as never;
  const add = tool({
    name: 'add',
    description: 'adds',
    parameters: z.object({ a: z.number(), b: z.number() }),
    execute: traced(async ({ a, b }: { a: number; b: number }) => a + b, { spanName: 'add', spanKind: 'TOOL' }),
  });
  const model = new OpenAIChatCompletionsModel(client as never, 'small-model');
  console.log(await new Service(new Agent({ name: 'helper', instructions: 'Add.', model, tools: [add] })).answer());
  await server.close();
});
