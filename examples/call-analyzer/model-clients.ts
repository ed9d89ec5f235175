import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { fetchWithSpans } from './http-spans.js';
import { fakeModelServer, type ModelExchange } from 'spandrel/testing';
import { scriptedModel } from './scripted-model/index.js';
import { UsageError } from './usage-error.js';

/** The two providers' own clients. */
export interface ModelClients {
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
  /** What the scripted server billed; undefined on the real endpoints. */
  readonly ledger: readonly ModelExchange[] | undefined;
  close(): Promise<void>;
}

const OPTIONS = { maxRetries: 2, fetch: fetchWithSpans };

/** Clients of a scripted model server on the loopback interface. */
export async function scriptedClients(): Promise<ModelClients> {
  const server = await fakeModelServer({
    answers: scriptedModel(),
    latencyMs: 60,
    eventPauseMs: 4,
  });
  return {
    openai: new OpenAI({ ...OPTIONS, ...server.openai }),
    anthropic: new Anthropic({ ...OPTIONS, ...server.anthropic }),
    ledger: server.exchanges,
    close: () => server.close(),
  };
}

/** Clients of the real endpoints, with the keys in the environment. */
export function liveClients(env: NodeJS.ProcessEnv): ModelClients {
  const missing = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY'].filter((name) => !env[name]);
  if (missing.length > 0)
    throw new UsageError(`--live calls the real endpoints and needs ${missing.join(' and ')} in the environment.`);
  return {
    openai: new OpenAI(OPTIONS),
    anthropic: new Anthropic(OPTIONS),
    ledger: undefined,
    close: () => Promise.resolve(),
  };
}
