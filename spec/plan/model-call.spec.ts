import { trace } from '@opentelemetry/api';
import { AlwaysOffSampler } from '@opentelemetry/sdk-trace';
import {
  addCostAttributes,
  calculateCost,
  configure,
  PRICING_SERVICE,
  recordUsage,
  setResolver,
  TraceAgent,
  traced,
  TraceFunction,
  USAGE_READERS,
  withResolver,
  type PricingService,
} from '../../lib/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

const tracing = testTracing();
const log = diagLog();
beforeEach(() => {
  resetConfiguration();
  configure({ modelCosts: { small: { input: 0.25, output: 1.25 } } });
});
afterEach(() => {
  tracing.reset();
  setResolver(undefined);
  log.warnings.length = 0;
});
afterAll(async () => {
  log.stop();
  resetConfiguration();
  await tracing.shutdown();
});

let responses = 0;
const completion = (
  model = 'small',
  usage: object = { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 },
) => ({
  id: `chatcmpl-${++responses}`,
  object: 'chat.completion',
  created: 1,
  model,
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage,
});
const llm = <R>(name: string, give: () => R) => traced(give, { spanName: name, spanKind: 'LLM' });
const attributes = (name: string) => tracing.byName(name).attributes;

describe('the cost of a model call', () => {
  it('is 0.00025 + 0.000625 = 0.000875 for 1,000 and 500 tokens at 0.25 and 1.25, under both families of names', () => {
    llm('call', () => completion())();
    expect(attributes('call')).toMatchObject({
      'llm.model_name': 'small',
      'llm.token_count.prompt': 1000,
      'llm.token_count.completion': 500,
      'llm.token_count.total': 1500,
      'llm.cost.prompt': 0.00025,
      'llm.cost.completion': 0.000625,
      'llm.cost.total': 0.000875,
      'cost.model_name': 'small',
      'cost.prompt_tokens': 1000,
      'cost.completion_tokens': 500,
      'cost.total_tokens': 1500,
      'cost.input_cost_usd': 0.00025,
      'cost.output_cost_usd': 0.000625,
      'cost.total_usd': 0.000875,
      'cost.source': 'override',
    });
  });

  it('comes from the catalogue for a published model, even when it is not loaded yet', () => {
    llm('call', () => completion('gpt-4o-2024-08-06'))();
    expect(attributes('call')).toMatchObject({ 'cost.total_usd': 0.0075, 'cost.source': 'catalog' });
  });

  it('is absent for an unknown model, with one warning that says how to add it', () => {
    for (const name of ['one', 'two']) llm(name, () => completion('inhouse-7b'))();
    expect(attributes('one')).toMatchObject({ 'cost.unpriced_model': 'inhouse-7b', 'llm.token_count.total': 1500 });
    for (const key of Object.keys(attributes('two'))) expect(key).not.toMatch(/^llm\.cost\.|usd$/);
    expect(log.warnings).toEqual([
      expect.stringContaining(`configure({ modelCosts: { "inhouse-7b": { input: …, output: … } } })`),
    ]);
  });

  it('is absent without a usage, with one warning a span name', () => {
    llm('one', () => 'just text')();
    llm('one', () => 'just text')();
    llm('two', () => 'just text')();
    expect(Object.keys(attributes('two')).filter((key) => /cost|token/.test(key))).toEqual([]);
    expect(log.warnings).toEqual([
      expect.stringContaining('one carries no cost, because no token usage was found'),
      expect.stringContaining('two carries no cost'),
    ]);
  });

  it.each([
    ['negative', { prompt_tokens: -1, completion_tokens: 5 }],
    ['NaN', { prompt_tokens: NaN, completion_tokens: 5 }],
    ['text', { prompt_tokens: '10', completion_tokens: 5 }],
    [
      'cache above the prompt',
      { prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 20 } },
    ],
  ])('is absent for a usage that is %s, and the call is not disturbed', (_, usage) => {
    const response = completion('small', usage);
    expect(llm('call', () => response)()).toBe(response);
    expect(attributes('call')['cost.total_usd']).toBeUndefined();
    expect(attributes('call')['llm.cost.total']).toBeUndefined();
    expect(tracing.byName('call').status.code).toBe(1);
  });

  it('is not read on kinds that call no model, unless asked', () => {
    traced(() => completion(), { spanName: 'chain' })();
    traced(() => completion(), { spanName: 'asked', addCostTracking: true })();
    traced(() => completion(), { spanName: 'refused', spanKind: 'LLM', addCostTracking: false })();
    expect(attributes('chain')['cost.total_usd']).toBeUndefined();
    expect(attributes('asked')['cost.total_usd']).toBe(0.000875);
    expect(attributes('refused')['cost.total_usd']).toBeUndefined();
  });

  it('keeps what the user wrote by hand', () => {
    llm('call', () => {
      trace.getActiveSpan()?.setAttribute('llm.cost.total', 42);
      return completion();
    })();
    expect(attributes('call')).toMatchObject({ 'llm.cost.total': 42, 'llm.token_count.prompt': 1000 });
    expect(attributes('call')['cost.total_usd']).toBeUndefined();
  });

  it('takes the cost that the provider reports', () => {
    llm('call', () =>
      completion('openai/gpt-4o', { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost: 0.5 }),
    )();
    expect(attributes('call')).toMatchObject({
      'cost.total_usd': 0.5,
      'llm.cost.total': 0.5,
      'cost.source': 'provider',
    });
    expect(attributes('call')['cost.input_cost_usd']).toBeUndefined();
  });

  it('is read from a response that went through JSON, and from a promise of one', async () => {
    await llm('json', async () => JSON.parse(JSON.stringify(completion())) as object)();
    expect(attributes('json')['cost.total_usd']).toBe(0.000875);
  });

  it('prices the requested name by the own price list when the response names the deployment', () => {
    traced((_: { model: string }) => completion('deployment-17'), {
      spanName: 'call',
      spanKind: 'LLM',
      modelNameAttr: 'model',
    })({ model: 'small' });
    expect(attributes('call')).toMatchObject({ 'cost.total_usd': 0.000875, 'llm.model_name': 'deployment-17' });
  });
});

describe('a pricing service', () => {
  const fixed = (totalUsd: number): PricingService => ({ price: () => ({ totalUsd }) });

  it('is found in the option, then the scope, then the global resolver, then the default', () => {
    const resolver = (usd: number) => ({
      resolve: (token: symbol) => (token === PRICING_SERVICE ? fixed(usd) : undefined),
    });
    llm('default', () => completion())();
    setResolver(resolver(1));
    llm('global', () => completion())();
    withResolver(resolver(2), () => llm('scope', () => completion())());
    withResolver(resolver(2), () =>
      traced(() => completion(), { spanName: 'option', spanKind: 'LLM', pricing: fixed(3) })(),
    );
    expect(['default', 'global', 'scope', 'option'].map((name) => attributes(name)['cost.total_usd'])).toEqual([
      0.000875, 1, 2, 3,
    ]);
    expect(attributes('global')['cost.source']).toBe('service');
  });

  it.each<[string, PricingService]>([
    ['throws', { price: () => { throw new Error('db down'); } }], // prettier-ignore
    ['gives NaN', { price: () => ({ totalUsd: NaN }) }],
    ['does not know the model', { price: () => undefined }],
  ])('that %s is passed over', (_, service) => {
    setResolver({ resolve: () => service });
    llm('call', () => completion())();
    expect(attributes('call')['cost.total_usd']).toBe(0.000875);
  });

  it('is found when the call starts: a container that is disposed before the end does no harm', async () => {
    let disposed = false;
    const resolver = { resolve: () => { if (disposed) throw new Error('disposed'); return fixed(7); } }; // prettier-ignore
    await withResolver(resolver, () =>
      llm('call', async () => {
        await null;
        disposed = true;
        return completion();
      })(),
    );
    expect(attributes('call')['cost.total_usd']).toBe(7);
  });

  it('that fails to resolve changes nothing for the call', () => {
    setResolver({ resolve: () => { throw new Error('no such token'); } }); // prettier-ignore
    expect(llm('call', () => completion())().model).toBe('small');
    expect(attributes('call')['cost.total_usd']).toBe(0.000875);
  });
});

describe('a response', () => {
  it('is counted once, on the deepest span that read it', async () => {
    const inner = llm('inner', async () => completion());
    const middle = llm('middle', async () => inner());
    const outer = llm('outer', async () => ({ ...(await middle()) }));
    await outer();
    expect(attributes('inner')['cost.total_usd']).toBe(0.000875);
    for (const name of ['middle', 'outer']) {
      expect(attributes(name)['llm.token_count.prompt']).toBeUndefined();
      expect(attributes(name)['cost.total_usd']).toBeUndefined();
      expect(attributes(name)).toMatchObject({ 'cost.rollup.total_usd': 0.000875, 'cost.rollup.llm_calls': 1 });
    }
  });

  it('that cannot be told apart is not counted above a call that was counted', () => {
    const inner = llm('inner', () => completion());
    llm('outer', () => ({ text: 'x', model: 'small', usage: inner().usage }))();
    expect(attributes('outer')['cost.total_usd']).toBeUndefined();
  });

  it('is counted again when it is another call that gives an equal one', () => {
    const response = completion();
    const call = llm('call', () => response);
    traced(() => [call(), call()], { spanName: 'parent' })();
    expect(
      tracing.spans.filter(({ name }) => name === 'call').map((span) => span.attributes['cost.total_usd']),
    ).toEqual([0.000875, 0.000875]);
    expect(attributes('parent')['cost.rollup.llm_calls']).toBe(2);
  });

  it('is counted once when the wrapper ends before the call it started', async () => {
    let finish!: (value: object) => void;
    const response = completion();
    const inner = llm('inner', () => new Promise<object>((resolve) => (finish = resolve)));
    let pending!: Promise<object>;
    const outer = llm('outer', () => {
      pending = inner();
      return response;
    });
    traced(
      async () => {
        outer();
        finish(response);
        await pending;
      },
      { spanName: 'root' },
    )();
    await pending;
    await null;
    expect(attributes('root')).toMatchObject({ 'cost.rollup.total_usd': 0.000875, 'cost.rollup.llm_calls': 1 });
  });
});

describe('a roll-up', () => {
  it('is what was spent below, on every span above, and no cost of its own', async () => {
    class Team {
      @TraceFunction({ spanKind: 'LLM' })
      async ask() {
        return completion();
      }
      @TraceAgent({ agentName: 'writer' })
      async write() {
        await Promise.all([this.ask(), this.ask()]);
      }
      @TraceFunction()
      async work() {
        await Promise.all([this.write(), this.ask()]);
      }
    }
    await new Team().work();
    expect(attributes('agent.writer')).toMatchObject({ 'cost.rollup.total_usd': 0.00175, 'cost.rollup.llm_calls': 2 });
    expect(attributes('Team.work')).toMatchObject({
      'cost.rollup.total_usd': expect.closeTo(0.002625, 12),
      'cost.rollup.prompt_tokens': 3000,
      'cost.rollup.completion_tokens': 1500,
      'cost.rollup.llm_calls': 3,
    });
    expect(attributes('Team.work')['llm.cost.total']).toBeUndefined();
    expect(attributes('Team.work')['cost.rollup.incomplete']).toBeUndefined();
    const agents = tracing.spans
      .filter(({ name }) => name === 'Team.ask')
      .map((span) => span.attributes['cost.agent_name']);
    expect(agents.filter((name) => name === 'writer')).toHaveLength(2);
  });

  it('says when calls below were still open, and what comes later counts in the ancestors that are open', async () => {
    let finish!: (value: object) => void;
    let late!: Promise<object>;
    const call = llm('call', () => new Promise<object>((resolve) => (finish = resolve)));
    const parent = traced(() => void (late = call()), { spanName: 'parent' });
    await traced(
      async () => {
        parent();
        finish(completion());
        await late;
      },
      { spanName: 'root' },
    )();
    expect(attributes('parent')).toMatchObject({ 'cost.rollup.llm_calls': 0, 'cost.rollup.incomplete': true });
    expect(attributes('root')).toMatchObject({ 'cost.rollup.total_usd': 0.000875, 'cost.rollup.llm_calls': 1 });
  });
});

describe('recordUsage', () => {
  it('gives the running call its tokens, adds up, and wins over the result', () => {
    llm('call', () => {
      recordUsage({ prompt: 400, completion: 100 });
      recordUsage({ prompt_tokens: 600, completion_tokens: 400 });
      return completion('small', { prompt_tokens: 9, completion_tokens: 9 });
    })();
    expect(attributes('call')).toMatchObject({ 'llm.token_count.prompt': 1000, 'llm.token_count.completion': 500 });
  });

  it('counts beside a call that was counted below, but not that call again', () => {
    const inner = llm('inner', () => completion());
    llm('own', () => {
      inner();
      recordUsage({ prompt: 10, completion: 10 });
    })();
    llm('again', () => recordUsage(inner()))();
    expect(attributes('own')).toMatchObject({ 'llm.token_count.prompt': 10, 'cost.rollup.llm_calls': 1 });
    expect(attributes('again')['llm.token_count.prompt']).toBeUndefined();
  });

  it('works on a span that tracks no cost by itself', () => {
    traced(() => recordUsage({ usage: { prompt: 1000, completion: 500 }, model: 'small' }), {
      spanName: 'tool',
      spanKind: 'TOOL',
    })();
    expect(attributes('tool')['cost.total_usd']).toBe(0.000875);
  });

  it('does nothing outside a traced call, and says so when it is given nonsense', () => {
    recordUsage({ prompt: 1 });
    traced(() => recordUsage({ cpu: 5 }), { spanName: 'call' })();
    expect(log.warnings).toEqual([expect.stringContaining('recordUsage: no token usage was found')]);
  });
});

describe('calculateCost and addCostAttributes', () => {
  it('price by the same services', () => {
    expect(calculateCost('small', { prompt: 1000, completion: 500 })).toMatchObject({
      inputUsd: 0.00025,
      outputUsd: 0.000625,
      totalUsd: 0.000875,
      source: 'override',
    });
    expect(calculateCost('gpt-4o', { prompt: 1000, completion: 500 })).toMatchObject({
      totalUsd: 0.0075,
      source: 'catalog',
    });
    expect(calculateCost('no-such-model', { prompt: 1000, completion: 500 })).toBeUndefined();
  });

  it('writes on a span of the user’s own', () => {
    const span = trace.getTracer('mine').startSpan('own');
    addCostAttributes(span, 'small', { prompt: 1000, completion: 500 });
    span.end();
    expect(attributes('own')).toMatchObject({
      'llm.cost.total': 0.000875,
      'cost.total_usd': 0.000875,
      'cost.model_name': 'small',
    });
  });

  it('on the running call wins over its result, and is rolled up', () => {
    const call = llm('call', () => {
      addCostAttributes(trace.getActiveSpan()!, 'small', { prompt: 2000, completion: 1000 });
      return completion();
    });
    traced(() => call(), { spanName: 'parent' })();
    expect(attributes('call')).toMatchObject({ 'cost.total_usd': 0.00175, 'llm.token_count.prompt': 2000 });
    expect(attributes('parent')).toMatchObject({ 'cost.rollup.total_usd': 0.00175, 'cost.rollup.llm_calls': 1 });
  });
});

describe('the usage option', () => {
  it('reads what the result does not say by itself, and gets the call', () => {
    traced((text: string) => ({ text, spent: { input: 1000, output: 500 } }), {
      spanName: 'call',
      spanKind: 'LLM',
      modelName: 'small',
      usage: (result, call) =>
        call.args[0] === 'x' ? { prompt: result.spent.input, completion: result.spent.output } : undefined,
    })('x');
    expect(attributes('call')['cost.total_usd']).toBe(0.000875);
  });
});

it('reads no usage on spans that are not sampled', async () => {
  await tracing.shutdown();
  const unsampled = testTracing({ sampler: new AlwaysOffSampler() });
  let read = 0;
  setResolver({
    resolve: (token) =>
      token === USAGE_READERS
        ? [
            () => {
              read++;
            },
          ]
        : undefined,
  });
  llm('call', () => completion())();
  traced(() => recordUsage({ prompt: 1, completion: 1 }), { spanName: 'other' })();
  expect(read).toBe(0);
  await unsampled.shutdown();
});
