import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { recordedBeside, treeWith } from '../recorded.js';
import type { TestTracing } from '../test-tracing.js';
import { shown } from './equality.js';

/** Throws when a matcher was not given what it looks at. */
export function checkTracing(matcher: string, received: unknown): asserts received is TestTracing {
  const { tree, open, spans } = Object(received) as Partial<TestTracing>;
  if (typeof tree === 'function' && typeof open === 'function' && Array.isArray(spans)) return;
  throw new TypeError(
    `${matcher} takes a tracing: expect(tracing).${matcher}(…), with const tracing = testTracing(). Got ${kindOf(received)}.`,
  );
}

/** The same for a span. */
export function checkSpan(matcher: string, received: unknown): asserts received is ReadableSpan {
  const { spanContext, attributes } = Object(received) as Partial<ReadableSpan>;
  if (typeof spanContext === 'function' && typeof attributes === 'object') return;
  throw new TypeError(`${matcher} takes a span: expect(tracing.byName('…')).${matcher}(…). Got ${kindOf(received)}.`);
}

/** The span and what it stands in, for a message. */
export function whereabouts(span: ReadableSpan): string {
  const names = Object.keys(span.attributes).sort();
  const attributes = names.map((name) => `  ${name}: ${shown(span.attributes[name])}`).join('\n');
  const tree = treeWith(span);
  return `The span ${shown(span.name)}:\n${attributes || '  (no attributes)'}${tree ? `\n\nThe spans:\n${tree}` : ''}`;
}

/** All spans that were recorded with this one. */
export const spansBeside = (span: ReadableSpan): readonly ReadableSpan[] => recordedBeside(span);

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return value === null || typeof value !== 'object' ? shown(value) : `an object with ${shown(Object.keys(value))}`;
}
