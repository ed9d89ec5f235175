import { isSpanContextValid, type Attributes, type Context, type Link, type Span } from '@opentelemetry/api';
import { toLink } from '../attributes/link-attributes.js';
import { userAttributes } from '../attributes/user-attributes.js';
import { captureArguments } from '../capture/capture-arguments.js';
import { captureText, captureValue, type Captured } from '../capture/capture-value.js';
import { ChunkAggregate } from '../capture/chunk-aggregate.js';
import { parameterNames, type ParameterNames } from '../capture/parameter-names.js';
import { redactAttribute } from '../capture/redact-attribute.js';
import type { Redaction } from '../capture/redaction.js';
import { redactionOf } from '../context/redaction-of.js';
import { AGENT_ROLE, AGENT_TASK_DESCRIPTION } from '../conventions/agent.js';
import { COST_MODEL_NAME } from '../conventions/cost.js';
import {
  AGENT_NAME,
  GRAPH_NODE_ID,
  GRAPH_NODE_NAME,
  GRAPH_NODE_PARENT_ID,
  INPUT_MIME_TYPE,
  INPUT_VALUE,
  LLM_MODEL_NAME,
  OUTPUT_MIME_TYPE,
  OUTPUT_VALUE,
  SPAN_KIND,
} from '../conventions/openinference.js';
import { REDACTED } from '../conventions/redacted.js';
import { TRUNCATED } from '../conventions/spandrel.js';
import { reportOnce, safely } from '../safely.js';
import { settings } from '../settings.js';
import type { AnyFn, Call, Site } from '../span/call.js';
import type { SpanPlan } from '../span/plan.js';
import type { SpanRun } from '../span/span-run.js';
import { attributeOf } from '../span/untouched.js';
import { agentAbove } from './agent-above.js';
import { modelCallObserver } from './model-call.js';
import { ask, select } from './select.js';
import type { TraceSettings } from './trace-options.js';

/** What a plan is made for: where the calls happen, and what stands out about them. */
export interface TraceTarget {
  readonly site: Site;
  /** Gives the user's own function: its parameters' names are read from it, at the first call. */
  readonly original: () => AnyFn;
  /** Whether an agent's name was given to the whole class: its methods' spans then carry the method's name too. */
  readonly agentOnClass: boolean;
  /** What is recorded instead of the arguments, as given: `inputData` of `traceAgentExecution`. */
  readonly input?: { readonly value: unknown } | undefined;
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

  return {
    name: spanName(target, trace, isAgent),
    start: {
      [SPAN_KIND]: kind,
      ...(isAgent && typeof trace.agentName === 'string' && { [AGENT_NAME]: trace.agentName }),
      ...(typeof trace.modelName === 'string' && { [LLM_MODEL_NAME]: trace.modelName }),
    },
    startOf: startSelector(trace, isAgent, model),
    links: trace.links && ((call) => linksOf(trace.links, call)),
    begin: (call, run) => {
      const redaction = redactionIn(run.context);
      return {
        ...inputAttributes(target, trace, parameters, call, redaction, run.span),
        ...(isAgent && agentAttributes(trace, call, run, redaction)),
        ...(trace.attributes && fit('attributes', select('attributes', trace.attributes, call), redaction)),
      };
    },
    end: (value, call, run) => {
      const redaction = redactionIn(run.context);
      const { resultAttributes } = trace;
      return {
        ...outputAttributes(trace, value, redaction, run.span),
        ...(resultAttributes &&
          call &&
          fit('resultAttributes', ask('resultAttributes', resultAttributes, value as never, call), redaction)),
      };
    },
    keepsCall: trace.resultAttributes !== undefined || trace.usage !== undefined,
    aggregate: (run) => {
      if (!capturesResult(trace)) return undefined;
      if (settings.hidden.outputs) return { add: () => {}, attributes: () => ({ [OUTPUT_VALUE]: REDACTED }) };
      const chunks = new ChunkAggregate(settings.limits, redactionIn(run.context));
      return { add: (chunk) => chunks.add(chunk), attributes: () => outputOf(chunks.captured(), run.span) };
    },
    redact: (text, active) => captureText(text, settings.limits.characters, redactionIn(active)).text,
    redactAttribute: (name, value, active) => redactAttribute(name, value, redactionIn(active), settings.hidden),
    observer: modelCallObserver(kind, trace),
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
  safely(`the ${option} could not be read`, userAttributes, given, settings.limits, redaction);

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
  return (call, start) => textOrNone(select('spanName', named, call)) ?? standard(call, start);
}

type ModelSelector = (call: Call) => string | undefined;

function modelSelector(
  { modelName, modelNameAttr }: TraceSettings,
  parameters: () => ParameterNames | undefined,
): ModelSelector | undefined {
  if (typeof modelName === 'function') return (call) => textOrNone(select('modelName', modelName, call));
  if (modelName !== undefined || modelNameAttr === undefined) return undefined;
  return ({ args }) => {
    const at = parameters()?.names.indexOf(modelNameAttr) ?? -1;
    if (at >= 0) return textOrNone((args as readonly unknown[])[at]);
    for (const argument of args as readonly unknown[]) {
      const found = typeof argument === 'object' && argument !== null ? ownValue(argument, modelNameAttr) : undefined;
      if (found !== undefined) return textOrNone(found);
    }
    if (parameters() !== undefined && args.every((argument) => typeof argument !== 'object'))
      reportOnce(`modelNameAttr: no parameter and no property of an argument is called "${modelNameAttr}"`);
    return undefined;
  };
}

const textOrNone = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** A data property, own or inherited (a getter is not run). */
function ownValue(object: object, key: string): unknown {
  for (let at: object | null = object; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(at, key);
    if (descriptor) return descriptor.value;
  }
  return undefined;
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

function linksOf(links: TraceSettings['links'], call: Call): Link[] {
  const targets: unknown = select('links', links, call);
  if (!Array.isArray(targets)) return [];
  return targets.flatMap((target) => {
    const link = safely('a link could not be read', toLink, target);
    return link && isSpanContextValid(link.context) ? [link] : [];
  });
}

function inputAttributes(
  { input }: TraceTarget,
  trace: TraceSettings,
  parameters: () => ParameterNames | undefined,
  call: Call,
  redaction: Redaction,
  span: Span,
): Attributes {
  const capture = trace.captureArgs ?? settings.captureArgs;
  if (capture === false) return {};
  if (settings.hidden.inputs) return { [INPUT_VALUE]: REDACTED };
  const captured = input
    ? input.value === undefined ? undefined : captureValue(input.value, settings.limits, redaction)
    : captureArguments(call.args, parameters(), capture, settings.limits, redaction); // prettier-ignore
  if (captured === undefined) return {};
  if (captured.truncated) markTruncated(span, INPUT_VALUE);
  return { [INPUT_VALUE]: captured.text, [INPUT_MIME_TYPE]: captured.mimeType };
}

const capturesResult = (trace: TraceSettings): boolean => trace.captureResult ?? settings.captureResult;

function outputAttributes(trace: TraceSettings, value: unknown, redaction: Redaction, span: Span): Attributes {
  if (value === undefined || !capturesResult(trace)) return {};
  if (settings.hidden.outputs) return { [OUTPUT_VALUE]: REDACTED };
  return outputOf(captureValue(value, settings.limits, redaction), span);
}

function outputOf(captured: Captured, span: Span): Attributes {
  // an output that the user set by hand stands, and its mime type is theirs to say
  if (attributeOf(span, OUTPUT_VALUE) !== undefined) return {};
  if (captured.truncated) markTruncated(span, OUTPUT_VALUE);
  return { [OUTPUT_VALUE]: captured.text, [OUTPUT_MIME_TYPE]: captured.mimeType };
}

function markTruncated(span: Span, name: string): void {
  const before = attributeOf(span, TRUNCATED);
  span.setAttribute(TRUNCATED, Array.isArray(before) ? [...(before as string[]), name] : [name]);
}

/** Role, task and model of an agent, and its place in the trace's graph of agents, which Arize draws. */
function agentAttributes(trace: TraceSettings, call: Call, run: SpanRun, redaction: Redaction): Attributes {
  const attributes: Attributes = {};
  const name = run.start[AGENT_NAME];
  if (name !== undefined) {
    attributes[GRAPH_NODE_ID] = name;
    attributes[GRAPH_NODE_NAME] = name;
    const parent = agentAbove(run);
    if (parent !== undefined) attributes[GRAPH_NODE_PARENT_ID] = parent;
  }
  const text = (key: string, value: string | undefined): void => {
    if (typeof value === 'string') attributes[key] = captureText(value, settings.limits.characters, redaction).text;
  };
  text(AGENT_ROLE, select('agentRole', trace.agentRole, call));
  text(AGENT_TASK_DESCRIPTION, select('taskDescription', trace.taskDescription, call));
  const model = run.start[LLM_MODEL_NAME];
  if (model !== undefined) attributes[COST_MODEL_NAME] = model;
  return attributes;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
