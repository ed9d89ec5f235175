import { isSpanContextValid, trace, type Attributes } from '@opentelemetry/api';
import type { Sampler, SamplingResult } from '@opentelemetry/sdk-trace';
import { AGENT_NAME, LLM_MODEL_NAME, SPAN_KIND } from '../conventions/openinference.js';
import { checkOptions } from '../options.js';
import { loadSdk } from './sdk.js';

/** Which traces are recorded. */
export interface SamplingOptions {
  /** The share of traces that no rule is about, from 0 to 1. Default 1. */
  readonly ratio?: number | undefined;
  /** The first one that fits a span decides. */
  readonly rules?: readonly SamplingRule[] | undefined;
}

/**
 * What a rule names must all fit; a text must be the whole value. A rule that fits the first span of a trace decides for the
 * trace; one that fits a span below can only leave out that span and what is below it, in traces that are recorded.
 */
export interface SamplingRule {
  /** The OpenInference kind, in any case: `EMBEDDING`. */
  readonly kind?: string | undefined;
  /** The agent's name. */
  readonly agent?: string | RegExp | undefined;
  /** The model that the options name. */
  readonly model?: string | RegExp | undefined;
  /** The span's name. */
  readonly name?: string | RegExp | undefined;
  /** The share that is recorded, from 0 to 1. */
  readonly ratio: number;
}

const RULE_KEYS = ['kind', 'agent', 'model', 'name', 'ratio'];

/** A sampler for the options: parent-based, and by the trace's id, so that services with the same share agree. Throws for a ratio that is none. */
export function ruleSampler(options: number | SamplingOptions): Sampler {
  const { ratio = 1, rules = [] } = typeof options === 'number' ? { ratio: options } : options;
  if (typeof options !== 'number') checkOptions('startTracing({ sampling })', options, ['ratio', 'rules']);
  checkRatio('sampling', ratio);
  for (const [index, rule] of rules.entries()) {
    checkOptions(`startTracing({ sampling: { rules[${index}] } })`, rule, RULE_KEYS);
    checkRatio(`sampling: { rules[${index}]`, rule.ratio);
  }
  return new RuleSampler(ratio, rules);
}

function checkRatio(where: string, ratio: unknown): void {
  if (typeof ratio === 'number' && ratio >= 0 && ratio <= 1) return;
  throw new TypeError(`startTracing({ ${where} }): expected a ratio from 0 to 1, got ${String(ratio)}.`);
}

class RuleSampler implements Sampler {
  readonly #ratio: number;
  readonly #rules: readonly (readonly [SamplingRule, Sampler])[];
  readonly #others: Sampler;

  constructor(ratio: number, rules: readonly SamplingRule[]) {
    const { TraceIdRatioBasedSampler } = loadSdk().trace;
    this.#ratio = ratio;
    this.#others = new TraceIdRatioBasedSampler(ratio);
    this.#rules = rules.map((rule) => [rule, new TraceIdRatioBasedSampler(rule.ratio)]);
  }

  shouldSample(...call: Parameters<Sampler['shouldSample']>): SamplingResult {
    const [context, , name, , attributes] = call;
    const { SamplingDecision } = loadSdk().trace;
    const parent = trace.getSpanContext(context);
    const below = parent !== undefined && isSpanContextValid(parent);
    if (below && !(parent.traceFlags & 1)) return { decision: SamplingDecision.NOT_RECORD };
    const rule = this.#rules.find(([one]) => fits(one, name, attributes))?.[1];
    if (below && rule === undefined) return { decision: SamplingDecision.RECORD_AND_SAMPLED };
    return (rule ?? this.#others).shouldSample(...call);
  }

  toString(): string {
    return `SpandrelSampler{${this.#ratio}, ${this.#rules.length} rules}`;
  }
}

const fits = ({ kind, agent, model, name }: SamplingRule, spanName: string, attributes: Attributes) =>
  is(kind?.toUpperCase(), attributes[SPAN_KIND]) &&
  is(agent, attributes[AGENT_NAME]) &&
  is(model, attributes[LLM_MODEL_NAME]) &&
  is(name, spanName);

function is(wanted: string | RegExp | undefined, value: unknown): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === 'string') return wanted === value;
  return typeof value === 'string' && value.search(wanted) !== -1; // search() keeps no position in a sticky or global one
}
