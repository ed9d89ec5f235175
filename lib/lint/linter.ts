import { GRAPH_NODE_ID, GRAPH_NODE_PARENT_ID, SESSION_ID } from '../conventions/openinference.js';
import type { Finding, LintSpan } from './lint-span.js';
import { OPENINFERENCE, OPENTELEMETRY } from './rule.js';
import { RULES } from './rules.js';

/** A span, without its attributes, which may be large. */
type Where = Pick<LintSpan, 'traceId' | 'spanId' | 'name'>;

/** Of a file of any size the last traces are remembered. */
const MAX_TRACES = 10_000;

/** What is remembered of a trace, for the rules that look at several spans. */
interface Trace {
  readonly ids: Set<string>;
  readonly nodes: Set<unknown>;
  readonly sessions: Set<unknown>;
  readonly parents: (readonly [Where, unknown])[];
}

/** Holds spans against the conventions, one by one: a file of any number of them is looked at without keeping them. */
export class Linter {
  readonly #traces = new Map<string, Trace>();
  readonly #found: (finding: Finding) => void;

  constructor(found: (finding: Finding) => void) {
    this.#found = found;
  }

  add(span: LintSpan): void {
    for (const { name, source, check } of RULES)
      check(span, (says, attribute) => this.#report(span, name, source, says, attribute));
    this.#remember(span);
  }

  /** After the last span: what only a whole trace shows. */
  end(): void {
    for (const trace of this.#traces.values()) this.#endTrace(trace);
    this.#traces.clear();
  }

  #endTrace({ nodes, parents }: Trace): void {
    for (const [where, parent] of parents)
      if (!nodes.has(parent))
        this.#report(
          where,
          'graph',
          OPENINFERENCE,
          `no node of its trace has the id "${String(parent)}"`,
          GRAPH_NODE_PARENT_ID,
        );
  }

  #remember(span: LintSpan): void {
    const { traceId, spanId, attributes } = span;
    const trace = this.#traceOf(traceId);
    if (trace.ids.has(spanId)) this.#report(span, 'span', OPENTELEMETRY, 'another span of its trace has the same id');
    trace.ids.add(spanId);
    const { [SESSION_ID]: session, [GRAPH_NODE_ID]: node, [GRAPH_NODE_PARENT_ID]: parent } = attributes;
    if (session !== undefined && trace.sessions.size === 1 && !trace.sessions.has(session))
      this.#report(
        span,
        'session',
        'Phoenix keeps one session a trace',
        `its trace has another session too`,
        SESSION_ID,
      );
    if (session !== undefined) trace.sessions.add(session);
    if (node !== undefined) trace.nodes.add(node);
    if (parent !== undefined && parent !== '' && parent !== node && node !== undefined)
      trace.parents.push([{ traceId, spanId, name: span.name }, parent]);
  }

  #traceOf(id: string): Trace {
    const known = this.#traces.get(id);
    if (known !== undefined) return known;
    const [oldest] = this.#traces;
    if (oldest !== undefined && this.#traces.size >= MAX_TRACES) {
      this.#endTrace(oldest[1]);
      this.#traces.delete(oldest[0]);
    }
    const trace: Trace = { ids: new Set(), nodes: new Set(), sessions: new Set(), parents: [] };
    this.#traces.set(id, trace);
    return trace;
  }

  #report(span: Where, rule: string, source: string, says: string, attribute?: string): void {
    const { name, spanId, traceId } = span;
    this.#found({ rule, span: name, spanId, traceId, attribute, says, source });
  }
}
