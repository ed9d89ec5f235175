import { reportOnce } from '../safely.js';
import { isAmount } from './amount.js';
import { undated } from './model-id.js';
import type { Price, PriceRequest, PricingService } from './pricing-service.js';
import { tokenPrice, type PartialTokenRates, type TokenRates } from './token-price.js';

/** Rates for prompts above a length; they replace the rates they name, for all tokens of the call. */
export interface LongPromptRates extends PartialTokenRates {
  /** They apply when the prompt has more tokens than this. */
  readonly abovePromptTokens: number;
}

/** What a model costs, in USD per million tokens. */
export interface ModelCost extends TokenRates {
  /** USD for each call, whatever its tokens. */
  readonly perRequest?: number | undefined;
  /** Dearer (or cheaper) rates for long prompts. */
  readonly longPrompt?: readonly LongPromptRates[] | undefined;
  /**
   * By service tier (`batch`, `flex`, `priority` …): a factor on every rate, or the rates that differ. Tiers not named here cost the plain rates.
   * Of a tier in two parts (Anthropic's `batch+us`) both are applied.
   */
  readonly serviceTiers?: Readonly<Record<string, number | PartialTokenRates>> | undefined;
  /** ISO date on which you checked these prices; it becomes `cost.price_date`. */
  readonly priceDate?: string | undefined;
}

/** What the models that match cost. */
export interface ModelCostRule extends ModelCost {
  /** An id (`*` stands for any characters), a pattern, or a test. Case does not matter in ids. */
  readonly match: string | RegExp | ((model: string) => boolean);
  /** Only where this provider serves the model (`openai`, `aws.bedrock` …), as far as that is known. */
  readonly provider?: string | undefined;
}

/**
 * Your own prices: by model id, where `*` stands for any characters, or a list of rules. An exact id wins over patterns, patterns are tried in order;
 * last, a dated id (`gpt-4o-2024-08-06`) is looked up without its date.
 *
 * @example
 * { 'gpt-4o-mini': { input: 0.15, output: 0.6, cacheRead: 0.075 }, 'claude-*': { input: 3, output: 15 } }
 */
export type ModelCosts = Readonly<Record<string, ModelCost>> | readonly ModelCostRule[];

interface Rule {
  readonly id?: string | undefined;
  readonly test?: ((model: string) => boolean) | undefined;
  readonly provider?: string | undefined;
  readonly cost: ModelCost;
}

const MAX_FOUND = 1_000;

/** Prices calls by the user's own table. Throws when the table cannot be understood. */
export function overridePricing(modelCosts: ModelCosts): PricingService {
  const rules = compile(modelCosts);
  const patterns = rules.filter((rule) => rule.test !== undefined);
  const exact = new Map<string, Rule[]>();
  for (const rule of rules) {
    if (rule.id !== undefined) exact.set(rule.id, [...(exact.get(rule.id) ?? []), rule]);
  }

  const find = (model: string, provider: string | undefined): ModelCost | undefined => {
    const fits = (rule: Rule): boolean => rule.provider === undefined || rule.provider === provider?.toLowerCase();
    const name = model.trim().toLowerCase();
    const rule =
      exact.get(name)?.find(fits) ??
      patterns.find((pattern) => pattern.test?.(model) === true && fits(pattern)) ??
      exact.get(undated(name))?.find(fits);
    return rule?.cost;
  };
  const found = new Map<string, ModelCost | null>(); // models are few and calls many
  return {
    price(request) {
      const key = `${request.provider ?? ''}\n${request.model}`;
      let cost = found.get(key);
      if (cost === undefined) {
        cost = find(request.model, request.provider) ?? null;
        if (found.size < MAX_FOUND) found.set(key, cost);
      }
      return cost === null ? undefined : priceOf(request, cost);
    },
  };
}

function priceOf({ model, usage, serviceTier }: PriceRequest, cost: ModelCost): Price | undefined {
  let rates: PartialTokenRates = cost;
  let factor = 1;
  for (const { abovePromptTokens, ...dearer } of cost.longPrompt ?? []) {
    if ((usage.prompt ?? 0) > abovePromptTokens) rates = { ...rates, ...given(dearer) };
  }
  for (const name of serviceTier?.split('+') ?? []) {
    const tier = cost.serviceTiers?.[name];
    if (typeof tier === 'number') factor *= tier;
    else if (tier !== undefined) rates = { ...rates, ...given(tier) };
  }
  const price = tokenPrice(usage, rates);
  if (typeof price === 'string') {
    reportOnce(`"${model}" is in modelCosts but gets no price: ${price}`);
    return undefined;
  }
  const inputUsd = price.inputUsd * factor;
  const outputUsd = price.outputUsd * factor;
  const otherUsd = cost.perRequest ?? 0;
  return { inputUsd, outputUsd, otherUsd, totalUsd: inputUsd + outputUsd + otherUsd, priceDate: cost.priceDate };
}

// -- reading the table ------------------------------------------------------------------------------------------------

const RATES = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'reasoning',
  'promptAudio',
  'cacheReadAudio',
  'completionAudio',
] as const;
const RATE_KEYS = new Set<string>(RATES);
const COST_KEYS = new Set<string>([...RATES, 'perRequest', 'longPrompt', 'serviceTiers', 'priceDate']);
const RULE_KEYS = new Set<string>([...COST_KEYS, 'match', 'provider']);
const LONG_PROMPT_KEYS = new Set<string>([...RATES, 'abovePromptTokens']);

function compile(modelCosts: unknown): readonly Rule[] {
  if (Array.isArray(modelCosts))
    return modelCosts.map((entry: unknown, index) => ruleOf(entry, `modelCosts[${index}]`));
  if (!isRecord(modelCosts))
    throw new TypeError(
      `modelCosts is ${String(modelCosts)}; give { 'model-id': { input, output } } in USD per million tokens.`,
    );
  return Object.entries(modelCosts).map(([id, cost]) => {
    const where = `modelCosts[${JSON.stringify(id)}]`;
    return { ...matcher(id, where), cost: checkedCost(cost, where, COST_KEYS) };
  });
}

function ruleOf(entry: unknown, where: string): Rule {
  const cost = checkedCost(entry, where, RULE_KEYS);
  const { match, provider } = entry as Partial<ModelCostRule>;
  if (provider !== undefined && typeof provider !== 'string')
    throw new TypeError(`${where}.provider is ${show(provider)}, not a name.`);
  return { ...matcher(match, where), provider: provider?.toLowerCase(), cost };
}

function matcher(match: unknown, where: string): Pick<Rule, 'id' | 'test'> {
  if (match instanceof RegExp) {
    const pattern = new RegExp(match.source, match.flags.replace(/[gy]/g, '')); // g and y remember a position between calls
    return { test: (model) => pattern.test(model) };
  }
  if (typeof match === 'function') return { test: (model) => match(model) === true };
  if (typeof match !== 'string' || match.trim() === '') {
    throw new TypeError(
      `${where}.match is ${show(match)}; give a model id, where * stands for any characters, a RegExp or a function.`,
    );
  }
  const id = match.trim().toLowerCase();
  if (!id.includes('*')) return { id };
  const pattern = new RegExp(`^${id.split(/\*+/).map(escaped).join('.*')}$`, 'is');
  return { test: (model) => pattern.test(model.trim()) };
}

function checkedCost(cost: unknown, where: string, keys: ReadonlySet<string>): ModelCost {
  const checked = checkedRates(cost, where, keys);
  for (const side of ['input', 'output'] as const) {
    if (checked[side] === undefined)
      throw new TypeError(`${where} has no ${side} rate; give it in USD per million tokens, 0 if it is free.`);
  }
  const { perRequest, longPrompt, serviceTiers, priceDate } = checked as Partial<ModelCost>;
  checkAmount(perRequest, `${where}.perRequest`, 'USD a call');
  if (priceDate !== undefined && (typeof priceDate !== 'string' || Number.isNaN(Date.parse(priceDate)))) {
    throw new TypeError(`${where}.priceDate is ${show(priceDate)}, not an ISO date.`);
  }
  if (longPrompt !== undefined) {
    if (!Array.isArray(longPrompt))
      throw new TypeError(`${where}.longPrompt is ${show(longPrompt)}; give [{ abovePromptTokens, input … }].`);
    longPrompt.forEach((rates: unknown, index) => {
      const above = checkedRates(rates, `${where}.longPrompt[${index}]`, LONG_PROMPT_KEYS) as Partial<LongPromptRates>;
      if (above.abovePromptTokens === undefined)
        throw new TypeError(`${where}.longPrompt[${index}] has no abovePromptTokens.`);
      checkAmount(above.abovePromptTokens, `${where}.longPrompt[${index}].abovePromptTokens`, 'tokens');
    });
  }
  if (serviceTiers !== undefined) {
    if (!isRecord(serviceTiers))
      throw new TypeError(
        `${where}.serviceTiers is ${show(serviceTiers)}; give { flex: 0.5 } or { priority: { input, output } }.`,
      );
    for (const [tier, rates] of Object.entries(serviceTiers)) {
      if (typeof rates === 'number') checkAmount(rates, `${where}.serviceTiers.${tier}`, 'a factor');
      else checkedRates(rates, `${where}.serviceTiers.${tier}`, RATE_KEYS);
    }
  }
  return snapshot(checked as ModelCost);
}

function checkedRates(rates: unknown, where: string, keys: ReadonlySet<string>): PartialTokenRates {
  if (!isRecord(rates))
    throw new TypeError(`${where} is ${show(rates)}; give { input, output } in USD per million tokens.`);
  for (const key of Object.keys(rates)) {
    if (!keys.has(key)) throw new TypeError(`${where} has an unknown key "${key}"; known are ${[...keys].join(', ')}.`);
  }
  for (const rate of RATES) checkAmount(rates[rate], `${where}.${rate}`, 'USD per million tokens');
  return rates;
}

function checkAmount(value: unknown, where: string, unit: string): void {
  if (value === undefined || isAmount(value)) return;
  throw new RangeError(`${where} is ${show(value)}; give ${unit}, 0 or more.`);
}

/** Later changes to the user's objects must not change prices. */
function snapshot({ longPrompt, serviceTiers, ...rest }: ModelCost): ModelCost {
  return {
    ...rest,
    longPrompt: longPrompt?.map((rates) => ({ ...rates })).sort((a, b) => a.abovePromptTokens - b.abovePromptTokens),
    serviceTiers: serviceTiers && structuredClone(serviceTiers),
  };
}

/** Without the entries that are undefined: an option that is undefined counts as not given. */
function given(rates: PartialTokenRates): PartialTokenRates {
  return Object.fromEntries(Object.entries(rates).filter(([, rate]) => rate !== undefined));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}

function show(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(value)
    : Array.isArray(value)
      ? 'an array'
      : isRecord(value)
        ? 'an object'
        : String(value);
}
