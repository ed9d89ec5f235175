import { Redaction, type Redact } from '../capture/redaction.js';
import { SPAN_KINDS, type OpenInferenceSpanKind } from '../conventions/openinference.js';
import type { PricingService } from '../cost/pricing-service.js';
import { checkOptions, nearest } from '../options.js';
import type { Call, Selected } from '../span/call.js';
import type {
  TraceAgentOptions,
  TraceFunctionOptions,
  TraceLLMOptions,
  TraceRetrieverOptions,
  TraceToolOptions,
} from './trace-options.js';

/** All that a trace decorator or form may say about a span, after checking; the decorators differ in what they ask for. */
export interface TraceSettings extends TraceFunctionOptions {
  readonly agentName?: Selected<string> | undefined;
  readonly agentRole?: Selected<string | undefined> | undefined;
  readonly taskDescription?: Selected<string | undefined> | undefined;
  /** What a backend is to show of the call beside input and output. */
  readonly renders?: 'chat' | 'tool' | 'documents' | undefined;
  readonly messages?: Selected<string | object | undefined> | undefined;
  readonly tools?: Selected<readonly unknown[] | undefined> | undefined;
  readonly invocationParameters?: Selected<Readonly<Record<string, unknown>> | undefined> | undefined;
  readonly outputMessages?: ((result: any, call: Call) => unknown) | undefined;
  readonly toolName?: string | undefined;
  readonly toolDescription?: string | undefined;
  readonly toolSchema?: Readonly<Record<string, unknown>> | undefined;
  readonly documents?: ((result: any, call: Call) => readonly unknown[] | undefined) | undefined;
}

const FUNCTION_OPTIONS = [
  'spanName', 'spanKind', 'captureArgs', 'captureResult', 'addCostTracking', 'modelName', 'modelNameAttr', 'attributes',
  'resultAttributes', 'usage', 'links', 'redact', 'pricing', 'provider', 'spends', 'parameters',
] as const satisfies readonly (keyof TraceFunctionOptions)[]; // prettier-ignore

const without = (...left: string[]): readonly string[] => FUNCTION_OPTIONS.filter((name) => !left.includes(name));
/** The names of an agent's options. */
export const AGENT_OPTIONS = [
  ...without('spanKind', 'addCostTracking', 'usage'), 'agentName', 'agentRole', 'taskDescription',
]; // prettier-ignore
const LLM_OPTIONS = [
  ...without('spanKind', 'addCostTracking'), 'messages', 'tools', 'invocationParameters', 'outputMessages',
]; // prettier-ignore
const TOOL_OPTIONS = [...without('spanKind', 'addCostTracking', 'usage'), 'name', 'description', 'schema'];
const RETRIEVER_OPTIONS = [...without('spanKind', 'addCostTracking', 'usage'), 'documents'];

/** Checks the options of a model call's span: {@link functionSettings} with the kind LLM, and what a chat shows. */
export function llmSettings(where: string, options: TraceLLMOptions): TraceSettings {
  checkOptions(where, options, LLM_OPTIONS);
  const { tools, invocationParameters, outputMessages } = options;
  expect(where, 'tools', tools, 'a list or a function of the call', (value) => Array.isArray(value) || isFunction(value)); // prettier-ignore
  expect(where, 'invocationParameters', invocationParameters, 'an object or a function of the call', (value) => isFunction(value) || isPlain(value)); // prettier-ignore
  expect(where, 'outputMessages', outputMessages, ...FUNCTION);
  return checkedSettings(where, { ...options, spanKind: 'LLM', renders: 'chat' });
}

/** Checks the options of a tool's span: {@link functionSettings} with the kind TOOL, and what the tool is. */
export function toolSettings(where: string, options: TraceToolOptions): TraceSettings {
  checkOptions(where, options, TOOL_OPTIONS);
  const { name, description, schema, ...rest } = options;
  expect(where, 'name', name, 'a text that is not empty', isName);
  expect(where, 'description', description, 'a text', (value) => typeof value === 'string');
  expect(where, 'schema', schema, 'a JSON Schema object', isPlain);
  const tool = { toolName: name, toolDescription: description, toolSchema: schema };
  return checkedSettings(where, { ...rest, ...tool, spanKind: 'TOOL', renders: 'tool' });
}

/** Checks the options of a retriever's span: {@link functionSettings} with the kind RETRIEVER, and where its documents are. */
export function retrieverSettings(where: string, options: TraceRetrieverOptions): TraceSettings {
  checkOptions(where, options, RETRIEVER_OPTIONS);
  expect(where, 'documents', options.documents, ...FUNCTION);
  return checkedSettings(where, { ...options, spanKind: 'RETRIEVER', renders: 'documents' });
}

/** Checks the options of a function's span. Throws a TypeError that names what does not fit. */
export function functionSettings(where: string, options: TraceFunctionOptions): TraceSettings {
  checkOptions(where, options, FUNCTION_OPTIONS);
  return checkedSettings(where, options);
}

/** Checks the options of an agent's span: {@link functionSettings} with the kind AGENT. */
export function agentSettings(where: string, options: TraceAgentOptions): TraceSettings {
  checkOptions(where, options, AGENT_OPTIONS);
  const { agentName } = options;
  if (typeof agentName !== 'function' && (typeof agentName !== 'string' || agentName.trim() === ''))
    throw new TypeError(`${where}: agentName is required: pass a name that is not empty, or a function of the call.`);
  return checkedSettings(where, { ...options, spanKind: 'AGENT' });
}

type Test = readonly [what: string, test: (value: unknown) => boolean];

const isPlain = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isName = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isNames = (value: unknown): boolean => Array.isArray(value) && value.every((name) => typeof name === 'string');

const FUNCTION: Test = ['a function', isFunction];
const FLAG: Test = ['true or false', isBoolean];
const TEXT: Test = ['a string or a function of the call', (value) => typeof value === 'string' || isFunction(value)];

/** What the options of every decorator must be. */
const TESTS: Readonly<Partial<Record<keyof TraceSettings, Test>>> = {
  resultAttributes: FUNCTION,
  usage: FUNCTION,
  captureResult: FLAG,
  addCostTracking: FLAG,
  spends: FLAG,
  spanName: TEXT,
  modelName: TEXT,
  agentRole: TEXT,
  taskDescription: TEXT,
  modelNameAttr: ['a parameter or property name', isName],
  captureArgs: ['true, false or a list of parameter names', (value) => isBoolean(value) || isNames(value)],
  parameters: ['a list of parameter names', isNames],
  provider: ['a name that is not empty', isName],
  links: ['a list of links or a function of the call', (value) => Array.isArray(value) || isFunction(value)],
  attributes: ['an object or a function of the call', (value) => isFunction(value) || (typeof value === 'object' && !Array.isArray(value))],
  pricing: ['a PricingService (an object with price())', (value) => isFunction((value as PricingService | null)?.price)],
}; // prettier-ignore

function checkedSettings(where: string, options: TraceSettings): TraceSettings {
  for (const [name, [what, test]] of Object.entries(TESTS))
    expect(where, name, options[name as keyof TraceSettings], what, test);
  if (options.redact !== undefined) checkRedact(where, options.redact);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as TraceSettings;
  return options.spanKind === undefined ? given : { ...given, spanKind: checkedKind(where, options.spanKind) };
}

function checkRedact(where: string, redact: Redact): void {
  if (typeof redact !== 'function')
    expect(where, 'redact', redact, 'rules or a function', (value) => typeof value === 'object' && value !== null);
  try {
    Redaction.standard.with(redact);
  } catch (error) {
    throw error instanceof TypeError ? new TypeError(`${where}: ${error.message}`) : error;
  }
}

function checkedKind(where: string, kind: unknown): OpenInferenceSpanKind {
  const upper = String(kind).toUpperCase() as OpenInferenceSpanKind;
  if (SPAN_KINDS.includes(upper)) return upper;
  const near = nearest(upper, SPAN_KINDS);
  throw new TypeError(
    `${where}: unknown spanKind "${String(kind)}".${near ? ` Did you mean "${near}"?` : ''} Known kinds: ${SPAN_KINDS.join(', ')}.`,
  );
}

function expect(where: string, name: string, value: unknown, what: string, test: (value: unknown) => boolean): void {
  if (value !== undefined && !test(value))
    throw new TypeError(
      `${where}: expected ${name} to be ${what}, got ${value === null ? 'null' : typeof value === 'string' ? JSON.stringify(value) : typeof value}.`,
    );
}
