import type { Attributes } from '@opentelemetry/api';

/** What the rules look at in a span, wherever it was read from. */
export interface LintSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly name: string;
  readonly ended: boolean;
  /** Whether it ended before it started. */
  readonly isBackwards: boolean;
  /** OpenTelemetry's status codes: 0 unset, 1 ok, 2 error. */
  readonly status: { readonly code: number; readonly message?: string | undefined };
  readonly attributes: Attributes;
  readonly events: readonly { readonly name: string; readonly attributes?: Attributes | undefined }[];
}

/** What a rule found. */
export interface Finding {
  /** The rule's name: `type`, `name`, `tokens` … */
  readonly rule: string;
  /** The span's name and id. */
  readonly span: string;
  readonly spanId: string;
  readonly traceId: string;
  /** The attribute that it is about. */
  readonly attribute?: string | undefined;
  /** What is wrong, in one sentence. */
  readonly says: string;
  /** Where the rule is from. */
  readonly source: string;
}
