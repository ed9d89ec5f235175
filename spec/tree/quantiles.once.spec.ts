import fc from 'fast-check';
import { Quantiles } from '../../lib/tree/quantiles.js';
import { propertyRuns } from '../support/property-runs.js';

const filled = (values: readonly number[]) => {
  const quantiles = new Quantiles();
  for (const value of values) quantiles.add(value);
  return quantiles;
};
const exact = (values: readonly number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(q * values.length) - 1)] as number;

it('gives every quantile within 1% of the exact one, in any order', () => {
  const nanoseconds = fc.oneof(fc.integer({ min: 0, max: 1e9 }), fc.bigInt(0n, (1n << 64n) - 1n).map(Number));
  const ms = nanoseconds.map((ns) => ns / 1e6);
  fc.assert(
    fc.property(
      fc.array(ms, { minLength: 1, maxLength: 300 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, q) => {
        const wanted = exact(values, q);
        expect(Math.abs((filled(values).at(q) ?? NaN) - wanted)).toBeLessThanOrEqual(0.01 * wanted + 1e-6);
      },
    ),
    propertyRuns(1_000),
  );
});

it('knows the greatest exactly, and of nothing nothing', () => {
  expect(filled([3, 7, 5]).max).toBe(7);
  expect(filled([3, 7, 5]).at(1)).toBe(7);
  expect(filled([]).at(0.5)).toBeUndefined();
});

it('is exact for one value, and for values that are all the same', () => {
  expect(filled([1234.5]).at(0.95)).toBe(1234.5);
  expect(filled(Array.from({ length: 50 }, () => 0.25)).at(0.5)).toBe(0.25);
  expect(filled([0, 0, 0]).at(0.99)).toBe(0);
});
