import { createContextKey } from '@opentelemetry/api';
import { blockSite, checkFunction, runBlock } from './run-block.js';

/** The key by which `suppressTracing` of `@opentelemetry/core` tells the SDK to make no spans; registered globally by its description. */
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
const SITE = blockSite('withoutTracing');

/** Runs `fn` without spans, of other libraries too, and gives what `fn` gives. */
export function withoutTracing<R>(fn: () => R): R {
  checkFunction('withoutTracing', fn);
  return runBlock(SITE, [(active) => active.setValue(SUPPRESS_TRACING, true)], undefined, fn);
}
