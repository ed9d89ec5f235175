import type { HrTime, Span } from '@opentelemetry/api';
import { endTime } from '../../lib/span/end-time.js';

const spanFrom = (startTime: unknown): Span => ({ startTime }) as unknown as Span;

it.each<[HrTime, number, HrTime]>([
  [[10, 0], 0, [10, 0]],
  [[10, 0], 1.5, [10, 1_500_000]],
  [[10, 999_999_999], 0.000001, [11, 0]],
  [[10, 600_000_000], 2_400.25, [13, 250_000]],
  [[1_763_900_000, 1], 86_400_000, [1_763_986_400, 1]],
])('of a span from %p that took %p ms is %p', (startTime, milliseconds, expected) => {
  expect(endTime(spanFrom(startTime), milliseconds)).toEqual(expected);
});

it('is not known of a span that shows no start', () => {
  expect(endTime(spanFrom(undefined), 1)).toBeUndefined();
  expect(endTime(spanFrom(1_763_900_000), 1)).toBeUndefined();
});
