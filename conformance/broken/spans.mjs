import { context, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = () => trace.getTracer('broken');
const nameOf = (fn) => fn.name || 'anonymous';

/** A span that is right for plain functions and for promises, but for what `change` makes of it. */
export function spanned(fn, { start = {}, enter = true, before, after, failed, end = (span) => span.end() } = {}) {
  return function (...args) {
    const span = tracer().startSpan(nameOf(fn), start);
    before?.(span, args);
    const succeed = (value) => {
      after?.(span, args, value);
      end(span);
      return value;
    };
    const fail = (error) => {
      (failed ?? recordFailure)(span, error);
      after?.(span, args, undefined);
      end(span);
      throw error;
    };
    try {
      const call = () => fn.apply(this, args);
      const result = enter ? context.with(trace.setSpan(context.active(), span), call) : call();
      return result instanceof Promise ? result.then(succeed, fail) : succeed(result);
    } catch (error) {
      return fail(error);
    }
  };
}

function recordFailure(span, error) {
  span.recordException(error instanceof Error ? error : String(error));
  span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
}

/** Mistakes about a span's life, place and status. */
export const spans = {
  'makes no span': (fn) => fn,
  'never ends': (fn) => spanned(fn, { end: () => undefined }),
  'makes two spans': (fn) => spanned(spanned(fn)),
  'ends at return': (fn) =>
    function (...args) {
      return tracer().startActiveSpan(nameOf(fn), (span) => {
        try {
          return fn.apply(this, args);
        } finally {
          span.end();
        }
      });
    },
  'ends when settled': (fn) => spanned(fn),
  'does not enter the span': (fn) => spanned(fn, { enter: false }),
  'stays in the span': (fn) =>
    function (...args) {
      const span = tracer().startSpan(nameOf(fn));
      const manager = context._getContextManager();
      manager._asyncLocalStorage.enterWith(trace.setSpan(context.active(), span));
      span.end();
      return fn.apply(this, args);
    },
  'ends at a finished iteration only': (fn) =>
    function (...args) {
      const span = tracer().startSpan(nameOf(fn));
      const result = fn.apply(this, args);
      const next = result.next.bind(result);
      result.next = (...given) => {
        const ended = (step) => {
          if (step.done) span.end();
          return step;
        };
        const step = next(...given);
        return step instanceof Promise ? step.then(ended) : ended(step);
      };
      return result;
    },
  'calls a break an error': (fn) =>
    function (...args) {
      const span = tracer().startSpan(nameOf(fn));
      const result = fn.apply(this, args);
      const back = result.return.bind(result);
      result.return = (value) => {
        span.setStatus({ code: SpanStatusCode.ERROR, message: 'Cancelled' });
        span.end();
        return back(value);
      };
      return result;
    },
  'knows no errors': (fn) => spanned(fn, { failed: () => undefined }),
  'tells only the message': (fn) =>
    spanned(fn, {
      failed: (span, error) => span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) }),
    }),
  'calls success what failed': (fn) => spanned(fn, { after: (span) => span.setStatus({ code: SpanStatusCode.OK }) }),
  overwrites: (fn) =>
    spanned(fn, {
      after: (span, _args, value) => {
        span.setAttribute('output.value', JSON.stringify(value) ?? '');
        span.setStatus({ code: SpanStatusCode.OK });
      },
    }),
  'has no name': (fn) => {
    const wrapped = function (...args) {
      const span = tracer().startSpan(fn.name);
      const result = fn.apply(this, args);
      span.end();
      return result;
    };
    return wrapped;
  },
  'tells the sampler nothing': (fn, { kind }) =>
    spanned(fn, { before: (span) => span.setAttribute('openinference.span.kind', kind ?? 'CHAIN') }),
};
