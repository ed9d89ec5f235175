import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { traced } from '../../../lib/index.js';
import type { TestTracing } from '../../../lib/testing/index.js';
import type { Case } from './case.js';
import type { Loopback } from './loopback.js';
import type { Tokens } from './tokens.js';

/** What the spans of one call say of it. */
export interface Result {
  /** The model that answered. */
  readonly model: unknown;
  readonly tokens: Partial<Tokens> | undefined;
  readonly usd: number | undefined;
  /** How many spans carry a cost. */
  readonly priced: number;
  /** How many chunks the caller got. */
  readonly chunks: number;
  /** What the caller was thrown. */
  readonly error: unknown;
}

/** Runs a case as a user would: the client's call in a traced function, its stream read to the end. */
export async function runCase(it: Case, server: Loopback, tracing: TestTracing): Promise<Result> {
  tracing.reset();
  server.answer(it.answers);
  const call = traced(() => it.run(server.url), { spanName: 'call', spanKind: 'LLM', ...it.options });
  let error: unknown;
  let chunks = 0;
  try {
    const given = await call();
    if (isStream(given)) {
      for await (const chunk of given) {
        chunks++;
        if (it.breaks && JSON.stringify(chunk).includes('Hello')) server.breakOff();
      }
    }
  } catch (thrown) {
    error = thrown;
  }
  return { ...resultOf(tracing.spans), chunks, error };
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

function resultOf(spans: readonly ReadableSpan[]): Omit<Result, 'chunks' | 'error'> {
  const priced = spans.filter(({ attributes }) => attributes['llm.cost.total'] !== undefined);
  const counted = spans.filter(({ attributes }) => attributes['llm.token_count.prompt'] !== undefined);
  const attributes: Attributes = (priced[0] ?? counted[0])?.attributes ?? {};
  const count = (name: string): number | undefined => attributes[`llm.token_count.${name}`] as number | undefined;
  const all = {
    prompt: count('prompt'),
    cached: count('prompt_details.cache_read'),
    written: count('prompt_details.cache_write'),
    audio: count('prompt_details.audio'),
    completion: count('completion'),
    reasoning: count('completion_details.reasoning'),
  };
  const told = Object.entries(all).filter(([, tokens]) => tokens !== undefined);
  return {
    model: attributes['llm.model_name'],
    tokens: told.length > 0 ? Object.fromEntries(told) : undefined,
    usd: attributes['llm.cost.total'] as number | undefined,
    priced: priced.length,
  };
}
