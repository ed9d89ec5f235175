// Every TypeScript sample of the README and the guides compiles, and does what the page says.
import { resetConfiguration } from '../../lib/configuration.js';
import { setResolver } from '../../lib/context/resolver.js';
import { forgetReports } from '../../lib/safely.js';
import { testTracing, type TestTracing } from '../../lib/testing/index.js';
import { pages, run, samplesOf, typeErrors, type Sample } from './support/samples.js';

// Those that name a file are parts of one program: spec/testing/runners runs them.
const samples = pages.flatMap(samplesOf).filter(({ words }) => !words.some((word) => word.startsWith('file=')));
const is =
  (...words: string[]) =>
  (sample: Sample) =>
    sample.words.some((word) => words.includes(word));

it('finds the samples', () => {
  expect(samples.length).toBeGreaterThan(20);
});

it.each([
  ['standard', samples.filter((sample) => !is('legacy')(sample))],
  ['legacy', samples.filter((sample) => !is('standard')(sample))],
])(
  'compiles them under %s decorators',
  (mode, those) => {
    expect(typeErrors(those, mode === 'legacy')).toEqual([]);
  },
  120_000,
);

describe.each(['standard', 'legacy'])('runs, under %s decorators', (mode) => {
  let tracing: TestTracing;
  beforeEach(() => {
    tracing = testTracing();
    forgetReports();
  });
  afterEach(async () => {
    setResolver(undefined);
    await tracing.shutdown();
    resetConfiguration();
  });

  const other = mode === 'legacy' ? 'standard' : 'legacy';
  const those = samples.filter((sample) => !is('no-run', other)(sample));
  it.each(those.map((sample) => [sample.name, sample] as const))('%s', async (_, sample) => {
    const printed = await run(sample, require, mode === 'legacy');
    if (sample.prints !== undefined) expect(printed.trim()).toBe(sample.prints.trim());
  });
});
