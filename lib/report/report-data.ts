// What the page is given: the writer (Node.js) and the page (a browser) share these types and nothing else of each other.

/**
 * The facts of all spans, a column each: 50,000 rows are read at once, and cost a few megabytes. Texts are numbers into
 * `texts`; 0, the empty text, is "none". Other numbers are null where the span has none.
 */
export interface ReportFacts {
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  /** Milliseconds since the epoch: what `start` counts from. */
  readonly epoch: number;
  /** What of the files is not here. */
  readonly leftOut: LeftOut;
  readonly texts: readonly string[];
  readonly traceIds: readonly string[];
  /** Each a list of texts. */
  readonly tagSets: readonly (readonly number[])[];
  /** The first row of each block of contents. */
  readonly blocks: readonly number[];
  readonly rows: Columns;
}

export interface Columns {
  /** Numbers into `traceIds`. */
  readonly trace: readonly number[];
  /** The parent's row; -1 for none, and for one that is not here. */
  readonly parent: readonly number[];
  /** Milliseconds since `epoch`. */
  readonly start: readonly number[];
  /** Milliseconds; null while it was open. */
  readonly duration: readonly (number | null)[];
  readonly firstChunk: readonly (number | null)[];
  readonly promptTokens: readonly (number | null)[];
  readonly completionTokens: readonly (number | null)[];
  readonly usd: readonly (number | null)[];
  /** 1 where the span owns a model call. */
  readonly call: readonly number[];
  readonly name: readonly number[];
  readonly kind: readonly number[];
  readonly model: readonly number[];
  /** The agent itself. */
  readonly agent: readonly number[];
  /** The agent that a model call is made for. */
  readonly callingAgent: readonly number[];
  readonly session: readonly number[];
  readonly user: readonly number[];
  readonly prompt: readonly number[];
  readonly error: readonly number[];
  readonly unpriced: readonly number[];
  /** Numbers into `tagSets`; -1 for none. */
  readonly tags: readonly number[];
}

export interface LeftOut {
  /** Older spans, beyond the limit. */
  readonly spans: number;
  /** What they cost, where one said. */
  readonly usd: number;
  /** Whether the contents of all spans are left out, as asked. */
  readonly allContents: boolean;
  /** Spans whose contents are left out, for there is too much of them. */
  readonly contents: number;
}

/** What one span says: inputs, outputs, messages, everything. */
export interface SpanContent {
  readonly spanId: string;
  /** In the order of the span. Values are cut. */
  readonly attributes: Readonly<Record<string, ContentValue>>;
  readonly statusMessage?: string;
  readonly events?: readonly ContentEvent[];
  readonly links?: readonly ContentLink[];
  /** Attributes that are left out, for there are too many or they are too long. */
  readonly omitted?: number;
}

export type ContentValue = string | number | boolean | null | readonly ContentValue[];

export interface ContentEvent {
  readonly name: string;
  /** Milliseconds since the span's start. */
  readonly at: number;
  readonly attributes: Readonly<Record<string, ContentValue>>;
}

export interface ContentLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Readonly<Record<string, ContentValue>>;
}
