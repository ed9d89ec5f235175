import { aiSdk } from './cases/ai-sdk.js';
import { anthropic } from './cases/anthropic.js';
import { bedrock } from './cases/bedrock.js';
import { google } from './cases/google.js';
import { langChain } from './cases/langchain.js';
import { openai } from './cases/openai.js';
import type { Case } from './support/case.js';

/** The lines of docs/costs.md, in its order. */
export const cases: readonly Case[] = [...openai, ...anthropic, ...google, ...bedrock, ...aiSdk, ...langChain];
