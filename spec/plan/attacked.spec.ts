// Faults in what users and other libraries supply, that once reached the call, the budget or the span.
import { metrics, trace } from '@opentelemetry/api';
import { expressScope, honoScope } from '../../lib/adapters/http/index.js';
import { captureScope, configure, createSpanLink, recordCost, runInScope, traced, withCostBudget } from '../../lib/index.js'; // prettier-ignore
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

const tracing = testTracing();
beforeEach(() => configure({ modelCosts: { m: { input: 1, output: 1 } } }));
afterEach(() => tracing.reset());
afterAll(async () => {
  await tracing.shutdown();
  resetConfiguration();
});

let ids = 0;
const response = () => ({ id: `a${ids++}`, object: 'chat.completion', model: 'm', choices: [], usage: { prompt_tokens: 1e6, completion_tokens: 0 } }); // prettier-ignore
const ask = traced(async () => response(), { spanName: 'ask', spanKind: 'LLM' });
const thrower = () => {
  throw new Error('theirs');
};

it('a user object that throws, or a user that is null, leaves the user out and handles the request', () => {
  const handled: unknown[] = [];
  const next = () => handled.push(captureScope().userId);
  expressScope()({ headers: {}, user: { get id() { return thrower(); } } }, {}, next); // prettier-ignore
  expressScope({ user: () => null as never })({ headers: {} }, {}, next);
  expressScope({ user: () => Object.create(null) as never })({ headers: {} }, {}, next);
  expressScope({ user: () => null as never, userHeader: 'x-user' })({ headers: { 'x-user': 'u1' } }, {}, next);
  void honoScope()({ req: { header: thrower }, get: thrower }, async () => void next());
  expect(handled).toEqual([undefined, undefined, undefined, 'u1', undefined]);
  expect(() => expressScope({ session: false as never })).toThrow('expected session to be a function');
});

it.each([[Number.NaN], [-100], [Infinity]])(
  'a cost of %p that was set by hand counts as none in a budget',
  async (usd) => {
    const bad = traced(async () => { trace.getActiveSpan()?.setAttribute('llm.cost.total', usd); return response(); }, { spanKind: 'LLM' }); // prettier-ignore
    await withCostBudget({ maxUsd: 1.5, onExceeded: 'throw' }, async (budget) => {
      await bad();
      expect(budget.spentUsd).toBe(1); // its tokens have a price
      await ask();
      await expect(ask()).rejects.toThrow('cost budget');
    });
  },
);

it('a limit that is a function is refused by the block form', () => {
  expect(() => withCostBudget({ maxUsd: (() => 1) as never }, () => 1)).toThrow('expected maxUsd to be an amount');
});

it('sums of floating-point numbers raise no false alarm, and each budget warns for itself', () => {
  const log = diagLog();
  withCostBudget({ maxUsd: 0.3, onExceeded: 'throw' }, (budget) => {
    for (let i = 0; i < 3; i++) recordCost(0.1, 'x');
    expect([budget.exceeded, budget.signal.aborted]).toEqual([false, false]);
  });
  for (let i = 0; i < 3; i++) withCostBudget({ maxUsd: 0.5 }, () => recordCost(1, 'x'));
  expect(log.warnings.filter((text) => text.includes('is exceeded'))).toHaveLength(3);
  log.stop();
});

it('onExceeded that gives a promise which fails disturbs nobody', async () => {
  withCostBudget({ maxUsd: 0.5, onExceeded: async () => thrower() }, () => recordCost(1, 'x'));
  await new Promise((done) => setImmediate(done));
});

it('meters that throw cost neither the call nor its cost', async () => {
  metrics.setGlobalMeterProvider({ getMeter: thrower });
  await expect(ask()).resolves.toBeDefined();
  metrics.disable();
  metrics.setGlobalMeterProvider({ getMeter: () => ({ createHistogram: () => ({ record: thrower }) }) as never });
  await withCostBudget({ maxUsd: 5 }, async (budget) => {
    await ask();
    expect(budget.spentUsd).toBe(1);
  });
  metrics.disable();
  expect(tracing.spans.map(({ attributes }) => attributes['cost.total_usd'])).toEqual([1, 1]);
});

it('link targets that throw cost neither the span nor the budget’s refusal', () => {
  expect(() => createSpanLink({ get context() { return thrower(); } })).not.toThrow(); // prettier-ignore
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const call = traced(() => 1, { spanName: 'linked', spanKind: 'LLM', links: () => [proxy as never, { get previousTurn() { return thrower(); } }] }); // prettier-ignore
  expect(call()).toBe(1);
  expect(tracing.byName('linked').links).toEqual([]);
  expect(() => withCostBudget({ maxUsd: 0, onExceeded: 'throw' }, call)).toThrow('cost budget');
});

it('a client’s span that was started under a bare parent counts in the budget around it', () => {
  withCostBudget({ maxUsd: 5 }, (budget) => {
    const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.response.model': 'm', 'gen_ai.usage.input_tokens': 1e6, 'gen_ai.usage.output_tokens': 0 }; // prettier-ignore
    trace.getTracer('client').startSpan('chat', { attributes, root: true }).end();
    expect(budget.spentUsd).toBe(1);
  });
});

it('tags and flat metadata without end are cut', () => {
  configure({ metadata: 'flat' });
  const tags = Array.from({ length: 300_000 }, (_, i) => `tag${i}`);
  const metadata = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i]));
  runInScope({ tags, metadata }, () => traced(() => 1, { spanName: 'many' })());
  const { attributes } = tracing.byName('many');
  expect(attributes['tag.tags']).toHaveLength(200);
  expect(attributes['output.value']).toBe('1');
  configure({ metadata: 'json' });
});
