import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('http-client');

/**
 * `fetch` with one CLIENT span an attempt, as an HTTP instrumentation makes it: plain OpenTelemetry that knows nothing of spandrel.
 * It shows what the SDKs hide, their retries, and that session, user and prompt reach the spans of others.
 */
export const fetchWithSpans: typeof fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const headers = new Headers(init?.headers);
  const retries = Number(headers.get('x-stainless-retry-count') ?? 0);
  const attributes = {
    'http.request.method': init?.method ?? 'GET',
    'url.full': url.href,
    'server.address': url.hostname,
    ...(retries > 0 && { 'http.request.resend_count': retries }),
  };
  return tracer.startActiveSpan(
    `${attributes['http.request.method']} ${url.pathname}`,
    { kind: SpanKind.CLIENT, attributes },
    async (span) => {
      try {
        const response = await fetch(input, init);
        span.setAttribute('http.response.status_code', response.status);
        for (const name of ['x-request-id', 'request-id']) {
          const id = response.headers.get(name);
          if (id !== null) span.setAttribute(`http.response.header.${name}`, [id]);
        }
        if (!response.ok)
          span.setAttribute('error.type', String(response.status)).setStatus({ code: SpanStatusCode.ERROR });
        return response;
      } catch (error) {
        span.recordException(error as Error);
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    },
  );
};
