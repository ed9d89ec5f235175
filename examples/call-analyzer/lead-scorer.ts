import OpenAI from 'openai';
import { PromptTemplate, TraceFunction } from 'spandrel';
import { InjectWith } from 'spandrel/tsyringe';
import type { LeadScore } from './findings.js';
import { jsonAnswer } from './json-answer.js';
import { MODELS, type Models } from './models.js';
import { SCORER_SYSTEM, scorePrompt } from './prompts.js';
import type { Transcript } from './transcript.js';

/** Scores a call with the company's own model, which speaks OpenAI's wire format and has no price in any catalogue. */
@InjectWith(OpenAI, MODELS)
export class LeadScorer {
  constructor(
    private readonly openai: OpenAI,
    private readonly models: Models,
  ) {}

  async score({ text }: Transcript): Promise<LeadScore> {
    const completion = await this.ask(text, this.models.scorer);
    return jsonAnswer<LeadScore>(completion.choices[0]?.message.content);
  }

  @TraceFunction({ spanKind: 'LLM', modelNameAttr: 'model' })
  @PromptTemplate(scorePrompt, ({ args: [transcript] }) => ({ transcript }))
  ask(transcript: string, model: string) {
    return this.openai.chat.completions.create({
      model,
      max_completion_tokens: 200,
      messages: [
        { role: 'system', content: SCORER_SYSTEM },
        { role: 'user', content: scorePrompt.render({ transcript }) },
      ],
    });
  }
}
