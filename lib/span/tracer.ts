import { ProxyTracerProvider, trace, type Tracer, type TracerProvider } from '@opentelemetry/api';
import { safely } from '../safely.js';
import { VERSION } from '../version.js';

/** The name of our instrumentation scope: spans under it are ours. */
export const TRACER_NAME = 'spandrel';

// eslint-disable-next-line @typescript-eslint/no-deprecated -- the one public way to the provider that stands for "none"
const NOOP_PROVIDER = new ProxyTracerProvider().getDelegate();

let provider: TracerProvider | undefined;
let tracer: Tracer | undefined;

/**
 * A tracer whose spans record nothing, for calls that somebody counts though nobody traces: it hands on the trace that came from outside.
 */
export const standInTracer = (): Tracer => tracerOf(NOOP_PROVIDER);

/**
 * The tracer of the registered SDK, or undefined when none is: then there is nothing to do.
 * Kept by the identity of the provider behind the API's proxy, since a tracer outlives the provider it came from.
 */
export function activeTracer(): Tracer | undefined {
  const registered = trace.getTracerProvider() as TracerProvider & { getDelegate?: () => TracerProvider };
  const delegate = typeof registered.getDelegate === 'function' ? registered.getDelegate() : registered;
  if (delegate === NOOP_PROVIDER) return undefined;
  if (delegate !== provider) {
    provider = delegate;
    tracer = safely('the tracer provider failed', tracerOf, delegate);
  }
  return tracer;
}

const tracerOf = (from: TracerProvider): Tracer => from.getTracer(TRACER_NAME, VERSION);
