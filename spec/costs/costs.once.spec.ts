// docs/costs.md: what every provider's own client is billed, from the wire to the span. UPDATE_DOCS=1 writes the page.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../lib/cost/catalogue.js';
import { testTracing } from '../../lib/testing/index.js';
import '../../lib/testing/jest.js';
import { cases } from './cases.js';
import type { Case } from './support/case.js';
import { startLoopback, type Loopback } from './support/loopback.js';
import { page } from './support/page.js';
import { dollars, publishedRates, readPriceList } from './support/price-list.js';
import { runCase, type Result } from './support/run-case.js';

const file = join(__dirname, '../../docs/costs.md');
const tracing = testTracing();
const results = new Map<Case, Result>();
let server: Loopback;

beforeAll(async () => {
  server = await startLoopback();
  await Promise.all([readPriceList(), catalogue.load()]);
});
afterAll(async () => {
  await tracing.shutdown();
  await server.close();
});

it.each(cases.map((line) => [`${line.provider}, ${line.client}, ${line.model}: ${line.case}`, line] as const))(
  '%s',
  async (_, line) => {
    const result = await runCase(line, server, tracing);
    if (line.breaks) {
      expect(result.error).toBeDefined();
      expect(result.chunks).toBeGreaterThan(0);
    } else if (result.error !== undefined) throw result.error;
    expect(server.left).toBe(0);
    expect(tracing).toHaveNoOpenSpans();
    const { billed } = line;
    const { written1h: _perHour, ...told } = billed ?? {}; // no attribute tells it apart; the price does
    expect({ ...NOTHING, ...result.tokens }).toEqual({ ...NOTHING, ...told });
    const rates = publishedRates(line.listed);
    if (billed === undefined || (billed.completion === undefined && rates.output !== undefined)) {
      expect(result).toMatchObject({ usd: undefined, priced: 0 });
    } else {
      const usd = dollars(billed, rates);
      expect(usd).toBeGreaterThan(0);
      expect(result.priced).toBe(1);
      expect(Math.abs((result.usd ?? NaN) - usd) / usd).toBeLessThan(1e-12);
    }
    results.set(line, result);
  },
);

/** A detail of zero and one that is not told are billed alike. */
const NOTHING = { cached: 0, written: 0, audio: 0, reasoning: 0 };

it('docs/costs.md is what these runs gave; else: npm run docs', () => {
  expect(results.size).toBe(cases.length); // the page is made of all of them
  const made = page(cases.map((line) => [line, results.get(line) as Result]));
  if (process.env['UPDATE_DOCS']) writeFileSync(file, made);
  expect(readFileSync(file, 'utf8')).toBe(made);
});
