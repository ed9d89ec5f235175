import { trace, type SpanContext } from '@opentelemetry/api';
import OpenAI from 'openai';
import { PromptTemplate, TraceFunction } from 'spandrel';
import { InjectWith } from 'spandrel/tsyringe';
import type { Classification } from './findings.js';
import { jsonAnswer } from './json-answer.js';
import { MODELS, type Models } from './models.js';
import { CLASSIFIER_SYSTEM, classifyPrompt } from './prompts.js';
import type { Transcript } from './transcript.js';

/** Says what kind of call a transcript is. */
@InjectWith(OpenAI, MODELS)
export class Classifier {
  constructor(
    private readonly openai: OpenAI,
    private readonly models: Models,
  ) {}

  /** The classification, and the span in which it was made, for others to link to. */
  @TraceFunction({ captureArgs: false })
  async classify({ text }: Transcript): Promise<{ classification: Classification; span: SpanContext | undefined }> {
    const completion = await this.ask(text, this.models.classifier);
    const classification = jsonAnswer<Classification>(completion.choices[0]?.message.content);
    return { classification, span: trace.getActiveSpan()?.spanContext() };
  }

  // One method for the call of the model alone: tokens and dollars stand on its span.
  @TraceFunction({ spanKind: 'LLM', modelNameAttr: 'model' })
  @PromptTemplate(classifyPrompt, ({ args: [transcript] }) => ({ transcript }))
  ask(transcript: string, model: string) {
    return this.openai.chat.completions.create({
      model,
      response_format: { type: 'json_object' },
      messages: [
        { role: 'system', content: CLASSIFIER_SYSTEM },
        { role: 'user', content: classifyPrompt.render({ transcript }) },
      ],
    });
  }
}
