// Agents that call a model. Most runs are cheap, quick and well; some are dear, in one call or in all together, some slow, and
// some have a call that fails, which the agent gets over.
import { configure, traced } from 'spandrel';
import { startTracing } from 'spandrel/setup';

const { plain, special, dearUsd, slowMs } = JSON.parse(process.env.AGENTS);
const tracing = startTracing({ backends: ['otlp', 'file'] });
configure({ modelCosts: { 'house-large': { input: 1, output: 1 } } }); // USD for a million tokens

const ask = traced(
  async ({ usd, ms = 1, fails = false }) => {
    await new Promise((passed) => setTimeout(passed, ms));
    if (fails) throw new Error('the model is overloaded');
    return { tokens: { prompt: Math.round(usd * 1e6), completion: 0 } };
  },
  { spanName: 'ask', spanKind: 'LLM', modelName: 'house-large', usage: ({ tokens }) => tokens },
);
const agent = traced(
  async (...calls) => {
    for (const call of calls) await ask(call).catch(() => undefined);
  },
  { spanName: 'agent', spanKind: 'AGENT' },
);

const cheap = { usd: dearUsd / 100 };
const kinds = [
  () => agent(cheap, { usd: dearUsd * 1.2 }),
  () => agent({ usd: dearUsd * 0.6 }, { usd: dearUsd * 0.6 }),
  () => ask({ usd: dearUsd * 1.2 }),
  () => agent(cheap, { ...cheap, ms: slowMs * 1.1 }, cheap),
  () => agent(cheap, { ...cheap, fails: true }, cheap),
];
const slow = [];
for (let made = 0; made < special; made++) slow.push(...kinds.map((run) => run()));
for (let made = 0; made < plain; made++) await agent(cheap, cheap);
await Promise.all(slow);
await tracing.shutdown();
