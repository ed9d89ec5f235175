// Makes spans one after another and says each one's id. STEADY: { spans, everyMs, bytes }, `bytes` of text on each.
import { trace } from '@opentelemetry/api';
import { startTracing } from 'spandrel/setup';

const { spans, everyMs = 10, bytes = 0 } = JSON.parse(process.env.STEADY);
const tracing = startTracing({ backends: ['otlp'] });
const tracer = trace.getTracer('steady');
for (let made = 0; made < spans; made++) {
  const span = tracer.startSpan('work');
  if (bytes > 0) span.setAttribute('input.value', '.'.repeat(bytes));
  span.end();
  console.log(span.spanContext().spanId);
  if (everyMs > 0) await new Promise((passed) => setTimeout(passed, everyMs));
}
await tracing.shutdown();
