import { readFileSync } from 'node:fs';

/** A span as the checks see it. */
export interface RunSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** The library that made it. */
  readonly scope: string;
  readonly failed: boolean;
  readonly endedAt: Date;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The spans of one run, and how they hang together. */
export class TraceRun {
  readonly #byId: ReadonlyMap<string, RunSpan>;

  constructor(readonly spans: readonly RunSpan[]) {
    this.#byId = new Map(spans.map((span) => [span.spanId, span]));
  }

  /** A span's parent, its parent's parent and so on. */
  *above(span: RunSpan): Generator<RunSpan> {
    for (let at = this.#parentOf(span); at !== undefined; at = this.#parentOf(at)) yield at;
  }

  below(span: RunSpan): readonly RunSpan[] {
    return this.spans.filter((other) => [...this.above(other)].includes(span));
  }

  childrenOf(span: RunSpan): readonly RunSpan[] {
    return this.spans.filter(({ parentSpanId }) => parentSpanId === span.spanId);
  }

  /** Spans that carry the tokens or the dollars of a model call. There is one a response. */
  get modelCalls(): readonly RunSpan[] {
    return this.spans.filter(({ attributes }) => CALL_ATTRIBUTES.some((name) => attributes[name] !== undefined));
  }

  #parentOf({ parentSpanId }: RunSpan): RunSpan | undefined {
    return parentSpanId === undefined ? undefined : this.#byId.get(parentSpanId);
  }
}

const CALL_ATTRIBUTES = [
  'llm.token_count.prompt',
  'llm.token_count.completion',
  'llm.cost.total',
  'cost.total_usd',
  'cost.unpriced_model',
];

/** Reads the spans of one run from a trace file: OTLP/JSON, one `resourceSpans` object a line. */
export function readRun(traceFile: string, runId: string): TraceRun {
  const lines = readFileSync(traceFile, 'utf8').split('\n').filter(Boolean);
  const spans = lines
    .flatMap((line) => (JSON.parse(line) as OtlpTraces).resourceSpans)
    .filter(({ resource }) => plain(resource.attributes)['service.instance.id'] === runId)
    .flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ scope, spans: ofScope }) => ofScope.map((span) => readSpan(span, scope.name))),
    );
  return new TraceRun(spans);
}

interface OtlpTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpKeyValue[] };
    readonly scopeSpans: readonly { readonly scope: { readonly name: string }; readonly spans: readonly OtlpSpan[] }[];
  }[];
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpKeyValue[];
  readonly status?: { readonly code?: number };
}

interface OtlpKeyValue {
  readonly key: string;
  readonly value: OtlpValue;
}

interface OtlpValue {
  readonly stringValue?: string;
  readonly intValue?: string | number;
  readonly doubleValue?: number | string;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values?: readonly OtlpValue[] };
}

const ERROR = 2; // StatusCode of opentelemetry/proto/trace/v1/trace.proto

function readSpan(
  { traceId, spanId, parentSpanId, name, endTimeUnixNano, attributes, status }: OtlpSpan,
  scope: string,
): RunSpan {
  return {
    traceId,
    spanId,
    parentSpanId,
    name,
    scope,
    failed: status?.code === ERROR,
    endedAt: new Date(Number(BigInt(endTimeUnixNano) / 1_000_000n)),
    attributes: plain(attributes),
  };
}

function plain(attributes: readonly OtlpKeyValue[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue({ stringValue, intValue, doubleValue, boolValue, arrayValue }: OtlpValue): unknown {
  if (intValue !== undefined || doubleValue !== undefined) return Number(intValue ?? doubleValue);
  return arrayValue === undefined ? (stringValue ?? boolValue) : (arrayValue.values ?? []).map(plainValue);
}
