// The floor: the span an expert writes with the OpenTelemetry API: the same attributes, JSON.stringify, no redaction, no bounds.
import { context, createContextKey, SpanStatusCode, trace } from '@opentelemetry/api';

/** A hand-written traced call, sync or async. */
export function byHand(name, fn, { names, kind = 'CHAIN', price }) {
  const tracer = trace.getTracer('hand');
  return function (...args) {
    const span = tracer.startSpan(name, { attributes: { 'openinference.span.kind': kind } });
    const startedAt = performance.now();
    const session = context.active().getValue(SESSION);
    if (session !== undefined) span.setAttribute('session.id', session);
    if (span.isRecording()) {
      const input = {};
      for (let i = 0; i < args.length; i++) input[names[i]] = args[i];
      span.setAttribute('input.value', JSON.stringify(input));
      span.setAttribute('input.mime_type', 'application/json');
    }
    const done = (result) => {
      if (span.isRecording()) {
        span.setAttribute('output.value', typeof result === 'string' ? result : JSON.stringify(result));
        span.setAttribute('output.mime_type', typeof result === 'string' ? 'text/plain' : 'application/json');
        if (price) writeModelCall(span, result, price);
        const milliseconds = performance.now() - startedAt;
        span.setAttribute('performance.duration_seconds', milliseconds / 1000);
        span.setAttribute('performance.latency_ms', milliseconds);
        span.setStatus({ code: SpanStatusCode.OK });
      }
      span.end();
      return result;
    };
    const failed = (error) => {
      span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
      span.end();
      throw error;
    };
    let result;
    try {
      result = context.with(trace.setSpan(context.active(), span), () => fn.apply(this, args));
    } catch (error) {
      return failed(error);
    }
    return result instanceof Promise ? result.then(done, failed) : done(result);
  };
}

/** Model, tokens and cost under all the names that spandrel writes. */
function writeModelCall(span, { model, usage }, { input, output }) {
  const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = usage;
  const [inputUsd, outputUsd] = [(prompt * input) / 1e6, (completion * output) / 1e6];
  span.setAttributes({
    'llm.model_name': model,
    'llm.token_count.prompt': prompt,
    'llm.token_count.completion': completion,
    'llm.token_count.total': total,
    'llm.cost.prompt': inputUsd,
    'llm.cost.completion': outputUsd,
    'llm.cost.total': inputUsd + outputUsd,
    'cost.model_name': model,
    'cost.prompt_tokens': prompt,
    'cost.completion_tokens': completion,
    'cost.total_tokens': total,
    'cost.input_cost_usd': inputUsd,
    'cost.output_cost_usd': outputUsd,
    'cost.total_usd': inputUsd + outputUsd,
    'cost.source': 'override',
  });
}

/** One span round a piece of work, its context entered: what streams are compared with. */
export async function aroundByHand(name, run) {
  const span = trace.getTracer('hand').startSpan(name, { attributes: { 'openinference.span.kind': 'CHAIN' } });
  try {
    return await context.with(trace.setSpan(context.active(), span), run);
  } finally {
    span.end();
  }
}

const SESSION = createContextKey('session');

/** Runs `fn` in a session that {@link byHand} writes on its spans. */
export const inSessionByHand = (id, fn) => context.with(context.active().setValue(SESSION, id), fn);
