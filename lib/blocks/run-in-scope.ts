import { isSpanContextValid, trace, TraceFlags, type Context, type SpanContext } from '@opentelemetry/api';
import { activeContext } from '../context/active.js';
import { ambientOf } from '../context/ambient.js';
import { checkOptions } from '../options.js';
import { metadataScope, type MetadataOptions } from '../plan/session-scope.js';
import { safely } from '../safely.js';
import { blockSite, checkFunction, runBlock } from './run-block.js';

/** A scope as plain data, for a queue's message: who, under which session, and the trace it comes from. Holds no prompt and no container. */
export interface CapturedScope extends MetadataOptions {
  /** The span that was active, in W3C's form (`00-<trace id>-<span id>-<flags>`). */
  readonly traceparent?: string | undefined;
}

const SITE = blockSite('runInScope');
const KEYS = ['sessionId', 'userId', 'tags', 'metadata', 'traceparent'];

/**
 * What surrounds this place, as data that JSON takes: for work that runs later, elsewhere. Metadata that has no JSON is left out.
 *
 * ```ts
 * await queue.add('report', { callId, scope: captureScope() });
 * ```
 */
export function captureScope(): CapturedScope {
  const active = activeContext();
  const { sessionId, userId, tags, metadata } = ambientOf(active) ?? {};
  const span = trace.getSpanContext(active);
  return {
    ...(sessionId !== undefined && { sessionId }),
    ...(userId !== undefined && { userId }),
    ...(tags !== undefined && { tags }),
    ...(metadata !== undefined && safely('a scope’s metadata could not be captured', asData, metadata)),
    ...(span && isSpanContextValid(span) && { traceparent: traceparentOf(span) }),
  };
}

/**
 * Runs `fn` in a scope that was captured, and gives what `fn` gives: every span inside carries its session, user, tags and metadata. Where no
 * span is active, they continue its trace.
 *
 * ```ts
 * worker.process('report', (job) => runInScope(job.data.scope, () => compile(job.data.callId)));
 * ```
 *
 * Takes what a queue brings: parts that cannot be used are left out, with a warning; throws a TypeError for what is no captured scope.
 */
export function runInScope<R>(scope: CapturedScope, fn: () => R): R {
  checkFunction('runInScope', fn);
  checkOptions('runInScope', scope, KEYS);
  const { traceparent, ...ambient } = scope;
  const open = metadataScope('runInScope', ambient);
  return runBlock(SITE, [(active, call) => open(continued(active, traceparent), call)], undefined, fn);
}

const asData = (metadata: Readonly<Record<string, unknown>>): MetadataOptions => ({
  metadata: JSON.parse(JSON.stringify(metadata)) as Record<string, unknown>,
});

const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${(traceFlags & 0xff).toString(16).padStart(2, '0')}`;

const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/;

function continued(active: Context, traceparent: unknown): Context {
  const [, traceId = '', spanId = '', flags = '00'] =
    typeof traceparent === 'string' ? (TRACEPARENT.exec(traceparent) ?? []) : [];
  const span = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true };
  return trace.getSpanContext(active) || !isSpanContextValid(span) ? active : trace.setSpanContext(active, span);
}
