import type { Attributes } from '@opentelemetry/api';
import { COST_AGENT_NAME, COST_MODEL_NAME } from '../conventions/cost.js';
import { AGENT_NAME, SESSION_ID, TAGS, USER_ID } from '../conventions/openinference.js';
import { ownsModelCall } from '../tree/model-call.js';
import { promptLabel } from '../tree/prompt-label.js';
import { spanFacts } from '../tree/span-facts.js';
import type { TreeSpan } from '../tree/tree-span.js';
import type { Columns, LeftOut, ReportFacts } from './report-data.js';
import { TextIndex } from './text-index.js';

type Growing<T> = { [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : never };

const MAX_TAGS = 50;

/** The rows of the report, one a span, in the order they are added. */
export class FactColumns {
  readonly #texts = new TextIndex();
  readonly #traces = new Map<string, number>();
  readonly #tagSets = new Map<string, number>();
  readonly #rowOf = new Map<string, number>();
  readonly #parentOf: (string | undefined)[] = [];
  readonly #epoch: number;
  readonly #rows: Growing<Columns> = {
    ...{ trace: [], parent: [], start: [], duration: [], firstChunk: [], promptTokens: [], completionTokens: [] },
    ...{ usd: [], call: [], name: [], kind: [], model: [], agent: [], callingAgent: [], session: [], user: [] },
    ...{ prompt: [], error: [], unpriced: [], tags: [] },
  };

  /** `epoch`: milliseconds, what the rows' times count from. */
  constructor(epoch: number) {
    this.#epoch = epoch;
  }

  get count(): number {
    return this.#parentOf.length;
  }

  get traceCount(): number {
    return this.#traces.size;
  }

  /** Of a span that comes twice, as after a repeated export, the first counts: its dollars were spent once. */
  add(span: TreeSpan): boolean {
    const id = `${span.traceId}/${span.spanId}`;
    if (this.#rowOf.has(id)) return false;
    this.#rowOf.set(id, this.count);
    this.#parentOf.push(span.parentSpanId && `${span.traceId}/${span.parentSpanId}`);
    const { attributes } = span;
    const facts = spanFacts(span);
    const isCall = ownsModelCall(span, facts);
    const rows = this.#rows;
    rows.trace.push(numberIn(this.#traces, span.traceId));
    rows.start.push(micros(Number(span.startNs) / 1e6 - this.#epoch));
    rows.duration.push(facts.durationMs === undefined ? null : micros(facts.durationMs));
    rows.firstChunk.push(facts.timeToFirstChunkMs === undefined ? null : micros(facts.timeToFirstChunkMs));
    rows.promptTokens.push(facts.promptTokens ?? null);
    rows.completionTokens.push(facts.completionTokens ?? null);
    rows.usd.push(facts.totalUsd === undefined ? null : Number(facts.totalUsd.toPrecision(12)));
    rows.call.push(isCall ? 1 : 0);
    rows.name.push(this.#texts.of(span.name));
    rows.kind.push(this.#texts.of(facts.kind));
    rows.model.push(this.#texts.of((isCall ? attributes[COST_MODEL_NAME] : undefined) ?? facts.model));
    rows.agent.push(this.#texts.of(attributes[AGENT_NAME]));
    rows.callingAgent.push(this.#texts.of(attributes[COST_AGENT_NAME]));
    rows.session.push(this.#texts.of(attributes[SESSION_ID]));
    rows.user.push(this.#texts.of(attributes[USER_ID]));
    rows.prompt.push(this.#texts.of(promptLabel(attributes, 120)));
    rows.error.push(this.#texts.of(facts.error));
    rows.unpriced.push(this.#texts.of(facts.unpricedModel));
    rows.tags.push(this.#tagSetOf(attributes));
    return true;
  }

  /** To be asked when all spans are there: parents may come after their children, and mostly do. */
  facts(title: string, madeAt: number, blocks: readonly number[], leftOut: LeftOut): ReportFacts {
    const parent = this.#parentOf.map((id) => (id === undefined ? -1 : (this.#rowOf.get(id) ?? -1)));
    return {
      ...{ title, madeAt, epoch: this.#epoch, leftOut, texts: this.#texts.texts, blocks },
      traceIds: [...this.#traces.keys()],
      tagSets: [...this.#tagSets.keys()].map((json) => JSON.parse(json) as number[]),
      rows: { ...this.#rows, parent },
    };
  }

  #tagSetOf({ [TAGS]: tags }: Attributes): number {
    if (!Array.isArray(tags) || tags.length === 0) return -1;
    const numbers = tags.slice(0, MAX_TAGS).map((tag) => this.#texts.of(tag));
    return numberIn(this.#tagSets, JSON.stringify(numbers));
  }
}

function numberIn(map: Map<string, number>, key: string): number {
  const number = map.get(key) ?? map.size;
  map.set(key, number);
  return number;
}

const micros = (ms: number) => Math.round(ms * 1e3) / 1e3;
