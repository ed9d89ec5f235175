import fc from 'fast-check';
import { guideUsageAttributes, tokenUsageAttributes } from '../../lib/attributes/token-usage-attributes.js';
import type { TokenUsage } from '../../lib/cost/token-usage.js';
import { propertyRuns } from '../support/property-runs.js';

it('writes what was reported under OpenInference’s names', () => {
  const usage: TokenUsage = {
    prompt: 10000,
    completion: 500,
    cacheRead: 6000,
    cacheWrite: 3000,
    cacheWrite1h: 2000,
    reasoning: 120,
    promptAudio: 0,
    completionAudio: 5,
  };
  expect(tokenUsageAttributes(usage)).toEqual({
    'llm.token_count.prompt': 10000,
    'llm.token_count.completion': 500,
    'llm.token_count.total': 10500,
    'llm.token_count.prompt_details.cache_read': 6000,
    'llm.token_count.prompt_details.cache_write': 3000,
    'llm.token_count.prompt_details.audio': 0,
    'llm.token_count.completion_details.reasoning': 120,
    'llm.token_count.completion_details.audio': 5,
  });
});

it('writes the same under the guide’s names', () => {
  expect(guideUsageAttributes('gpt-4o', { prompt: 10, completion: 5, cacheRead: 4 })).toEqual({
    'cost.model_name': 'gpt-4o',
    'cost.prompt_tokens': 10,
    'cost.completion_tokens': 5,
    'cost.total_tokens': 15,
  });
  expect(guideUsageAttributes(undefined, {})).toEqual({});
});

it.each<[TokenUsage, object]>([
  [{}, {}],
  [{ prompt: 8 }, { 'llm.token_count.prompt': 8 }],
  [{ completion: 0 }, { 'llm.token_count.completion': 0 }],
  [
    { prompt: 0, completion: 0 },
    { 'llm.token_count.prompt': 0, 'llm.token_count.completion': 0, 'llm.token_count.total': 0 },
  ],
])('writes no count that %j does not report', (usage, expected) => {
  expect(tokenUsageAttributes(usage)).toEqual(expected);
});

it('writes only counts, and no detail above its whole, whatever it is given', () => {
  const anything = fc.oneof(
    fc.integer({ min: -5, max: 50 }),
    fc.constantFrom(NaN, Infinity, undefined, null, '5', 5n, {}),
  );
  const usage = fc.record({
    prompt: anything,
    completion: anything,
    cacheRead: anything,
    cacheWrite: anything,
    reasoning: anything,
    promptAudio: anything,
    completionAudio: anything,
  });
  fc.assert(
    fc.property(usage, (given) => {
      const attributes = tokenUsageAttributes(given as TokenUsage) as Record<string, number>;
      for (const [name, tokens] of Object.entries(attributes)) {
        expect(tokens).toBeGreaterThanOrEqual(0);
        expect(tokens).toBeLessThan(Infinity);
        const whole = attributes[`llm.token_count.${name.includes('prompt_details') ? 'prompt' : 'completion'}`];
        if (name.includes('_details') && whole !== undefined) expect(tokens).toBeLessThanOrEqual(whole);
      }
    }),
    propertyRuns(),
  );
});
