import { context, diag, metrics, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { configure, CostBudget, CostBudgetExceededError, currentBudget, recordCost, recordUsage, traced, TraceFunction, withCostBudget, type Budget } from '../../lib/index.js'; // prettier-ignore
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';
import '../../lib/testing/jest.js';
import { diagLog } from '../support/diag-log.js';

/** Costs exactly one dollar: a million prompt tokens at 1 USD per million. */
let ids = 0;
const answer = () => ({
  id: `chatcmpl-${ids++}`,
  object: 'chat.completion',
  model: 'dollar-model',
  choices: [],
  usage: { prompt_tokens: 1_000_000, completion_tokens: 0, total_tokens: 1_000_000 },
});
const ask = traced(async () => answer(), { spanName: 'ask', spanKind: 'LLM' });

beforeEach(() => configure({ modelCosts: { 'dollar-model': { input: 1, output: 1 } } }));
afterAll(() => resetConfiguration());

describe('with an SDK', () => {
  const tracing = testTracing();
  afterEach(() => tracing.reset());
  afterAll(() => tracing.shutdown());

  it('counts what everything below costs, and says limit and spent on the outermost spans', async () => {
    const run = traced(async () => { await ask(); await ask(); }, { spanName: 'agent' }); // prettier-ignore
    await withCostBudget({ maxUsd: 5 }, async (budget) => {
      await run();
      expect(budget).toMatchObject({ maxUsd: 5, spentUsd: 2, remainingUsd: 3, exceeded: false });
    });
    expect(tracing.byName('agent').attributes).toMatchObject({
      'cost.budget.limit_usd': 5,
      'cost.budget.spent_usd': 2,
    });
    expect(tracing.spans.filter(({ name }) => name === 'ask').map(({ attributes }) => attributes['cost.budget.limit_usd'])).toEqual([undefined, undefined]); // prettier-ignore
    expect(currentBudget()).toBeUndefined();
  });

  it('warns once and lets calls go on by default; the span that crossed the limit has an event', async () => {
    const log = diagLog();
    await withCostBudget({ maxUsd: 1.5 }, async (budget) => {
      for (let i = 0; i < 3; i++) await ask();
      expect(budget.exceeded).toBe(true);
      expect(budget.signal.aborted).toBe(false);
    });
    expect(log.warnings.filter((text) => text.includes('budget'))).toEqual([
      'spandrel: withCostBudget: the cost budget of $1.5 is exceeded',
    ]);
    log.stop();
    expect(tracing.spans.flatMap(({ events }) => events)).toMatchObject([
      { name: 'cost.budget.exceeded', attributes: { 'cost.budget.limit_usd': 1.5, 'cost.budget.spent_usd': 2 } },
    ]);
  });

  it('throw: a call that spends is refused before its body runs, and its span says so', async () => {
    let bodies = 0;
    const counted = traced(async () => { bodies++; return answer(); }, { spanName: 'counted', spanKind: 'llm' }); // prettier-ignore
    const plain = traced(() => 'free', { spanName: 'plain' });
    await withCostBudget({ maxUsd: 2, onExceeded: 'throw' }, async (budget) => {
      await counted();
      await counted();
      expect(budget.signal.aborted).toBe(false); // spent, not exceeded
      const refused = counted();
      await expect(refused).rejects.toBeInstanceOf(CostBudgetExceededError);
      await expect(refused).rejects.toMatchObject({ maxUsd: 2, spentUsd: 2, name: 'CostBudgetExceededError' });
      expect(plain()).toBe('free');
    });
    expect(bodies).toBe(2);
    const [refused] = tracing.spans.filter(({ attributes }) => attributes['error.type'] !== undefined);
    expect(refused).toMatchObject({
      name: 'counted',
      attributes: { 'error.type': 'CostBudgetExceededError', 'cost.budget.limit_usd': 2, 'cost.budget.spent_usd': 2 },
    });
  });

  it('throw: async functions and generators reject, others throw; spends widens and narrows what is refused', async () => {
    const options = { spanKind: 'LLM' } as const;
    const sync = traced(() => 1, options);
    const generator = traced(function* () { yield 1; }, options); // prettier-ignore
    const stream = traced(async function* () { yield 1; }, options); // prettier-ignore
    const tool = traced(() => 1, { spends: true });
    const free = traced(() => 1, { ...options, spends: false });
    await withCostBudget({ maxUsd: 0, onExceeded: 'throw' }, async () => {
      expect(() => sync()).toThrow(CostBudgetExceededError);
      const steps = generator();
      expect(() => steps.next()).toThrow(CostBudgetExceededError);
      await expect(stream().next()).rejects.toThrow(CostBudgetExceededError);
      expect(() => tool()).toThrow(CostBudgetExceededError);
      expect(free()).toBe(1);
    });
    expect(sync()).toBe(1);
    expect(tracing).toHaveNoOpenSpans();
  });

  it('nested budgets: what is spent inside counts outside, and an outer budget refuses inside', async () => {
    await withCostBudget({ maxUsd: 2, onExceeded: 'throw' }, async (outer) => {
      await withCostBudget({ maxUsd: 100, onExceeded: 'throw' }, async (inner) => {
        await ask();
        await withCostBudget({ maxUsd: 0.5 }, async () => void (await ask()));
        expect([outer.spentUsd, inner.spentUsd]).toEqual([2, 2]);
        await expect(ask()).rejects.toMatchObject({ maxUsd: 2 });
        recordCost(0.5, 'GPU seconds');
        expect(outer.exceeded).toBe(true);
        expect(inner.signal.aborted).toBe(true); // the outer budget's abort reaches inside
        expect(inner.signal.reason).toBeInstanceOf(CostBudgetExceededError);
        expect(inner.exceeded).toBe(false);
      });
    });
  });

  it('concurrent budgets do not mix', async () => {
    const spent = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        withCostBudget({ maxUsd: 1_000 }, async (budget) => {
          for (let n = 0; n < i % 5; n++) await ask();
          return budget.spentUsd;
        }),
      ),
    );
    expect(spent).toEqual(Array.from({ length: 50 }, (_, i) => i % 5));
  });

  it('@CostBudget opens one for each call, on methods and on classes', async () => {
    const seen: (Budget | undefined)[] = [];
    class Agent {
      constructor(readonly limit: number) {}
      @CostBudget<(n: number) => Promise<void>>({ maxUsd: ({ self }) => (self as Agent).limit, onExceeded: 'throw' })
      @TraceFunction()
      async run(n: number) {
        seen.push(currentBudget());
        for (let i = 0; i < n; i++) await ask();
      }
    }
    const agent = new Agent(2);
    await agent.run(1);
    await agent.run(2);
    await expect(agent.run(3)).rejects.toThrow('the cost budget of $2 is spent: $2 so far');
    expect(seen.map((budget) => budget?.spentUsd)).toEqual([1, 2, 2]);
    const [first] = tracing.spans.filter(({ name }) => name === 'Agent.run');
    expect(first?.attributes).toMatchObject({ 'cost.budget.limit_usd': 2, 'cost.budget.spent_usd': 1 });
  });

  it('a wrapper of the same response does not spend it twice', async () => {
    const wrapper = traced(async () => ask(), { spanName: 'wrapper', spanKind: 'LLM' });
    await withCostBudget({ maxUsd: 5 }, async (budget) => {
      await wrapper();
      expect(budget.spentUsd).toBe(1);
    });
  });

  it('counts model calls of other libraries', () => {
    withCostBudget({ maxUsd: 5 }, (budget) => {
      trace
        .getTracer('client')
        .startSpan('chat', {
          attributes: {
            'gen_ai.operation.name': 'chat',
            'gen_ai.response.model': 'dollar-model',
            'gen_ai.usage.input_tokens': 1_000_000,
            'gen_ai.usage.output_tokens': 0,
          },
        }) // prettier-ignore
        .end();
      expect(budget.spentUsd).toBe(1);
    });
  });

  it('a function is called once with the budget; one that throws disturbs nobody', async () => {
    const called: number[] = [];
    await withCostBudget({ maxUsd: 0.5, onExceeded: (budget) => called.push(budget.spentUsd) }, async () => {
      await ask();
      await ask();
    });
    expect(called).toEqual([1]);
    const thrower = () => {
      throw new Error('mine');
    };
    await expect(withCostBudget({ maxUsd: 0.5, onExceeded: thrower }, () => ask())).resolves.toBeDefined();
  });

  it.each([
    [{ maxUsd: -1 }, 'expected maxUsd to be an amount in USD, 0 or more, got -1'],
    [{ maxUsd: Number.NaN }, 'got NaN'],
    [{ maxUsd: '5' }, 'got "5"'],
    [{ maxUSD: 5 }, 'unknown option "maxUSD". Did you mean "maxUsd"?'],
    [{ maxUsd: 5, onExceeded: 'stop' }, 'expected onExceeded to be "warn", "throw" or a function, got "stop"'],
  ])('%j is refused while decorating', (options, message) => {
    expect(() => CostBudget(options as never)).toThrow(message);
    expect(() => withCostBudget(options as never, () => 1)).toThrow(message);
  });

  it('a limit that a selector cannot give leaves the call without a budget, with a warning', () => {
    const log = diagLog();
    class Agent {
      @CostBudget({ maxUsd: () => Number.NaN, onExceeded: 'throw' })
      run() {
        return currentBudget();
      }
    }
    expect(new Agent().run()).toBeUndefined();
    expect(log.warnings.join()).toContain('maxUsd gave NaN');
    log.stop();
  });

  describe('recordCost', () => {
    it('adds up on the traced call, in its ancestors and in the budget, and says why', () => {
      const tool = traced(() => { recordCost(0.25, 'OCR'); recordCost(0.5, 'GPU'); }, { spanName: 'tool', spanKind: 'TOOL' }); // prettier-ignore
      withCostBudget({ maxUsd: 5 }, (budget) => {
        traced(() => tool(), { spanName: 'agent' })();
        expect(budget.spentUsd).toBe(0.75);
      });
      const { attributes, events } = tracing.byName('tool');
      expect(attributes).toMatchObject({
        'cost.other_cost_usd': 0.75,
        'cost.total_usd': 0.75,
        'cost.source': 'recorded',
      });
      expect(attributes).not.toHaveProperty(['llm.cost.total']);
      expect(events).toMatchObject([
        { name: 'cost.recorded', attributes: { 'cost.recorded.usd': 0.25, 'cost.recorded.reason': 'OCR' } },
        { name: 'cost.recorded', attributes: { 'cost.recorded.usd': 0.5, 'cost.recorded.reason': 'GPU' } },
      ]);
      expect(tracing.byName('agent').attributes).toMatchObject({
        'cost.rollup.total_usd': 0.75,
        'cost.rollup.llm_calls': 0,
      });
    });

    it('stands beside the price of a model call', async () => {
      await traced(async () => { recordCost(0.5, 'search'); return answer(); }, { spanName: 'searching', spanKind: 'LLM' })(); // prettier-ignore
      expect(tracing.byName('searching').attributes).toMatchObject({
        'cost.total_usd': 1.5,
        'cost.other_cost_usd': 0.5,
        'cost.input_cost_usd': 1,
        'cost.source': 'override',
        'llm.cost.total': 1,
      });
    });

    it('goes to a span that the user made, and counts above it', () => {
      traced(() => trace.getTracer('mine').startActiveSpan('mine', (span) => { recordCost(0.5, 'x'); span.end(); }), { spanName: 'outer' })(); // prettier-ignore
      expect(tracing.byName('mine').attributes).toMatchObject({ 'cost.total_usd': 0.5, 'cost.source': 'recorded' });
      expect(tracing.byName('outer').attributes).toMatchObject({ 'cost.rollup.total_usd': 0.5 });
    });

    it.each([[-1], [Number.NaN], [Infinity], ['5']])('%p is reported and not recorded', (usd) => {
      const log = diagLog();
      traced(() => recordCost(usd as number, 'x'), { spanName: 'bad' })();
      expect(tracing.byName('bad').attributes).not.toHaveProperty(['cost.total_usd']);
      expect(log.warnings.join()).toContain('recordCost: expected an amount');
      log.stop();
    });
  });
});

describe('without an SDK', () => {
  beforeAll(() => {
    for (const api of [trace, context, propagation, metrics, diag]) api.disable();
  });

  it('there is no SDK and no context manager', () => {
    const probe = ROOT_CONTEXT.setValue(Symbol('probe'), 1);
    expect(context.with(probe, () => context.active())).not.toBe(probe);
  });

  it('counts every call all the same, in the budget it was made in', async () => {
    const spent = await Promise.all(
      [1, 2, 3].map((n) =>
        withCostBudget({ maxUsd: 2, onExceeded: 'throw' }, async (budget) => {
          const made = await Promise.allSettled([ask(), n > 1 ? ask() : undefined]);
          expect(made.every(({ status }) => status === 'fulfilled')).toBe(true);
          if (n === 3) await expect(ask()).rejects.toThrow(CostBudgetExceededError);
          return budget.spentUsd;
        }),
      ),
    );
    expect(spent).toEqual([1, 2, 2]);
  });

  it('streams count too, and what a wrapper gives on is counted once', async () => {
    const stream = traced(
      async function* () {
        yield { ...answer(), object: 'chat.completion.chunk' };
      },
      { spanKind: 'LLM' },
    );
    const wrapper = traced(() => ask(), { spanKind: 'LLM' });
    await withCostBudget({ maxUsd: 10 }, async (budget) => {
      for await (const chunk of stream()) expect(chunk).toBeDefined();
      await wrapper();
      expect(budget.spentUsd).toBe(2);
    });
  });

  it('usage recorded by hand counts', async () => {
    const own = traced(async () => recordUsage({ prompt: 1_000_000, completion: 0 }), {
      spanKind: 'LLM',
      modelName: 'dollar-model',
    });
    await withCostBudget({ maxUsd: 10 }, async (budget) => {
      await own();
      expect(budget.spentUsd).toBe(1);
    });
  });
});
