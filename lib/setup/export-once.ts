import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { withoutTracing } from '../blocks/without-tracing.js';
import type { SpanExporter } from './options.js';

const SUCCESS = 0; // ExportResultCode.SUCCESS of @opentelemetry/core
/** What a backend says of the spans, not of the way to it: HTTP's bad request, too large, unprocessable; gRPC's INVALID_ARGUMENT. */
const REFUSALS: readonly unknown[] = [400, 413, 422, 3];

/** What became of an export. */
export type Answer = { readonly is: 'taken' } | { readonly is: 'refused' | 'failed'; readonly cause: unknown };

/** Hands the spans to the exporter, which does retries of its own; makes no spans of its requests. Never rejects. */
export async function exportOnce(exporter: SpanExporter, spans: ReadableSpan[], timeoutMs: number): Promise<Answer> {
  await resourceOf(spans);
  return new Promise((settle) => {
    const failed = (cause: unknown) => settle({ is: REFUSALS.includes(codeOf(cause)) ? 'refused' : 'failed', cause });
    const timer = setTimeout(() => failed(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    try {
      withoutTracing(() =>
        exporter.export(spans, ({ code, error }) => {
          clearTimeout(timer);
          if ((code as number) === SUCCESS) settle({ is: 'taken' });
          else failed(error);
        }),
      );
    } catch (error) {
      clearTimeout(timer);
      failed(error);
    }
  });
}

async function resourceOf(spans: readonly ReadableSpan[]): Promise<void> {
  try {
    await spans.find(({ resource }) => resource.asyncAttributesPending)?.resource.waitForAsyncAttributes?.();
  } catch {
    // a detector of the user failed; the spans go without what it knows
  }
}

const codeOf = (cause: unknown) =>
  typeof cause === 'object' && cause !== null ? (cause as { code?: unknown }).code : undefined;
