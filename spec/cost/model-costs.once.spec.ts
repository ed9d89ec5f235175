import fc from 'fast-check';
import { type ModelCost, type ModelCosts, overridePricing } from '../../lib/cost/model-costs.js';
import type { Price, PriceRequest } from '../../lib/cost/pricing-service.js';
import type { TokenUsage } from '../../lib/cost/token-usage.js';
import { propertyRuns } from '../support/property-runs.js';

const at = new Date('2026-11-20');
const price = (modelCosts: ModelCosts, model: string, more: Partial<PriceRequest> = {}): Price | undefined =>
  overridePricing(modelCosts).price({ model, usage: { prompt: 1000, completion: 500 }, at, ...more });

const cheap: ModelCost = { input: 0.25, output: 1.25 };
const dear: ModelCost = { input: 3, output: 15 };

it('costs 0.00025 + 0.000625 = 0.000875 for 1,000 and 500 tokens at 0.25 and 1.25', () => {
  const { inputUsd, outputUsd, totalUsd } = price({ guide: cheap }, 'guide')!;
  expect([inputUsd, outputUsd, totalUsd]).toEqual([0.00025, 0.000625, 0.000875]);
});

it.each<[string, ModelCosts, string, number | undefined]>([
  ['an exact id', { a: cheap }, 'a', 0.000875],
  ['an exact id in any case', { 'GPT-X': cheap }, ' gpt-x ', 0.000875],
  ['no other id', { a: cheap }, 'b', undefined],
  ['no longer id', { a: cheap }, 'ab', undefined],
  ['a wildcard', { 'gpt-*': cheap }, 'GPT-4o', 0.000875],
  ['a wildcard inside', { 'us.*.claude-*-v1:0': cheap }, 'us.anthropic.claude-x-v1:0', 0.000875],
  ['a dot that is a dot', { 'gpt-4.1*': cheap }, 'gpt-4x1', undefined],
  ['an exact id before a pattern', { '*': dear, a: cheap }, 'a', 0.000875],
  ['the first pattern that fits', { 'a*': cheap, '*': dear }, 'ab', 0.000875],
  ['a dated id by its undated one', { 'gpt-4o': cheap }, 'gpt-4o-2024-08-06', 0.000875],
  ['a dated id by its undated one, in Anthropic’s way', { 'claude-x': cheap }, 'claude-x-20250929', 0.000875],
  ['a dated id by its own entry first', { 'gpt-4o': dear, 'gpt-4o-2024-08-06': cheap }, 'gpt-4o-2024-08-06', 0.000875],
  [
    'a dated id by a pattern before its undated one',
    { 'gpt-4o': dear, 'gpt-4o-2024*': cheap },
    'gpt-4o-2024-08-06',
    0.000875,
  ],
  ['a rule by id', [{ match: 'a', ...cheap }], 'a', 0.000875],
  ['a rule by pattern', [{ match: /^claude-(opus|sonnet)/, ...cheap }], 'claude-opus-9', 0.000875],
  ['a rule by test', [{ match: (model) => model.length === 3, ...cheap }], 'abc', 0.000875],
  ['nothing', [], 'a', undefined],
])('finds %s', (_, modelCosts, model, usd) => {
  expect(price(modelCosts, model)?.totalUsd).toBe(usd);
});

it('matches a global or sticky pattern on every call', () => {
  const pricing = overridePricing([{ match: /gpt/g, ...cheap }]);
  const totals = ['a-gpt', 'b-gpt', 'c-gpt'].map(
    (model) => pricing.price({ model, usage: { prompt: 1000, completion: 500 }, at })?.totalUsd,
  );
  expect(totals).toEqual([0.000875, 0.000875, 0.000875]);
});

it('keeps a rule to its provider', () => {
  const rules: ModelCosts = [
    { match: 'gpt-4o', provider: 'azure.ai.openai', ...cheap },
    { match: 'gpt-4o', provider: 'openai', ...dear },
  ];
  expect(price(rules, 'gpt-4o', { provider: 'azure.ai.openai' })?.totalUsd).toBe(0.000875);
  expect(price(rules, 'gpt-4o', { provider: 'OpenAI' })?.totalUsd).toBeCloseTo(0.0105, 12);
  expect(price(rules, 'gpt-4o')).toBeUndefined();
});

it.each<[string, Partial<ModelCost>, TokenUsage, number]>([
  ['cache reads at the input rate', {}, { prompt: 1000, completion: 0, cacheRead: 400 }, 1],
  ['cache reads at their rate', { cacheRead: 0.1 }, { prompt: 1000, completion: 0, cacheRead: 400 }, 0.64],
  ['cache writes at the input rate', { cacheRead: 0.1 }, { prompt: 1000, completion: 0, cacheWrite: 400 }, 1],
  ['cache writes at their rate', { cacheWrite: 1.25 }, { prompt: 1000, completion: 0, cacheWrite: 400 }, 1.1],
  [
    'an hour of cache at the cache write rate',
    { cacheWrite: 1.25 },
    { prompt: 1000, completion: 0, cacheWrite: 400, cacheWrite1h: 400 },
    1.1,
  ],
  [
    'an hour of cache at its rate',
    { cacheWrite: 1.25, cacheWrite1h: 2 },
    { prompt: 1000, completion: 0, cacheWrite: 400, cacheWrite1h: 200 },
    1.25,
  ],
  ['reasoning at the output rate', {}, { prompt: 0, completion: 1000, reasoning: 600 }, 10],
  ['reasoning at its rate', { reasoning: 5 }, { prompt: 0, completion: 1000, reasoning: 600 }, 7],
  [
    'audio in and out at their rates',
    { promptAudio: 30, completionAudio: 60 },
    { prompt: 100, promptAudio: 50, completion: 100, completionAudio: 50 },
    5.05,
  ],
  ['a fee for each request', { perRequest: 0.01 }, { prompt: 1000, completion: 0 }, 11],
  ['a free model', { input: 0, output: 0 }, { prompt: 1000, completion: 1000 }, 0],
  ['no completion where it is free', { output: 0 }, { prompt: 1000 }, 1],
  [
    'a long prompt',
    {
      longPrompt: [
        { abovePromptTokens: 400, input: 2 },
        { abovePromptTokens: 200, input: 1.5, output: 15 },
      ],
    },
    { prompt: 1000, completion: 1000 },
    17,
  ],
  [
    'a prompt of exactly the length',
    { longPrompt: [{ abovePromptTokens: 1000, input: 2 }] },
    { prompt: 1000, completion: 0 },
    1,
  ],
])('prices %s', (_, more, usage, thousandths) => {
  expect(price({ m: { input: 1, output: 10, ...more } }, 'm', { usage })?.totalUsd).toBeCloseTo(thousandths / 1000, 12);
});

it.each<[string, string | undefined, number]>([
  ['none', undefined, 0.011],
  ['one that is not named', 'scale', 0.011],
  ['a factor', 'flex', 0.0055],
  ['rates of its own', 'priority', 0.022],
  ['two at once', 'flex+us', 0.00605],
])('prices by service tier: %s', (_, serviceTier, usd) => {
  const m: ModelCost = {
    input: 1,
    output: 10,
    serviceTiers: { flex: 0.5, us: 1.1, priority: { input: 2, output: 20 } },
  };
  expect(price({ m }, 'm', { usage: { prompt: 1000, completion: 1000 }, serviceTier })?.totalUsd).toBeCloseTo(usd, 12);
});

it('gives no price for a side that is billed and not reported', () => {
  expect(price({ m: cheap }, 'm', { usage: { prompt: 1000 } })).toBeUndefined();
  expect(price({ m: cheap }, 'm', { usage: { completion: 1000 } })).toBeUndefined();
});

it('says when its prices were checked', () => {
  expect(price({ m: { ...cheap, priceDate: '2026-11-01' } }, 'm')?.priceDate).toBe('2026-11-01');
});

it('keeps its prices when the table changes later', () => {
  const table: Record<string, { input: number; output: number }> = { m: { input: 0.25, output: 1.25 } };
  const pricing = overridePricing(table);
  table['m']!.input = 99;
  expect(pricing.price({ model: 'm', usage: { prompt: 1000, completion: 500 }, at })?.totalUsd).toBe(0.000875);
});

it.each<[string, unknown, string]>([
  ['nothing', null, 'modelCosts is null'],
  ['text', 'cheap', 'modelCosts is cheap'],
  ['a number for a model', { m: 5 }, 'modelCosts["m"] is 5'],
  ['no input', { m: { output: 1 } }, 'modelCosts["m"] has no input rate'],
  ['no output', { m: { input: 1 } }, 'modelCosts["m"] has no output rate'],
  ['a negative rate', { m: { input: -1, output: 1 } }, 'modelCosts["m"].input is -1'],
  ['NaN', { m: { input: 1, output: NaN } }, 'modelCosts["m"].output is NaN'],
  ['Infinity', { m: { input: 1, output: Infinity } }, 'modelCosts["m"].output is Infinity'],
  ['text for a rate', { m: { input: '1', output: 1 } }, 'modelCosts["m"].input is "1"'],
  ['an unknown key', { m: { input: 1, output: 1, cached: 1 } }, 'unknown key "cached"'],
  ['a match in a record', { m: { input: 1, output: 1, match: 'x' } }, 'unknown key "match"'],
  ['an empty id', { '': { input: 1, output: 1 } }, 'give a model id'],
  ['a rule without a match', [{ input: 1, output: 1 }], 'modelCosts[0].match is undefined'],
  ['a bad provider', [{ match: 'm', provider: 5, input: 1, output: 1 }], 'modelCosts[0].provider is 5'],
  ['a bad fee', { m: { input: 1, output: 1, perRequest: -1 } }, 'modelCosts["m"].perRequest is -1'],
  ['a bad date', { m: { input: 1, output: 1, priceDate: 'soon' } }, 'priceDate is "soon"'],
  ['bad long prompts', { m: { input: 1, output: 1, longPrompt: {} } }, 'longPrompt is an object'],
  [
    'a long prompt without a length',
    { m: { input: 1, output: 1, longPrompt: [{ input: 2 }] } },
    'has no abovePromptTokens',
  ],
  ['bad tiers', { m: { input: 1, output: 1, serviceTiers: [] } }, 'serviceTiers is an array'],
  ['a bad factor', { m: { input: 1, output: 1, serviceTiers: { flex: -1 } } }, 'serviceTiers.flex is -1'],
  [
    'a bad rate in a tier',
    { m: { input: 1, output: 1, serviceTiers: { flex: { inputs: 1 } } } },
    'unknown key "inputs"',
  ],
])('is refused with a clear error: %s', (_, modelCosts, message) => {
  expect(() => overridePricing(modelCosts as ModelCosts)).toThrow(message);
});

describe('for any rates and any usage', () => {
  const rate = fc.double({ min: 0, max: 100, noNaN: true });
  const optionalRate = fc.option(rate, { nil: undefined });
  const rates = fc.record({
    input: rate,
    output: rate,
    cacheRead: optionalRate,
    cacheWrite: optionalRate,
    cacheWrite1h: optionalRate,
    reasoning: optionalRate,
  });
  const tokens = fc.nat({ max: 1_000_000 });
  const usage = fc
    .tuple(tokens, tokens, tokens, tokens, tokens, tokens)
    .map(
      ([plain, cacheRead, cacheWrite5m, cacheWrite1h, text, reasoning]): Required<
        Omit<TokenUsage, 'promptAudio' | 'completionAudio'>
      > => ({
        prompt: plain + cacheRead + cacheWrite5m + cacheWrite1h,
        completion: text + reasoning,
        cacheRead,
        cacheWrite: cacheWrite5m + cacheWrite1h,
        cacheWrite1h,
        reasoning,
      }),
    );
  const cost = (m: ModelCost, used: TokenUsage): number => price({ m }, 'm', { usage: used })!.totalUsd;
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, a, b);

  it('a cost is never negative and never NaN, and its parts add up', () => {
    fc.assert(
      fc.property(rates, usage, (m, used) => {
        const { inputUsd = NaN, outputUsd = NaN, totalUsd } = price({ m }, 'm', { usage: used })!;
        return inputUsd >= 0 && outputUsd >= 0 && totalUsd === inputUsd + outputUsd;
      }),
      propertyRuns(),
    );
  });

  it('two calls cost as much as their tokens together', () => {
    fc.assert(
      fc.property(rates, usage, usage, (m, a, b) => {
        const both = Object.fromEntries(
          Object.entries(a).map(([name, count]) => [name, (count ?? 0) + (b[name as keyof typeof b] ?? 0)]),
        );
        return near(cost(m, both), cost(m, a) + cost(m, b));
      }),
      propertyRuns(),
    );
  });

  it('more tokens never cost less', () => {
    fc.assert(
      fc.property(rates, usage, tokens, tokens, (m, used, prompt, completion) => {
        const more = {
          ...used,
          prompt: (used.prompt ?? 0) + prompt,
          completion: (used.completion ?? 0) + completion,
        };
        return cost(m, more) >= cost(m, used) - 1e-9;
      }),
      propertyRuns(),
    );
  });
});
