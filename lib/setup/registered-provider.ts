import { ProxyTracerProvider, trace, type TracerProvider } from '@opentelemetry/api';

/** The tracer provider that someone registered globally; undefined while there is none. */
export function registeredProvider(): TracerProvider | undefined {
  const global = trace.getTracerProvider() as TracerProvider & { getDelegate?(): TracerProvider };
  const delegate = global.getDelegate?.() ?? global;
  // Without a provider the delegate is the api's no-op one: this copy's or, by its name, another copy's.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way to see it, in both lines
  const noop = new ProxyTracerProvider().getDelegate();
  return delegate === noop || delegate.constructor.name === noop.constructor.name ? undefined : delegate;
}
