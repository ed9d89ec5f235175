// A bundle or a runtime that knows import() alone: what waits is let go of, and what comes later is priced.
import type { Catalogue } from '../../lib/cost/catalogue.js';
import { diagLog } from '../support/diag-log.js';

let asked = 0;
jest.mock('@pydantic/genai-prices', () => {
  if (++asked === 1) throw new Error('require is not defined');
  return jest.requireActual<object>('@pydantic/genai-prices');
});
const log = diagLog();
afterAll(() => log.stop());

it('lets go of who waits when it cannot load at once, and prices what comes after it has loaded', async () => {
  const { catalogue } = await import('../../lib/cost/catalogue.js');
  const request: Parameters<Catalogue['price']>[0] = { model: 'gpt-4o', usage: { prompt: 1_000, completion: 500 }, at: new Date() }; // prettier-ignore
  catalogue.loadSync();
  expect([catalogue.ready, catalogue.failed]).toEqual([false, true]);
  let called = 0;
  catalogue.whenReady(() => called++);
  expect(called).toBe(1);
  expect(catalogue.price(request)).toBeUndefined();

  await catalogue.load();
  expect([catalogue.ready, catalogue.failed]).toEqual([true, false]);
  expect(catalogue.price(request)?.totalUsd).toBeGreaterThan(0);
  expect(log.warnings).toEqual([]);
});
