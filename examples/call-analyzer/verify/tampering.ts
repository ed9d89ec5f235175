import { numberAt } from './model-call.js';
import { TraceRun, type RunSpan } from './trace-run.js';

/** A mistake that a tracing library could make, planted in a copy of the run. A verification that misses it proves nothing. */
export interface Tampering {
  readonly what: string;
  plant(run: TraceRun): TraceRun;
}

type Changes = (attributes: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** Changes the first span that fits. */
function change(fits: (span: RunSpan, run: TraceRun) => boolean, changes: Changes): Tampering['plant'] {
  return (run) => {
    const target = run.spans.find((span) => fits(span, run));
    return new TraceRun(
      run.spans.map((span) =>
        span === target ? { ...span, attributes: { ...span.attributes, ...changes(span.attributes) } } : span,
      ),
    );
  };
}

const times =
  (name: string, factor: number): Changes =>
  (attributes) => ({ [name]: Number(attributes[name]) * factor });
const plus =
  (name: string, more: number): Changes =>
  (attributes) => ({ [name]: Number(attributes[name]) + more });
const without =
  (...names: string[]): Changes =>
  () =>
    Object.fromEntries(names.map((name) => [name, undefined]));

const isPriced = (span: RunSpan): boolean => numberAt(span, 'llm.cost.total') !== undefined;
const isUnpriced = ({ attributes }: RunSpan): boolean => attributes['cost.unpriced_model'] !== undefined;
const isCached = (span: RunSpan): boolean => numberAt(span, 'llm.token_count.prompt_details.cache_read', 0) > 0;
const isHttp = (span: RunSpan): boolean =>
  numberAt(span, 'http.response.status_code') === 200 && numberAt(span, 'llm.token_count.prompt') === undefined;

export const TAMPERINGS: readonly Tampering[] = [
  { what: 'a total that is 0.1 % too high', plant: change(isPriced, times('cost.total_usd', 1.001)) },
  { what: 'an input cost that is a cent too high', plant: change(isPriced, plus('cost.input_cost_usd', 0.01)) },
  { what: 'llm.cost.completion missing', plant: change(isPriced, without('llm.cost.completion')) },
  { what: 'one prompt token too many', plant: change(isPriced, plus('llm.token_count.prompt', 1)) },
  {
    what: 'one prompt token too many, under both names',
    plant: change(isUnpriced, (a) => ({
      ...plus('llm.token_count.prompt', 1)(a),
      ...plus('cost.prompt_tokens', 1)(a),
      ...plus('cost.total_tokens', 1)(a),
      ...plus('llm.token_count.total', 1)(a),
    })),
  },
  {
    what: 'cached tokens priced as fresh ones',
    plant: change(isCached, without('llm.token_count.prompt_details.cache_read')),
  },
  {
    what: 'a model that costs $0 instead of nothing',
    plant: change(isUnpriced, () => ({ 'cost.total_usd': 0, 'llm.cost.total': 0 })),
  },
  {
    what: 'a call without tokens and cost',
    plant: change(isPriced, (a) =>
      without(...Object.keys(a).filter((name) => /^(cost|llm\.cost|llm\.token_count)\./.test(name)))(a),
    ),
  },
  { what: 'a response counted by two spans', plant: countTwice },
  { what: 'a call billed to another model', plant: change(isPriced, () => ({ 'llm.model_name': 'gpt-4o' })) },
  {
    what: 'a roll-up with a call too many',
    plant: change((span) => numberAt(span, 'cost.rollup.llm_calls') !== undefined, plus('cost.rollup.llm_calls', 1)),
  },
  { what: 'an HTTP span without a session', plant: change(isHttp, without('session.id')) },
  { what: 'a span without tags', plant: change(isHttp, () => ({ 'tag.tags': [] })) },
  { what: 'a model call without a prompt version', plant: change(isPriced, without('llm.prompt_template.version')) },
  {
    what: 'no span for a request',
    plant: (run) => new TraceRun(run.spans.filter((span) => span !== run.spans.find(isHttp))),
  },
];

/** Writes a client's tokens and cost on the span above it too. */
function countTwice(run: TraceRun): TraceRun {
  const call = run.modelCalls.find((one) => one.scope !== 'spandrel') ?? run.modelCalls[0];
  const [parent] = call ? run.above(call) : [];
  return new TraceRun(
    run.spans.map((span) => {
      if (span !== parent || call === undefined) return span;
      const counted = Object.entries(call.attributes).filter(([name]) =>
        /^(cost|llm\.cost|llm\.token_count|llm\.model_name)\b/.test(name),
      );
      return { ...span, attributes: { ...span.attributes, ...Object.fromEntries(counted) } };
    }),
  );
}
