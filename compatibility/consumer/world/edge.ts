// Bundled for an edge runtime, which has no module of Node's: the core traces there.
import { context, ROOT_CONTEXT, trace, type Span } from '@opentelemetry/api';
import { traced, withMetadata } from 'spandrel';
import { Service } from './made-up-model.js';

/** A provider as small as can be: spans that remember what is set on them. */
const spans: { name: string; attributes: Record<string, unknown> }[] = [];
trace.setGlobalTracerProvider({
  getTracer: () => ({
    startSpan: (name: string, options?: { attributes?: Record<string, unknown> }) => {
      const span = { name, attributes: { ...options?.attributes } };
      spans.push(span);
      const self: unknown = {
        ...{ attributes: span.attributes, status: { code: 0 } },
        ...{
          spanContext: () => ({
            traceId: '1'.repeat(32),
            spanId: String(spans.length).padStart(16, '0'),
            traceFlags: 1,
          }),
        },
        setAttribute: (key: string, value: unknown) => ((span.attributes[key] = value), self),
        setAttributes: (all: Record<string, unknown>) => (Object.assign(span.attributes, all), self),
        ...{
          setStatus: () => self,
          addEvent: () => self,
          addLink: () => self,
          addLinks: () => self,
          updateName: () => self,
        },
        ...{ isRecording: () => true, recordException: () => undefined, end: () => undefined },
      };
      return self as Span;
    },
    startActiveSpan: (_: string, fn: never) => (fn as (span: unknown) => unknown)(undefined),
  }),
} as never);

// and a context manager: the host's AsyncLocalStorage, as a rule; a stack will do where nothing waits
const stack = [ROOT_CONTEXT];
context.setGlobalContextManager({
  active: () => stack.at(-1) ?? ROOT_CONTEXT,
  with: (active, fn, self, ...args) => {
    stack.push(active);
    try {
      return fn.call(self as never, ...args);
    } finally {
      stack.pop();
    }
  },
  bind: (_, target) => target,
  enable() {
    return this;
  },
  disable() {
    return this;
  },
});

(globalThis as { result?: Promise<string> }).result = (async () => {
  await withMetadata({ sessionId: 's-1' }, () => new Service().ask('small-model'));
  traced((n: number) => n + 1, { spanName: 'by hand', parameters: ['n'] })(1);
  const shown = spans.map(
    ({ name, attributes }) =>
      `${name} ${String(attributes['session.id'])} ${String(attributes['input.value'])} ${String(attributes['llm.token_count.total'])}`,
  );
  return [...shown, String(context.active() !== undefined)].join('\n');
})();
