import { ModelError, type ModelRequest, type Script } from 'spandrel/testing';
import { billed, type ModelCard, type Said } from '../billing/index.js';
import { classify } from './classify.js';
import { evaluateCommercial } from './evaluate-commercial.js';
import { evaluateTechnical } from './evaluate-technical.js';
import { scoreLead } from './score-lead.js';
import { writeReport } from './write-report.js';

/** The models that the scripted server has. The fine-tuned one that the commercial evaluator asks for first is not among them. */
const SCRIPTED_MODELS: readonly ModelCard[] = [
  { id: 'gpt-5-mini-2025-08-07', aliases: ['gpt-5-mini'], contextWindow: 400_000, cacheMinimum: 1024 },
  { id: 'gpt-4.1-2025-04-14', aliases: ['gpt-4.1'], contextWindow: 1_047_576, cacheMinimum: 1024 },
  { id: 'inhouse-scorer-7b', contextWindow: 32_768 },
  { id: 'claude-sonnet-4-6', contextWindow: 200_000, cacheMinimum: 1024 },
  { id: 'claude-haiku-4-5-20251001', aliases: ['claude-haiku-4-5'], contextWindow: 200_000, cacheMinimum: 4096 },
];

/** Which part a model plays, told by the beginning of its system prompt. */
const PARTS: readonly (readonly [system: string, answer: (request: ModelRequest) => Said])[] = [
  ['You classify sales calls', classify],
  ['lead-scorer', scoreLead],
  ['You are a senior technical architect', evaluateTechnical],
  ['You are a deal desk analyst', evaluateCommercial],
  ['You write short reports', writeReport],
];

/** A script that reads what it is asked and answers from it. The classifier is busy the first time it sees a call. */
export function scriptedModel(): Script {
  const classified = new Set<string>();
  return billed((request) => {
    const answer = PARTS.find(([system]) => request.system.startsWith(system))?.[1];
    if (answer === undefined)
      throw new ModelError(400, 'This model plays the parts of the call analyzer and knows no other.');
    const question = request.messages[0]?.text ?? '';
    if (answer === classify && !classified.has(question)) {
      classified.add(question);
      throw new ModelError(
        429,
        `Rate limit reached for ${request.model} on requests per minute. Please try again in 40ms.`,
        {
          code: 'rate_limit_exceeded',
          retryAfterMs: 40,
        },
      );
    }
    return answer(request);
  }, SCRIPTED_MODELS);
}
