// What holds for every price of the catalogue and every usage, valid or not.
import { waitForUpdate, type ModelInfo, type ModelPrice } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { tokenUsageAttributes } from '../../lib/attributes/token-usage-attributes.js';
import * as names from '../../lib/conventions/openinference.js';
import { catalogue } from '../../lib/cost/catalogue.js';
import { overridePricing, type ModelCost } from '../../lib/cost/model-costs.js';
import type { Price, PricingService } from '../../lib/cost/pricing-service.js';
import type { TokenUsage } from '../../lib/cost/token-usage.js';
import { usageFault, TOKEN_USAGE_FIELDS } from '../../lib/cost/validate-usage.js';
import { traced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';
import { propertyRuns } from '../support/property-runs.js';

const RUNS = propertyRuns(500);
const noon = new Date('2026-11-20T12:00:00Z');

interface Listed {
  readonly provider: string;
  readonly model: ModelInfo;
}
const models: Listed[] = [];
const withoutTiers: Listed[] = [];
const tracing = testTracing();

beforeAll(async () => {
  await catalogue.load();
  for (const { id, models: listed } of (await waitForUpdate()) ?? [])
    for (const model of listed) models.push({ provider: id, model });
  withoutTiers.push(...models.filter(({ model }) => pricesOf(model).every(isFlat)));
  expect(withoutTiers.length).toBeGreaterThan(1000);
});
afterAll(() => tracing.shutdown());

const pricesOf = ({ prices }: ModelInfo): ModelPrice[] =>
  Array.isArray(prices) ? prices.map((entry) => entry.prices) : [prices];
/** One rate for each kind of token, whatever their number, and no fee for the request itself. */
const isFlat = (price: ModelPrice): boolean =>
  Object.entries(price).every(([key, rate]) => typeof rate === 'number' && key !== 'requests_kcount');

const tokens = fc.oneof(fc.constant(0), fc.nat(100), fc.nat(400_000));
type Counts = Required<{ [K in keyof TokenUsage]: number }>;

/** Usages as they can be: made of parts that exclude each other, so that no part exceeds its whole. */
const usages: fc.Arbitrary<Counts> = fc
  .record({ plain: tokens, read: tokens, write: tokens, hour: tokens, heard: tokens, said: tokens, thought: tokens, spoken: tokens })
  .chain((part) => fc.constantFrom(part, { ...part, heard: 0, spoken: 0 }, { ...part, read: 0, write: 0, hour: 0 }))
  .map(({ plain, read, write, hour, heard, said, thought, spoken }) => ({
    prompt: plain + read + write + hour + heard,
    completion: said + thought + spoken,
    cacheRead: read,
    cacheWrite: write + hour,
    cacheWrite1h: hour,
    reasoning: thought,
    promptAudio: heard,
    completionAudio: spoken,
  })); // prettier-ignore

const price = ({ provider, model }: Listed, usage: TokenUsage): Price | undefined =>
  catalogue.price({ provider, model: model.id, usage, at: noon });

const plus = (a: Counts, b: Partial<Counts>): Counts =>
  Object.fromEntries(TOKEN_USAGE_FIELDS.map((name) => [name, a[name] + (b[name] ?? 0)])) as Counts;

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));

describe('the cost of a call', () => {
  it('adds up where the price has no tiers', () => {
    let priced = 0;
    fc.assert(
      fc.property(fc.nat(1_000_000), usages, usages, (n, a, b) => {
        const listed = withoutTiers[n % withoutTiers.length] as Listed;
        const [left, right, both] = [price(listed, a), price(listed, b), price(listed, plus(a, b))];
        if (left === undefined || right === undefined || both === undefined) return;
        priced++;
        expect(near(both.totalUsd, left.totalUsd + right.totalUsd)).toBe(true);
        expect(near(both.inputUsd ?? NaN, (left.inputUsd ?? NaN) + (right.inputUsd ?? NaN))).toBe(true);
      }),
      propertyRuns(1000),
    );
    expect(priced).toBeGreaterThan(200);
  });

  it('grows with every count', () => {
    /** One more token of each kind, with the wholes it is a part of. */
    const kinds = {
      prompt: ['prompt'],
      cacheRead: ['prompt', 'cacheRead'],
      cacheWrite: ['prompt', 'cacheWrite'],
      cacheWrite1h: ['prompt', 'cacheWrite', 'cacheWrite1h'],
      promptAudio: ['prompt', 'promptAudio'],
      completion: ['completion'],
      reasoning: ['completion', 'reasoning'],
      completionAudio: ['completion', 'completionAudio'],
    } satisfies Record<keyof Counts, (keyof Counts)[]>;
    const seen = new Set<keyof Counts>();
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        usages,
        fc.constantFrom(...TOKEN_USAGE_FIELDS),
        fc.integer({ min: 1, max: 500_000 }),
        (n, usage, kind, more) => {
          const listed = models[n % models.length] as Listed;
          const [before, after] = [price(listed, usage), price(listed, plus(usage, Object.fromEntries(kinds[kind].map((name) => [name, more]))))]; // prettier-ignore
          if (before === undefined || after === undefined) return;
          seen.add(kind);
          expect(after.totalUsd).toBeGreaterThanOrEqual(before.totalUsd * (1 - 1e-12));
        },
      ),
      propertyRuns(2000),
    );
    expect([...seen].sort()).toEqual([...TOKEN_USAGE_FIELDS].sort());
  });

  it('is never negative and always a number, and its parts are its total', () => {
    let priced = 0;
    fc.assert(
      fc.property(fc.nat(1_000_000), usages, (n, usage) => {
        const listed = models[n % models.length] as Listed;
        const given = price(listed, usage);
        if (given === undefined) return;
        priced++;
        const { inputUsd = NaN, outputUsd = NaN, otherUsd = 0, totalUsd } = given;
        for (const usd of [inputUsd, outputUsd, otherUsd, totalUsd]) {
          expect(usd).toBeGreaterThanOrEqual(0);
          expect(usd).toBeLessThan(Infinity);
        }
        expect(near(inputUsd + outputUsd + otherUsd, totalUsd)).toBe(true);
      }),
      RUNS,
    );
    expect(priced).toBeGreaterThan(100);
  });

  it('adds up by the user’s own prices too', () => {
    // Below a billionth of a dollar no one asks a price, and at 1e-323 a double has no digits left to add up.
    const rate = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 200, noNaN: true }));
    const rates = ['cacheRead', 'cacheWrite', 'cacheWrite1h', 'reasoning', 'promptAudio', 'cacheReadAudio', 'completionAudio']; // prettier-ignore
    const costs = fc.record(
      { input: rate, output: rate, ...Object.fromEntries(rates.map((name) => [name, rate])) },
      { requiredKeys: ['input', 'output'] },
    ) as fc.Arbitrary<ModelCost>;
    let priced = 0;
    fc.assert(
      fc.property(costs, usages, usages, (cost, a, b) => {
        const service: PricingService = overridePricing({ mine: cost });
        const usd = (usage: TokenUsage) => service.price({ model: 'mine', usage, at: noon })?.totalUsd;
        const [left, right, both] = [usd(a), usd(b), usd(plus(a, b))];
        if (left === undefined || right === undefined || both === undefined) return;
        priced++;
        expect(near(both, left + right)).toBe(true);
      }),
      RUNS,
    );
    expect(priced).toBeGreaterThan(100);
  });
});

/** Anything that a provider, a proxy or a user may take for a count. */
const anyCount: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.nat(1000) },
  fc.integer(),
  fc.double(),
  fc.constantFrom(NaN, Infinity, -0, -1, null, '12', 'many', true, [], {}),
);
const anyUsage = fc.record(
  Object.fromEntries(TOKEN_USAGE_FIELDS.map((name) => [name, anyCount])) as Record<keyof TokenUsage, typeof anyCount>,
  { requiredKeys: [] },
) as fc.Arbitrary<TokenUsage>;

describe('the tokens on a span', () => {
  const at = (attributes: Record<string, unknown>, name: string): number =>
    (attributes[name] as number | undefined) ?? 0;
  const holds = (usage: TokenUsage): void => {
    const attributes = tokenUsageAttributes(usage);
    for (const [name, count] of Object.entries(attributes))
      expect([name, typeof count === 'number' && count >= 0 && count < Infinity]).toEqual([name, true]);
    const [prompt, completion] = [attributes[names.TOKENS_PROMPT], attributes[names.TOKENS_COMPLETION]];
    if (prompt !== undefined) {
      expect(at(attributes, names.TOKENS_CACHE_READ) + at(attributes, names.TOKENS_CACHE_WRITE)).toBeLessThanOrEqual(Number(prompt)); // prettier-ignore
      expect(at(attributes, names.TOKENS_PROMPT_AUDIO)).toBeLessThanOrEqual(Number(prompt));
    }
    if (completion !== undefined) {
      expect(at(attributes, names.TOKENS_REASONING)).toBeLessThanOrEqual(Number(completion));
      expect(at(attributes, names.TOKENS_COMPLETION_AUDIO)).toBeLessThanOrEqual(Number(completion));
    }
  };

  it('have no part that exceeds its whole, whatever was reported', () => {
    fc.assert(fc.property(anyUsage, holds), propertyRuns(2000));
  });

  it('tell a usage that can be true as it is', () => {
    fc.assert(
      fc.property(usages, (usage) => {
        holds(usage);
        expect(usageFault(usage)).toBeUndefined();
        const attributes = tokenUsageAttributes(usage);
        expect([
          attributes[names.TOKENS_PROMPT],
          attributes[names.TOKENS_COMPLETION],
          attributes[names.TOKENS_CACHE_READ],
          attributes[names.TOKENS_CACHE_WRITE],
          attributes[names.TOKENS_REASONING],
        ]).toEqual([usage.prompt, usage.completion, usage.cacheRead, usage.cacheWrite, usage.reasoning]);
      }),
      RUNS,
    );
  });
});

it('a usage that cannot be true is reported, not priced, and breaks nothing', () => {
  let bad = 0;
  const call = traced((usage: TokenUsage) => usage, {
    ...{ spanName: 'call', spanKind: 'LLM', modelName: 'gpt-4o', parameters: ['usage'] },
    usage: (result) => result,
  });
  fc.assert(
    fc.property(anyUsage, (usage) => {
      const fault = usageFault(usage);
      tracing.reset();
      const log = diagLog();
      try {
        expect(call(usage)).toBe(usage);
        const { attributes, status } = tracing.byName('call');
        expect(status.code).not.toBe(2);
        if (fault === undefined) return;
        bad++;
        expect(attributes[names.LLM_COST_TOTAL]).toBeUndefined();
        expect(log.warnings).toHaveLength(1);
        expect(log.warnings[0]).toMatch(/is not priced|no token usage was found/);
      } finally {
        log.stop();
      }
    }),
    RUNS,
  );
  expect(bad).toBeGreaterThan(200);
});
