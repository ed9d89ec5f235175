import { ProxyTracerProvider, trace, type TracerProvider } from '@opentelemetry/api';

/** The tracer provider that someone registered globally; undefined while there is none. */
export function registeredProvider(): TracerProvider | undefined {
  const global = trace.getTracerProvider() as TracerProvider & Partial<ProxyTracerProvider>;
  const delegate = global.getDelegate?.() ?? global;
  // Without a provider the delegate is the api's no-op one: this copy's or, by its name, another copy's.
  const noop = new ProxyTracerProvider().getDelegate();
  return delegate === noop || delegate.constructor.name === noop.constructor.name ? undefined : delegate;
}
