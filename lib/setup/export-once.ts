import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { withoutTracing } from '../blocks/without-tracing.js';
import type { SpanExporter } from './options.js';

const SUCCESS = 0; // ExportResultCode.SUCCESS of @opentelemetry/core
/** What a backend says of the spans, not of the way to it: HTTP's bad request, too large, unprocessable; gRPC's INVALID_ARGUMENT. */
const REFUSALS: readonly unknown[] = [400, 413, 422, 3];
/** gRPC's RESOURCE_EXHAUSTED is for limits of rate and of size. */
const TOO_LARGE = /larger than max|message size|too large/i;

/** What became of an export. */
export type Answer = { readonly is: 'taken' } | { readonly is: 'refused' | 'failed'; readonly cause: unknown };

/** Hands the spans to the exporter, which does retries of its own; makes no spans of its requests. Never rejects. */
export async function exportOnce(exporter: SpanExporter, spans: ReadableSpan[], timeoutMs: number): Promise<Answer> {
  await resourceOf(spans);
  return new Promise((settle) => {
    const failed = (cause: unknown) => settle({ is: isRefusal(cause) ? 'refused' : 'failed', cause });
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

function isRefusal(cause: unknown): boolean {
  if (typeof cause !== 'object' || cause === null) return false;
  const { code, message } = cause as { readonly code?: unknown; readonly message?: unknown };
  return REFUSALS.includes(code) || (code === 8 && TOO_LARGE.test(String(message)));
}
