import { SpanStatusCode, type Attributes } from '@opentelemetry/api';
import { calculateCost } from '../../blocks/calculate-cost.js';
import { ROLLUP_LLM_CALLS, COST_UNPRICED_MODEL } from '../../conventions/cost.js';
import {
  LLM_MODEL_NAME,
  PROMPT_TEMPLATE,
  SESSION_ID,
  SPAN_KIND,
  TOKENS_COMPLETION,
  TOKENS_PROMPT,
  USER_ID,
} from '../../conventions/openinference.js';
import { oneLine } from '../../tree/format.js';
import type { TreeSpan } from '../../tree/tree-span.js';
import type { TraceFiles } from '../trace-files.js';
import { findings, type Finding } from './finding.js';

const MAX_NAMED = 5;
const ERROR: number = SpanStatusCode.ERROR;
const READ = new Set([
  ...[SPAN_KIND, LLM_MODEL_NAME, TOKENS_PROMPT, TOKENS_COMPLETION, ROLLUP_LLM_CALLS, COST_UNPRICED_MODEL],
  ...[PROMPT_TEMPLATE, SESSION_ID, USER_ID],
]);

/** What the local file says of the program: dollars, prompts and sessions that are not where they should be. */
export async function checkTraces(files: TraceFiles): Promise<Finding[]> {
  const seen = new Seen();
  await files.forEachSpan(READ, (span) => seen.add(span));
  return [...seen.costs(), ...seen.prompts(), ...seen.sessions()];
}

class Seen {
  #modelCalls = 0;
  #withTemplate = 0;
  #templatesElsewhere = 0;
  readonly #withoutTokens = new Names();
  readonly #withoutModel = new Names();
  readonly #unpriced = new Names();
  readonly #badIds = new Names();
  readonly #outsideSession = new Map<string, Names>();
  readonly #inSession = new Set<string>();
  readonly #traces = new Set<string>();
  #users = 0;

  add({ traceId, name, status, attributes }: TreeSpan): void {
    this.#traces.add(traceId);
    this.#addModelCall(name, status.code === ERROR, attributes);
    const session = attributes[SESSION_ID];
    if (session !== undefined) this.#inSession.add(traceId);
    else named(this.#outsideSession, traceId).add(name);
    if (attributes[USER_ID] !== undefined) this.#users++;
    for (const key of [SESSION_ID, USER_ID]) {
      const id = attributes[key];
      if (typeof id === 'string' && /^(undefined|null|NaN|\[object .*\]|)$/.test(id.trim()))
        this.#badIds.add(`${key} "${id}"`);
    }
  }

  #addModelCall(name: string, hasFailed: boolean, attributes: Attributes): void {
    const hasTemplate = attributes[PROMPT_TEMPLATE] !== undefined;
    if (attributes[SPAN_KIND] !== 'LLM' && attributes[SPAN_KIND] !== 'EMBEDDING') {
      if (hasTemplate) this.#templatesElsewhere++;
      return;
    }
    if (attributes[ROLLUP_LLM_CALLS] !== undefined) return; // the calls are below it
    this.#modelCalls++;
    if (hasTemplate) this.#withTemplate++;
    const model = attributes[LLM_MODEL_NAME];
    if (typeof model !== 'string' || model === '') this.#withoutModel.add(name);
    const hasTokens = attributes[TOKENS_PROMPT] !== undefined || attributes[TOKENS_COMPLETION] !== undefined;
    if (!hasTokens && !hasFailed) this.#withoutTokens.add(name);
    const unpriced = attributes[COST_UNPRICED_MODEL];
    if (typeof unpriced === 'string') this.#unpriced.add(unpriced);
  }

  costs(): Finding[] {
    const found = findings('cost');
    if (this.#modelCalls === 0)
      return [
        found.warning(
          'The local file holds no model call, so there is no cost.',
          "Give the method that calls the model spanKind: 'LLM', or use @TraceLLM.",
        ),
      ];
    const stillUnpriced = this.#unpriced.names.filter(
      (model) => calculateCost(model, { prompt: 1, completion: 1 }) === undefined,
    );
    return [
      ...(this.#withoutTokens.count > 0
        ? [
            found.warning(
              `${this.#withoutTokens.count} of ${this.#modelCalls} model calls have no tokens: ${this.#withoutTokens.listed}.`,
              "Return the provider's response or stream, ask for usage on streams (OpenAI: stream_options.include_usage), call recordUsage(), or give LangChain a TokenTrackingCallback. A span above a model call that is traced itself is no LLM span.",
            ),
          ]
        : []),
      ...(this.#withoutModel.count > 0
        ? [
            found.warning(
              `${this.#withoutModel.count} model calls have no model name: ${this.#withoutModel.listed}.`,
              'Name it: modelName, or modelNameAttr with the name of the parameter.',
            ),
          ]
        : []),
      ...(stillUnpriced.length > 0
        ? [
            found.warning(
              `There is no price for ${listed(stillUnpriced)}.`,
              "configure({ modelCosts: { 'my-model': { input: 0.25, output: 1.25 } } }), in USD per million tokens.",
            ),
          ]
        : []),
      ...(this.#unpriced.names.length > stillUnpriced.length
        ? [found.info('Models that had no price when they were called have one now.')]
        : []),
      ...(this.#withoutTokens.count + this.#withoutModel.count + this.#unpriced.count === 0
        ? [found.ok(`All ${this.#modelCalls} model calls in the local file have a model, tokens and a price.`)]
        : []),
    ];
  }

  prompts(): Finding[] {
    const found = findings('prompts');
    if (this.#modelCalls === 0) return [];
    if (this.#withTemplate > 0)
      return [found.ok(`${this.#withTemplate} of ${this.#modelCalls} model calls carry their prompt template.`)];
    if (this.#templatesElsewhere > 0)
      return [
        found.warning(
          `Prompt templates are on ${this.#templatesElsewhere} spans, but on no model call.`,
          'The template must be open when the model is called: @PromptTemplate on the method that calls it or one above, or withPromptTemplate() around the call.',
        ),
      ];
    return [
      found.info(
        'No model call carries a prompt template.',
        '@PromptTemplate on the method, or withPromptTemplate() around the call.',
      ),
    ];
  }

  sessions(): Finding[] {
    const found = findings('sessions');
    if (this.#traces.size === 0) return [];
    const torn = [...this.#inSession].flatMap((traceId) => this.#outsideSession.get(traceId) ?? []);
    const names = torn.flatMap((one) => one.names);
    return [
      ...(this.#badIds.count > 0
        ? [
            found.problem(
              `Ids are no ids: ${this.#badIds.listed}.`,
              'Give the id itself, or leave it out: undefined counts as not given.',
            ),
          ]
        : []),
      this.#inSession.size === 0
        ? found.info(
            'No span has a session id.',
            '@SessionScoped({ sessionId }) on the class, withMetadata({ sessionId }, …), or spandrel/http in front of it.',
          )
        : found.ok(
            `${this.#inSession.size} of ${this.#traces.size} traces have a session, ${this.#users} spans a user.`,
          ),
      ...(names.length > 0
        ? [
            found.info(
              `In ${torn.length} traces with a session some spans are outside it: ${listed([...new Set(names)])}.`,
              'Spans above the scope have none. One that should be inside was made without the context: an event emitter, a queue or a pool; carry it there with captureScope() and runInScope().',
            ),
          ]
        : []),
    ];
  }
}

/** Counted names, of which some are told. */
class Names {
  readonly #seen = new Set<string>();
  count = 0;

  add(name: string): void {
    this.count++;
    if (this.#seen.size < 1_000) this.#seen.add(name);
  }
  get names(): readonly string[] {
    return [...this.#seen];
  }
  get listed(): string {
    return listed(this.names);
  }
}

function named(map: Map<string, Names>, key: string): Names {
  let names = map.get(key);
  if (names === undefined) map.set(key, (names = new Names()));
  return names;
}

const listed = (names: readonly string[]) =>
  names
    .slice(0, MAX_NAMED)
    .map((name) => oneLine(name, 60))
    .join(', ') + (names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '');
