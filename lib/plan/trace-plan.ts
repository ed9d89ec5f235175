import type { Attributes, Context } from '@opentelemetry/api';
import { userAttributes } from '../attributes/user-attributes.js';
import { captureText } from '../capture/capture-value.js';
import { parameterNames, type ParameterNames } from '../capture/parameter-names.js';
import { redactAttribute } from '../capture/redact-attribute.js';
import type { Redaction } from '../capture/redaction.js';
import { redactionOf } from '../context/redaction-of.js';
import { AGENT_NAME, LLM_MODEL_NAME, LLM_PROVIDER, SPAN_KIND } from '../conventions/openinference.js';
import { REDACTED } from '../conventions/redacted.js';
import { reportOnce, safely } from '../safely.js';
import { settings } from '../settings.js';
import type { AnyFn, Call, Site } from '../span/call.js';
import type { Aggregate, SpanPlan } from '../span/plan.js';
import { agentAttributes } from './agent-attributes.js';
import { genAiTranslation } from './gen-ai-translation.js';
import { inputAttributes, outputAggregate, outputAttributes } from './input-output.js';
import { isModelKind, modelCallObserver } from './model-call.js';
import { modelSelector, textOrNone, type ModelSelector } from './model-name.js';
import { rememberTurn } from './previous-turn.js';
import { isTurn, linksOf } from './span-links.js';
import { renderingOf } from './rendering.js';
import { refusal } from './refusal.js';
import { ask, select } from './select.js';
import type { TraceSettings } from './trace-settings.js';

/** What a plan is made for: where the calls happen, and what stands out about them. */
export interface TraceTarget {
  readonly site: Site;
  /** Gives the user's own function: its parameters' names are read from it, at the first call. */
  readonly original: () => AnyFn;
  /** Whether an agent's name was given to the whole class: its methods' spans then carry the method's name too. */
  readonly agentOnClass: boolean;
  /** What is recorded instead of the arguments: `inputData` of `traceAgentExecution`. */
  readonly input?: ((call: Call) => unknown) | undefined;
  /** What is recorded instead of the result, and of the chunks. */
  readonly output?: ((value: unknown) => unknown) | undefined;
}

/** Makes the span's plan from the merged settings of the decorators on one method. */
export function tracePlan(target: TraceTarget, trace: TraceSettings): SpanPlan {
  const kind = (trace.spanKind ?? 'CHAIN').toUpperCase();
  const isAgent = kind === 'AGENT';
  const redactionIn = redactionFor(trace);
  const parameters = lazily(() => {
    const known = trace.parameters ? { names: trace.parameters, rest: false } : parameterNames(target.original());
    if (known && Array.isArray(trace.captureArgs)) reportUnknown(trace.captureArgs, known, target.site.methodName);
    return known;
  });
  const model = modelSelector(trace, parameters);
  const translation = lazily(() =>
    genAiTranslation(kind === 'TOOL' ? (trace.toolName ?? target.site.methodName) : undefined),
  );
  const rendering = renderingOf(target.site, trace, parameters);

  return {
    name: spanName(target, trace, isAgent),
    isNamed: trace.spanName !== undefined,
    translation: () => (settings.conventions === 'gen_ai' ? translation() : undefined),
    start: {
      [SPAN_KIND]: kind,
      ...(isAgent && typeof trace.agentName === 'string' && { [AGENT_NAME]: trace.agentName }),
      ...(typeof trace.modelName === 'string' && { [LLM_MODEL_NAME]: trace.modelName }),
    },
    startOf: startSelector(trace, isAgent, model),
    links: trace.links && ((call, active) => linksOf(trace.links, call, active)),
    begin: (call, run) => {
      const redaction = redactionIn(run.context);
      if (trace.links && isTurn(call)) rememberTurn(run.context, run.span.spanContext());
      const attributes = inputAttributes(target.input, trace, parameters, call, run, redaction);
      if (isAgent) Object.assign(attributes, agentAttributes(trace, call, run, redaction));
      if (kind === 'LLM' && trace.provider !== undefined) attributes[LLM_PROVIDER] = trace.provider;
      if (rendering) Object.assign(attributes, safely(RENDERING_FAILED, rendering.begin, call, run, redaction));
      if (trace.attributes)
        Object.assign(attributes, fit('attributes', select('attributes', trace.attributes, call), redaction));
      return attributes;
    },
    end: (value, call, run) => {
      const redaction = redactionIn(run.context);
      const { resultAttributes } = trace;
      if (rendering) safely(RENDERING_FAILED, rendering.end, value, call, run, redaction);
      const attributes = outputAttributes(trace, target.output ? target.output(value) : value, run, redaction);
      if (resultAttributes && call)
        Object.assign(
          attributes,
          fit('resultAttributes', ask('resultAttributes', resultAttributes, value as never, call), redaction),
        );
      return attributes;
    },
    keepsCall: [trace.resultAttributes, trace.usage, trace.outputMessages, trace.documents].some(isGiven),
    aggregate: (run) => {
      if (target.output) return undefined;
      const redaction = redactionIn(run.context);
      const output = outputAggregate(trace, run, redaction);
      return output && rendering?.chunks ? both(output, rendering.chunks(run, redaction)) : output;
    },
    redact: (text, active) =>
      settings.hidden.exceptions ? REDACTED : captureText(text, settings.limits.characters, redactionIn(active)).text,
    redactAttribute: (name, value, active) => redactAttribute(name, value, redactionIn(active), settings.hidden),
    instead: (trace.spends ?? isModelKind(kind)) ? (run, active) => refusal(run, active, target.original()) : undefined,
    observer: modelCallObserver(kind, trace),
  };
}

const RENDERING_FAILED = 'messages, tools or documents could not be recorded';
const isGiven = (option: unknown): boolean => option !== undefined;

/** Gathers chunks twice: as the output, and as what a backend shows beside it. */
function both(output: Aggregate, beside: Aggregate): Aggregate {
  return {
    add: (chunk) => {
      output.add(chunk);
      safely(RENDERING_FAILED, () => beside.add(chunk));
    },
    attributes: () => ({ ...safely(RENDERING_FAILED, () => beside.attributes()), ...output.attributes() }),
  };
}

/** Says which of the arguments to record there are none of: a misspelt name would lose them in silence. */
function reportUnknown(wanted: readonly string[], { names }: ParameterNames, method: string): void {
  const there = names.map((name, i) => name ?? `arg${i}`);
  for (const name of wanted)
    if (!there.includes(name))
      reportOnce(`captureArgs: ${method} has no parameter "${name}", only ${there.join(', ') || 'none'}`);
}

/** What the user's attributes are recorded as; none where they cannot be read. */
const fit = (option: string, given: unknown, redaction: Redaction): Attributes | undefined =>
  safely(`the ${option} could not be read`, userAttributes, given, settings.limits, redaction, settings.hidden);

/** The redaction of a plan in a context: the context's, and the plan's own rules over it. */
function redactionFor({ redact }: TraceSettings): (active: Context) => Redaction {
  if (redact === undefined) return redactionOf;
  let base: Redaction | undefined;
  let own: Redaction | undefined;
  return (active) => {
    const current = redactionOf(active);
    if (own === undefined || base !== current) [base, own] = [current, current.with(redact)];
    return own;
  };
}

function spanName({ site, agentOnClass }: TraceTarget, trace: TraceSettings, isAgent: boolean): SpanPlan['name'] {
  const { spanName: named } = trace;
  if (typeof named === 'string') return () => named;
  const standard = (call: Call, start: Attributes): string => {
    const agent = isAgent ? start[AGENT_NAME] : undefined;
    if (typeof agent === 'string') return agentOnClass ? `agent.${agent}.${site.methodName}` : `agent.${agent}`;
    const { className } = call;
    return className === undefined ? site.methodName : `${className}.${site.methodName}`;
  };
  if (named === undefined) return standard;
  return (call, start) => {
    const name = textOrNone(select('spanName', named, call));
    return name === undefined ? standard(call, start) : settings.redaction.text(name);
  };
}

function startSelector(
  { agentName }: TraceSettings,
  isAgent: boolean,
  model: ModelSelector | undefined,
): SpanPlan['startOf'] {
  const agent = isAgent && typeof agentName === 'function' ? agentName : undefined;
  if (!agent && !model) return undefined;
  return (call) => {
    const name = agent && textOrNone(select('agentName', agent, call));
    const modelName = model?.(call);
    return {
      ...(name !== undefined && { [AGENT_NAME]: name }),
      ...(modelName !== undefined && { [LLM_MODEL_NAME]: modelName }),
    };
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
