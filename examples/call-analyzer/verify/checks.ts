import type { ModelExchange } from 'spandrel/testing';
import { called, isSame, modelOf, numberAt, tokensOf } from './model-call.js';
import { publishedPrice } from './published-price.js';
import type { RunSpan, TraceRun } from './trace-run.js';

/** One thing that must hold. */
export interface Check {
  readonly says: string;
  /** What does not hold, a sentence each. */
  faults(run: TraceRun): readonly string[];
}

const SPANDREL = 'spandrel';

/** What must hold for every run, on real endpoints too. */
export const CHECKS: readonly Check[] = [
  {
    says: 'every call costs what genai-prices publishes, in cost.* and llm.cost.*',
    faults: ({ modelCalls }) =>
      modelCalls.length === 0 ? ['the run holds no model call'] : modelCalls.flatMap(moneyFaults),
  },
  {
    says: "the guide's token counts equal OpenInference's",
    faults: ({ modelCalls }) => modelCalls.flatMap(tokenNameFaults),
  },
  {
    says: 'every roll-up is the sum of the calls below it',
    faults: (run) => run.spans.flatMap((span) => rollUpFaults(span, run)),
  },
  {
    says: 'every span has session, user and tags',
    faults: ({ spans }) =>
      spans.flatMap((span) =>
        IDENTITY.filter((name) => isMissing(span.attributes[name])).map((name) => `${called(span)} has no ${name}`),
      ),
  },
  {
    says: 'every LLM span has its prompt template and version',
    faults: ({ spans }) =>
      spans
        .filter(({ attributes }) => attributes['openinference.span.kind'] === 'LLM')
        .flatMap((span) =>
          PROMPT.filter((name) => isMissing(span.attributes[name])).map((name) => `${called(span)} has no ${name}`),
        ),
  },
];

/** What the scripted run must hold besides: the server knows what it billed, and the script sees to each kind of call. */
export function scriptedChecks(ledger: readonly ModelExchange[]): readonly Check[] {
  return [
    { says: 'every call has the tokens that the server billed, once', faults: (run) => billFaults(run, ledger) },
    {
      says: 'a call read from the prompt cache',
      faults: needs(({ modelCalls }) => modelCalls.some((span) => tokensOf(span).cacheRead > 0)),
    },
    {
      says: 'a call failed, and costs nothing',
      faults: needs((run) =>
        run.spans.some((span) => isOurCall(span) && span.failed && numberAt(span, 'cost.total_usd') === undefined),
      ),
    },
    {
      says: 'a call was retried, and counts once',
      faults: needs((run) => run.spans.some((span) => isOurCall(span) && !span.failed && wasRetried(span, run))),
    },
    {
      says: 'two providers were called',
      faults: needs(
        ({ modelCalls }) => new Set(modelCalls.map((span) => modelOf(span).startsWith('claude'))).size === 2,
      ),
    },
    {
      says: 'a model without a price has no cost',
      faults: needs(({ modelCalls }) =>
        modelCalls.some(({ attributes }) => !isMissing(attributes['cost.unpriced_model'])),
      ),
    },
  ];
}

const IDENTITY = ['session.id', 'user.id', 'tag.tags'] as const;
const PROMPT = ['llm.prompt_template.template', 'llm.prompt_template.version'] as const;

const isMissing = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const needs =
  (holds: (run: TraceRun) => boolean): Check['faults'] =>
  (run) =>
    holds(run) ? [] : ['none in this run'];

function isOurCall({ scope, attributes }: RunSpan): boolean {
  return scope === SPANDREL && attributes['openinference.span.kind'] === 'LLM';
}

function wasRetried(span: RunSpan, run: TraceRun): boolean {
  const statuses = run.childrenOf(span).map((child) => numberAt(child, 'http.response.status_code'));
  return statuses.includes(429) && statuses.includes(200);
}

// -- money ------------------------------------------------------------------------------------------------------------

const MONEY = [
  'cost.total_usd',
  'cost.input_cost_usd',
  'cost.output_cost_usd',
  'llm.cost.total',
  'llm.cost.prompt',
  'llm.cost.completion',
] as const;

function moneyFaults(span: RunSpan): readonly string[] {
  const model = modelOf(span);
  const due = publishedPrice(model, tokensOf(span), span.endedAt);
  if (due === undefined) {
    const priced = MONEY.filter((name) => span.attributes[name] !== undefined).map(
      (name) => `${called(span)}: ${model} has no price, but ${name} is there`,
    );
    return span.attributes['cost.unpriced_model'] === model
      ? priced
      : [...priced, `${called(span)}: cost.unpriced_model does not name ${model}`];
  }
  const { input, output, total } = due;
  return [total, input, output, total, input, output].flatMap((expected, i) => {
    const name = MONEY[i] as string;
    const written = numberAt(span, name);
    return isSame(written, expected)
      ? []
      : [`${called(span)}: ${name} is ${String(written)}, and ${model} comes to ${expected}`];
  });
}

function tokenNameFaults(span: RunSpan): readonly string[] {
  const { prompt, completion } = tokensOf(span);
  const expected = {
    'cost.prompt_tokens': prompt,
    'cost.completion_tokens': completion,
    'cost.total_tokens': prompt + completion,
    'llm.token_count.total': prompt + completion,
  };
  return Object.entries(expected).flatMap(([name, count]) =>
    numberAt(span, name) === count
      ? []
      : [`${called(span)}: ${name} is ${String(span.attributes[name])}, not ${count}`],
  );
}

function rollUpFaults(span: RunSpan, run: TraceRun): readonly string[] {
  const calls = run.modelCalls.filter((call) => [...run.above(call)].includes(span));
  if (span.scope !== SPANDREL || (calls.length === 0 && span.attributes['cost.rollup.llm_calls'] === undefined))
    return [];
  const sum = (name: string): number => calls.reduce((total, call) => total + numberAt(call, name, 0), 0);
  const expected = {
    'cost.rollup.total_usd': sum('cost.total_usd'),
    'cost.rollup.prompt_tokens': sum('llm.token_count.prompt'),
    'cost.rollup.completion_tokens': sum('llm.token_count.completion'),
    'cost.rollup.llm_calls': calls.length,
  };
  return Object.entries(expected).flatMap(([name, total]) =>
    isSame(numberAt(span, name), total)
      ? []
      : [`${called(span)}: ${name} is ${String(span.attributes[name])}, not ${total}`],
  );
}

// -- the server's bill ------------------------------------------------------------------------------------------------

/**
 * Each billed response belongs to the HTTP span that carries its request id, and of the spans above that one exactly one must
 * have its tokens. So a response that is counted twice, or by the wrong span, is found as well as one that is missing.
 */
function billFaults(run: TraceRun, ledger: readonly ModelExchange[]): readonly string[] {
  const faults: string[] = [];
  const paid = new Set<RunSpan>();
  for (const { requestId, bill } of ledger) {
    const http = run.spans.find(({ attributes }) =>
      REQUEST_ID_HEADERS.some((name) => [attributes[name]].flat().includes(requestId)),
    );
    if (http === undefined) {
      faults.push(`no span stands for the request ${requestId}`);
      continue;
    }
    const owners = [...run.above(http)].filter((span) => run.modelCalls.includes(span));
    const [owner] = owners;
    if (bill === undefined) continue; // refused: nothing to pay. What a retry then cost is another entry.
    if (owner === undefined || owners.length > 1 || paid.has(owner)) {
      faults.push(
        `the response ${bill.responseId} is counted ${owner !== undefined && paid.has(owner) ? 'with another' : owners.length} times: ${owners.map(called).join(', ')}`,
      );
      continue;
    }
    paid.add(owner);
    const { usage } = bill;
    const written = tokensOf(owner);
    for (const kind of ['prompt', 'completion', 'cacheRead', 'cacheWrite', 'reasoning'] as const)
      if (written[kind] !== usage[kind])
        faults.push(`${called(owner)}: ${kind} tokens are ${written[kind]}, and ${usage[kind]} were billed`);
    if (modelOf(owner) !== bill.model)
      faults.push(`${called(owner)}: its model is ${modelOf(owner)}, and ${bill.model} was billed`);
  }
  for (const call of run.modelCalls)
    if (!paid.has(call)) faults.push(`${called(call)} carries a call that nobody billed`);
  return faults;
}

const REQUEST_ID_HEADERS = ['http.response.header.x-request-id', 'http.response.header.request-id'] as const;
