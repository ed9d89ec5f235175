import { diag, DiagLogLevel } from '@opentelemetry/api';
import { calcPrice, type ModelInfo, type Provider, updatePrices, waitForUpdate } from '@pydantic/genai-prices';
import { catalogue } from '../../lib/cost/catalogue.js';
import type { Price, PriceRequest } from '../../lib/cost/pricing-service.js';
import type { TokenUsage } from '../../lib/cost/token-usage.js';
import { forgetReports } from '../../lib/safely.js';

const noon = new Date('2026-11-20T12:00:00Z');
const warnings: string[] = [];
let consoleWarn: jest.SpyInstance;
let providers: Provider[];

beforeAll(async () => {
  await catalogue.load();
  providers = (await waitForUpdate()) ?? [];
});
beforeEach(() => {
  warnings.length = 0;
  forgetReports();
  const warn = (text: string): void => void warnings.push(text);
  diag.setLogger(
    { error: warn, warn, info: warn, debug: warn, verbose: warn },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  warnings.length = 0;
  consoleWarn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  expect(consoleWarn).not.toHaveBeenCalled();
  consoleWarn.mockRestore();
  diag.disable();
});

const price = (
  model: string,
  usage: TokenUsage = { prompt: 1000, completion: 500 },
  more: Partial<PriceRequest> = {},
): Price | undefined => catalogue.price({ model, usage, at: noon, ...more });
const total = (...args: Parameters<typeof price>): number | undefined => price(...args)?.totalUsd;

describe('every model of genai-prices', () => {
  const isEmbedding = ({ prices }: ModelInfo): boolean =>
    [prices].flat().every((entry) => !('output_mtok' in (('prices' in entry ? entry.prices : entry) as object)));
  const isFree = ({ prices }: ModelInfo): boolean =>
    [prices].flat().every((entry) => Object.keys('prices' in entry ? (entry.prices as object) : entry).length === 0);
  const hasNoTokenRate = ({ prices }: ModelInfo): boolean =>
    [prices].flat().every((entry) => !('input_mtok' in (('prices' in entry ? entry.prices : entry) as object)));

  it.each([
    ['today', noon],
    ['before the price changes', new Date('2025-05-01T03:00:00Z')],
    ['at night', new Date('2026-09-01T02:30:00Z')],
    ['at the end of a window', new Date('2026-09-01T16:30:00Z')],
  ])('costs what the list says, %s', (_, at) => {
    const different: string[] = [];
    const absent: string[] = [];
    let equal = 0;
    for (const provider of providers) {
      for (const model of provider.models) {
        const completion = isEmbedding(model) ? 0 : 500;
        const listed = calcPrice({ input_tokens: 1000, output_tokens: completion }, model.id, {
          providerId: provider.id,
          timestamp: at,
        });
        const ours = price(model.id, { prompt: 1000, completion }, { provider: provider.id, at });
        const name = `${provider.id} ${model.id}`;
        if (ours === undefined) {
          const known =
            listed === null || // it does not find the model under its own id
            (isFree(model) && !model.id.endsWith(':free')) || // {}: free or not known
            hasNoTokenRate(model) || // per hour, page or search: tokens do not tell
            (provider.id === 'openai' && model.id.startsWith('gpt-oss')); // open weights, sold by others
          if (!known) absent.push(name);
        } else if (
          listed === null ||
          Math.abs(ours.totalUsd - listed.total_price) > 1e-12 * Math.max(1, listed.total_price)
        ) {
          different.push(`${name}: ${ours.totalUsd} instead of ${listed?.total_price}`);
        } else equal++;
      }
    }
    expect(different).toEqual([]);
    expect(absent).toEqual([]);
    expect(equal).toBeGreaterThan(1500);
    expect(warnings.filter((text) => !text.includes('gets no price'))).toEqual([]);
  });

  it('costs what the list says with a cache, reasoning and audio, or nothing', () => {
    const different: string[] = [];
    let equal = 0;
    for (const provider of providers) {
      for (const model of provider.models) {
        for (const usage of [
          { prompt: 300_000, completion: 2000, cacheRead: 120_000 },
          { prompt: 10_000, completion: 2000, cacheRead: 6000, cacheWrite: 3000, reasoning: 700 },
          { prompt: 10_000, completion: 2000, cacheWrite: 3000, cacheWrite1h: 1000 },
          { prompt: 10_000, completion: 2000, promptAudio: 4000, completionAudio: 500 },
        ] satisfies TokenUsage[]) {
          const ours = price(model.id, usage, { provider: provider.id });
          if (ours === undefined) continue;
          const listed = calcPrice(
            {
              input_tokens: usage.prompt,
              output_tokens: usage.completion,
              cache_read_tokens: usage.cacheRead,
              cache_write_tokens: usage.cacheWrite,
              cache_write_1h_tokens: usage.cacheWrite1h,
              output_reasoning_tokens: usage.reasoning,
              input_audio_tokens: usage.promptAudio,
              output_audio_tokens: usage.completionAudio,
            },
            model.id,
            { providerId: provider.id, timestamp: noon },
          );
          if (
            listed !== null &&
            Math.abs(ours.totalUsd - listed.total_price) <= 1e-12 * Math.max(1, listed.total_price)
          )
            equal++;
          else
            different.push(
              `${provider.id} ${model.id} ${JSON.stringify(usage)}: ${ours.totalUsd} instead of ${listed?.total_price}`,
            );
        }
      }
    }
    expect(different).toEqual([]);
    expect(equal).toBeGreaterThan(4000);
  });
});

it.each<[string, PriceRequest['usage'], number]>([
  ['gpt-4o', { prompt: 1000, completion: 500 }, 0.0075],
  ['gpt-4o', { prompt: 10_000, completion: 500, cacheRead: 8000 }, 0.02],
  ['claude-3-5-sonnet-20241022', { prompt: 10_000, completion: 500, cacheRead: 6000, cacheWrite: 3000 }, 0.02355],
  [
    'claude-sonnet-4-5',
    { prompt: 10_000, completion: 500, cacheRead: 6000, cacheWrite: 3000, cacheWrite1h: 3000 },
    0.0303,
  ],
  ['gemini-2.5-pro', { prompt: 300_000, completion: 1000 }, 0.765],
  ['gemini-2.5-pro', { prompt: 100_000, completion: 1000 }, 0.135],
  ['text-embedding-3-small', { prompt: 1000 }, 0.00002],
])('prices %s %j at $%d', (model, usage, usd) => {
  expect(total(model, usage)).toBeCloseTo(usd, 12);
});

it.each([
  ['claude-sonnet-4-5', 'anthropic', 200_000],
  ['gpt-5.4', 'openai', 271_999],
])('bills the whole of a prompt by its length: %s of %s from %d tokens', (model, provider, start) => {
  for (const prompt of [start, start + 1]) {
    const listed = calcPrice({ input_tokens: prompt, output_tokens: 10 }, model, {
      providerId: provider,
      timestamp: noon,
    })!;
    expect(total(model, { prompt, completion: 10 }, { provider })).toBeCloseTo(listed.total_price, 12);
  }
  expect(
    total(model, { prompt: start + 1, completion: 10 })! / total(model, { prompt: start, completion: 10 })!,
  ).toBeGreaterThan(1.9);
});

it('gives the parts and their exact sum', () => {
  const { inputUsd, outputUsd, otherUsd, totalUsd } = price('gpt-4o')!;
  expect([inputUsd, outputUsd, otherUsd, totalUsd]).toEqual([0.0025, 0.005, undefined, 0.0075]);
});

it('adds the fee of a request', () => {
  expect(price('sonar', undefined, { provider: 'perplexity' })).toEqual({
    inputUsd: 0.001,
    outputUsd: 0.0005,
    otherUsd: 0.012,
    totalUsd: 0.0135,
  });
});

it('prices at the time of the call', () => {
  expect(total('o3', undefined, { at: new Date('2025-05-01') })).toBeCloseTo(0.03, 12);
  expect(total('o3', undefined, { at: new Date('2025-06-10T00:00:00Z') })).toBeCloseTo(0.006, 12);
});

it.each<[string, string | undefined, string, string]>([
  ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', undefined, 'aws', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  [
    'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
    undefined,
    'aws',
    'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  ['anthropic.claude-3-5-haiku-20241022-v1:0', 'aws.bedrock', 'aws', 'anthropic.claude-3-5-haiku-20241022-v1:0'],
  ['claude-3-5-haiku-20241022', 'aws.bedrock', 'aws', 'anthropic.claude-3-5-haiku-20241022-v1:0'],
  ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0', undefined, 'aws', 'amazon.nova-pro-v1:0'],
  [
    'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-opus-4-6-v1',
    undefined,
    'aws',
    'eu.anthropic.claude-opus-4-6-v1',
  ],
  ['claude-sonnet-4-5@20250929', undefined, 'google', 'claude-sonnet-4-5@20250929'],
  ['publishers/google/models/gemini-2.5-flash', undefined, 'google', 'gemini-2.5-flash'],
  [
    'projects/p/locations/europe-west1/publishers/anthropic/models/claude-haiku-4-5@20251001',
    'gcp.vertex_ai',
    'google',
    'claude-haiku-4-5@20251001',
  ],
  ['models/gemini-2.5-pro', 'gcp.gemini', 'google', 'gemini-2.5-pro'],
  ['anthropic/claude-3.5-sonnet', 'openrouter', 'openrouter', 'anthropic/claude-3.5-sonnet'],
  ['anthropic/claude-sonnet-4-5', undefined, 'anthropic', 'claude-sonnet-4-5'],
  ['openai/gpt-4o', 'openai', 'openai', 'gpt-4o'],
  ['gpt-4o-2024-08-06', 'azure.ai.openai', 'azure', 'gpt-4o-2024-08-06'],
  ['gpt-35-turbo', 'azure', 'azure', 'gpt-35-turbo'],
  ['gpt-5.4-2026-03-05', 'openai.responses', 'openai', 'gpt-5.4'],
  ['gpt-5-20250807', undefined, 'openai', 'gpt-5'],
  ['ft:gpt-4o-mini-2024-07-18:my-org:tagger:Abc1', undefined, 'openai', 'ft:gpt-4o-mini-2024-07-18:x'],
  ['grok-4.3-20260501', 'x_ai', 'x-ai', 'grok-4.3'],
  ['mistral-large-latest', undefined, 'mistral', 'mistral-large-latest'],
  ['groq/llama-3.3-70b-versatile', undefined, 'groq', 'llama-3.3-70b-versatile'],
  ['accounts/fireworks/models/gpt-oss-120b', undefined, 'fireworks', 'accounts/fireworks/models/gpt-oss-120b'],
  [' GPT-4o ', undefined, 'openai', 'gpt-4o'],
])('knows %s of %s as %s %s', (model, provider, listedProvider, listedModel) => {
  const listed = calcPrice({ input_tokens: 1000, output_tokens: 500 }, listedModel, {
    providerId: listedProvider,
    timestamp: noon,
  });
  expect(listed).not.toBeNull();
  expect(total(model, undefined, { provider })).toBeCloseTo(listed!.total_price, 12);
});

it.each<[string, string | undefined]>([
  ['gpt-4o-something-unknown', undefined],
  ['gpt-4o-mini-realtime-ultra', undefined],
  ['claude-sonnet-5-5', undefined],
  ['claude-opus-4-7-turbo', undefined],
  ['gemini-3.6-flash-lite', undefined],
  ['gemini-2.5-pro-ultra', undefined],
  ['my-gemini-1.5-flash', 'google'],
  ['deepseek-r1:8b', undefined],
  ['deepseek-chat-v4', 'deepseek'],
  ['llama3.1:8b', undefined],
  ['mistral', undefined],
  ['gpt-oss:20b', undefined],
  ['gpt-oss-120b', undefined],
  ['openai/gpt-oss-120b', undefined],
  ['openai/gpt-oss-120b', 'openai'],
  ['meta-llama/Llama-3.3-70B-Instruct', undefined],
  ['deepseek/deepseek-v3.2', undefined],
  ['anthropic/claude-3.5-sonnet:nitro', 'openrouter'],
  ['ft:gpt-4.1-nano-2025-04-14:org::id', undefined],
  ['arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123', undefined],
  ['claude-sonnet-4-5-20250929', 'aws.bedrock'], // regional or global: 10 % apart
  ['gpt-4o', 'my-openai-proxy'],
  ['gpt-4o', 'ollama'],
  ['my-deployment', 'azure.ai.openai'],
  ['whisper-1', undefined],
  ['', undefined],
  ['  ', undefined],
])('does not price %s of %s', (model, provider) => {
  expect(price(model, undefined, { provider })).toBeUndefined();
});

it.each<[string, string, string, number | undefined]>([
  ['gpt-4o', 'openai', 'default', 1],
  ['gpt-4o', 'openai', 'auto', 1],
  ['gpt-4o', 'openai', 'flex', 0.5],
  ['gpt-4o', 'openai', 'batch', 0.5],
  ['gpt-4o', 'openai', 'priority', undefined],
  ['gpt-4o', 'openai', 'scale', undefined],
  ['claude-opus-4-6', 'anthropic', 'standard', 1],
  ['claude-opus-4-6', 'anthropic', 'batch', 0.5],
  ['claude-opus-4-6', 'anthropic', 'batch+us', 0.55],
  ['claude-opus-4-6', 'anthropic', 'fast', undefined],
  ['llama-3.3-70b-versatile', 'groq', 'on_demand', 1],
  ['llama-3.3-70b-versatile', 'groq', 'flex', undefined],
])('prices %s of %s in tier %s at %p of the list', (model, provider, serviceTier, factor) => {
  const listed = total(model, undefined, { provider })!;
  const inTier = total(model, undefined, { provider, serviceTier });
  if (factor === undefined) expect(inTier).toBeUndefined();
  else expect(inTier).toBeCloseTo(listed * factor, 12);
  expect(warnings).toHaveLength(factor === undefined ? 1 : 0);
});

it.each<[string, TokenUsage, string, string]>([
  ['one side missing', { prompt: 1000 }, 'gpt-4o', 'openai'],
  ['the other side missing', { completion: 10 }, 'gpt-4o', 'openai'],
  ['no tokens', {}, 'gpt-4o', 'openai'],
  ['cache above the prompt', { prompt: 10, completion: 1, cacheRead: 20 }, 'gpt-4o', 'openai'],
  ['a negative count', { prompt: -1, completion: 1 }, 'gpt-4o', 'openai'],
  ['NaN', { prompt: NaN, completion: 1 }, 'gpt-4o', 'openai'],
  ['text', { prompt: '10' as never, completion: 1 }, 'gpt-4o', 'openai'],
  ['audio without an audio rate', { prompt: 1000, completion: 10, promptAudio: 200 }, 'gpt-4o-audio-preview', 'openai'],
  [
    'an hour of cache without its rate',
    { prompt: 1000, completion: 10, cacheWrite: 500, cacheWrite1h: 500 },
    'claude-sonnet-4-6',
    'gcp.vertex_ai',
  ],
  [
    'audio and cache that may overlap',
    { prompt: 1000, completion: 10, cacheRead: 300, promptAudio: 300 },
    'gpt-realtime',
    'openai',
  ],
])('gives no price for %s', (_, usage, model, provider) => {
  expect(price(model, usage, { provider })).toBeUndefined();
});

it('prices cached audio where the counts leave no choice', () => {
  const all = price('gpt-realtime', { prompt: 1000, completion: 0, cacheRead: 400, promptAudio: 1000 })!;
  expect(all.inputUsd).toBeCloseTo((600 * 32 + 400 * 0.4) / 1e6, 12);
});

describe('data that the program gives to genai-prices', () => {
  let set: (data: Provider[]) => void = () => undefined;
  let asked = 0;
  const give = async (...models: { id: string; prices: ModelInfo['prices'] }[]): Promise<void> => {
    const openai = providers.find(({ id }) => id === 'openai')!;
    set([{ ...openai, models: models.map((model) => ({ ...model, match: { equals: model.id } })) }]);
    await waitForUpdate();
  };
  beforeAll(() => {
    updatePrices(({ setProviderData, onCalc }) => {
      set = setProviderData;
      onCalc(() => asked++);
    });
  });
  afterAll(async () => {
    set(providers);
    await waitForUpdate();
    updatePrices(({ onCalc }) => onCalc(() => undefined));
    expect(total('gpt-4o')).toBe(0.0075);
  });

  it('replaces what was remembered, and its update is given its turn', async () => {
    expect(total('gpt-4o')).toBe(0.0075);
    await give({ id: 'gpt-4o', prices: { input_mtok: 100, output_mtok: 100 } });
    expect(total('gpt-4o')).toBeCloseTo(0.15, 12);
    asked = 0;
    total('gpt-4o');
    expect(asked).toBeGreaterThan(0);
  });

  const flat = (rate: number): Record<string, number> => ({ input_mtok: rate, output_mtok: rate });
  it.each<[string, ModelInfo['prices']]>([
    [
      'a window over midnight',
      [
        { prices: flat(1) },
        { constraint: { type: 'time_of_date', start_time: '22:00:00Z', end_time: '06:00:00Z' }, prices: flat(2) },
      ],
    ],
    [
      'a window in another zone',
      [
        { prices: flat(1) },
        {
          constraint: { type: 'time_of_date', start_time: '22:00:00+05:00', end_time: '06:00:00+05:00' },
          prices: flat(2),
        },
      ],
    ],
    [
      'a window after a date',
      [
        { prices: flat(1) },
        { constraint: { type: 'start_date', start_date: '2026-11-20' }, prices: flat(3) },
        { constraint: { type: 'time_of_date', start_time: '10:00:00Z', end_time: '12:00:00Z' }, prices: flat(2) },
      ],
    ],
    ['units that we do not know', { ...flat(1), input_text_mtok: 5, cache_read_mtok: 0.1, cache_text_read_mtok: 0.2 }],
    ['a fee for each request', { ...flat(1), requests_kcount: 5 }],
  ])('is priced as genai-prices does: %s', async (_, prices) => {
    await give({ id: 'gpt-x', prices });
    for (const time of [
      '2026-11-19T23:59:59.999Z',
      '2026-11-20T00:00:00Z',
      '2026-11-20T05:59:59.5Z',
      '2026-11-20T06:00:00Z',
      '2026-11-20T10:00:00Z',
      '2026-11-20T11:59:59Z',
      '2026-11-20T12:00:00Z',
      '2026-11-20T22:00:00Z',
    ]) {
      const at = new Date(time);
      const listed = calcPrice({ input_tokens: 1000, output_tokens: 500 }, 'gpt-x', {
        providerId: 'openai',
        timestamp: at,
      })!;
      expect([time, total('gpt-x', undefined, { at })]).toEqual([time, expect.closeTo(listed.total_price, 12)]);
    }
  });
});

it('gives no price for a call at no time', () => {
  expect(total('o3')).toBeDefined();
  expect(price('o3', undefined, { at: new Date(NaN) })).toBeUndefined();
});

it('survives requests that no type allows', () => {
  for (const request of [
    {},
    { model: 5 },
    { model: 'gpt-4o' },
    { model: 'gpt-4o', usage: null },
    { model: 'o3', usage: { prompt: 1, completion: 1 }, at: new Date(NaN) },
  ]) {
    expect(() => catalogue.price(request as never)).not.toThrow();
  }
});

describe('loading', () => {
  type Fresh = typeof import('../../lib/cost/catalogue.js');
  const fresh = (mock?: () => unknown): Fresh['catalogue'] => {
    let copy!: Fresh;
    jest.isolateModules(() => {
      if (mock) jest.doMock('@pydantic/genai-prices', mock);
      copy = require('../../lib/cost/catalogue.js') as Fresh;
    });
    return copy.catalogue;
  };
  afterEach(() => jest.dontMock('@pydantic/genai-prices'));

  it('is not ready before, prices nothing then, and calls back after', async () => {
    const copy = fresh();
    const calls: string[] = [];
    copy.whenReady(() => calls.push('early'));
    copy.whenReady(() => {
      throw new Error('mine');
    });
    copy.whenReady(() => calls.push('after one that throws'));
    expect([
      copy.ready,
      copy.failed,
      copy.price({ model: 'gpt-4o', usage: { prompt: 1, completion: 1 }, at: noon }),
    ]).toEqual([false, false, undefined]);
    expect(copy.load()).toBe(copy.load());
    await copy.load();
    expect(copy.ready).toBe(true);
    expect(calls).toEqual(['early', 'after one that throws']);
    copy.whenReady(() => calls.push('late'));
    expect(calls.at(-1)).toBe('late');
  });

  it('loads at once when it must', () => {
    const copy = fresh();
    const called = jest.fn();
    copy.whenReady(called);
    copy.loadSync();
    expect([copy.ready, called.mock.calls.length]).toEqual([true, 1]);
    expect(copy.price({ model: 'gpt-4o', usage: { prompt: 1, completion: 1 }, at: noon })).toBeDefined();
    copy.loadSync();
  });

  it.each(['load', 'loadSync'] as const)('says once when it cannot be loaded, by %s', async (how) => {
    const copy = fresh(() => {
      throw new Error('not installed');
    });
    const called = jest.fn();
    copy.whenReady(called);
    await copy[how]();
    await copy.load();
    copy.loadSync();
    expect([copy.ready, copy.failed, called.mock.calls.length]).toEqual([false, true, 1]);
    copy.whenReady(called);
    expect(called).toHaveBeenCalledTimes(2);
    expect(copy.price({ model: 'gpt-4o', usage: { prompt: 1, completion: 1 }, at: noon })).toBeUndefined();
    expect(warnings.filter((text) => text.includes('genai-prices'))).toHaveLength(1);
  });
});
