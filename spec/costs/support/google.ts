// What generativelanguage.googleapis.com and Vertex AI send (ai.google.dev/api/generate-content, "UsageMetadata").
import { json, sse, type Answer } from './loopback.js';
import type { Tokens } from './tokens.js';

/** Tokens as Google tells them apart, and where the call was made. */
export interface GoogleTokens extends Tokens {
  /** Of the prompt: what a tool of Google's own put there. */
  readonly byTools?: number;
  /** Vertex AI tells the kind of traffic. */
  readonly vertex?: boolean;
}

/** Google counts the cache into `promptTokenCount`, leaves thoughts out of `candidatesTokenCount`, and tells no zeros. */
function usageMetadata({ prompt, cached, completion = 0, reasoning, byTools = 0, vertex }: GoogleTokens): object {
  const typed = prompt - byTools;
  const candidates = completion - (reasoning ?? 0);
  return {
    promptTokenCount: typed,
    ...(candidates > 0 && { candidatesTokenCount: candidates }),
    totalTokenCount: prompt + completion,
    ...(cached && { cachedContentTokenCount: cached, cacheTokensDetails: [{ modality: 'TEXT', tokenCount: cached }] }),
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: typed }],
    ...(reasoning && { thoughtsTokenCount: reasoning }),
    ...(byTools > 0 && { toolUsePromptTokenCount: byTools }),
    ...(vertex && { trafficType: 'ON_DEMAND' }),
  };
}

const words = ['Hello', ' there'];
let count = 0;

const chunk = (model: string, part: object, tokens: GoogleTokens, finishReason?: string): object => ({
  candidates: [{ content: { parts: [part], role: 'model' }, index: 0, ...(finishReason && { finishReason }) }],
  usageMetadata: usageMetadata(tokens),
  modelVersion: model,
  responseId: `resp-${count}`,
});

export function content(model: string, tokens: GoogleTokens, calls = false): Answer {
  count++;
  const part = calls ? { functionCall: { name: 'lookup', args: { id: 7 } } } : { text: words.join('') };
  return json(chunk(model, part, tokens, 'STOP'));
}

/** Each chunk counts what was used so far. */
export function contentStream(model: string, tokens: GoogleTokens, soFar: GoogleTokens, ends = true): Answer {
  count++;
  const first = chunk(model, { text: words[0] }, soFar);
  return sse(ends ? [first, chunk(model, { text: words[1] }, tokens, 'STOP')] : [first], {}, ends);
}
