import { ModelError, type ModelAnswer, type ModelRequest, type Script } from 'spandrel/testing';
import { findCard, type ModelCard } from './model-card.js';
import { automaticCache, markedCache } from './prompt-cache.js';
import { countTokens, cutToTokens } from './tokens.js';

/** What a part says; `reasoning` is thinking that is billed and not shown. */
export interface Said {
  readonly text?: string | undefined;
  readonly toolCalls?: ModelAnswer['toolCalls'];
  readonly reasoning?: string | undefined;
}

/**
 * A script for models as providers serve them: there are those of the cards and no other, tokens are counted from the texts, prompt
 * caches are kept as the providers document theirs, and answers end at the length that was asked for.
 */
export function billed(say: (request: ModelRequest) => Said, cards: readonly ModelCard[]): Script {
  const caches = { openai: automaticCache(), anthropic: markedCache() };
  return (request) => {
    const { wire, segments, maxTokens = Infinity } = request;
    const card = findCard(cards, request.model);
    if (card === undefined) throw unknownModel(request);
    const prompt = segments.reduce((sum, { text, overhead }) => sum + countTokens(text) + overhead, 0);
    if (prompt >= card.contextWindow) throw tooLong(request, prompt, card);

    const { text = '', toolCalls = [], reasoning = '' } = say(request);
    const cache = caches[wire].use(card.id, segments, card.cacheMinimum ?? Infinity);
    const thought = countTokens(reasoning);
    const shown = cutToTokens(text, Math.max(0, maxTokens - thought));
    const called = toolCalls.map(({ name, input }) => countTokens(name + JSON.stringify(input)));
    return {
      text: shown,
      toolCalls,
      model: card.id,
      ...(shown !== text && { stopped: 'length' as const }),
      usage: {
        prompt,
        completion: thought + countTokens(shown) + called.reduce((sum, tokens) => sum + tokens, 0),
        cacheRead: cache.read,
        cacheWrite: cache.write,
        cacheWrite1h: cache.write1h,
        reasoning: thought,
      },
    };
  };
}

function unknownModel({ wire, model }: ModelRequest): ModelError {
  return wire === 'openai'
    ? new ModelError(404, `The model \`${model}\` does not exist or you do not have access to it.`, {
        code: 'model_not_found',
      })
    : new ModelError(404, `model: ${model}`);
}

function tooLong({ wire }: ModelRequest, tokens: number, { contextWindow }: ModelCard): ModelError {
  return wire === 'openai'
    ? new ModelError(
        400,
        `This model's maximum context length is ${contextWindow} tokens. However, your messages resulted in ${tokens} tokens.`,
        { code: 'context_length_exceeded' },
      )
    : new ModelError(400, `prompt is too long: ${tokens} tokens > ${contextWindow} maximum`);
}
