import { trace, type Span } from '@opentelemetry/api';
import { attributeOf, isUnset, setAllIfUnset, setIfUnset } from '../../lib/span/untouched.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterAll(() => tracing.shutdown());
const start = () => trace.getTracer('test').startSpan('span', { attributes: { there: 1 } });

describe.each<[string, (span: Span, key: string, value: number, ours?: number) => void]>([
  ['one attribute', setIfUnset],
  ['each attribute of many', (span, key, value, ours) => setAllIfUnset(span, { [key]: value }, ours === undefined ? undefined : { [key]: ours })],
])('%s', (_, set) => {
  it('is set where there is none', () => {
    const span = start();
    set(span, 'new', 2);
    expect(attributeOf(span, 'new')).toBe(2);
  });

  it('is left as it is, unless it is what we wrote', () => {
    const span = start();
    set(span, 'there', 2);
    set(span, 'there', 2, 3);
    expect(attributeOf(span, 'there')).toBe(1);
    set(span, 'there', 2, 1);
    expect(attributeOf(span, 'there')).toBe(2);
  });

  it('is set on a span that shows nothing of itself', () => {
    const given: [string, unknown][] = [];
    const silent = { setAttribute: (key: string, value: unknown) => given.push([key, value]) } as unknown as Span;
    set(silent, 'new', 2);
    expect([given, attributeOf(silent, 'new'), isUnset(silent)]).toEqual([[['new', 2]], undefined, true]);
  });
}); // prettier-ignore

it('what has no value is not set', () => {
  const given: unknown[] = [];
  const span = { setAttribute: (...pair: unknown[]) => given.push(pair) } as unknown as Span;
  setAllIfUnset(span, { a: undefined, b: 0, c: '' });
  expect(given).toEqual([['b', 0], ['c', '']]); // prettier-ignore
});

it('a status counts as set once somebody has set one', () => {
  const span = start();
  expect(isUnset(span)).toBe(true);
  expect(isUnset(span.setStatus({ code: 1 }))).toBe(false);
  expect(isUnset(start().setStatus({ code: 2 }))).toBe(false);
});
