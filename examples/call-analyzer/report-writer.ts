import Anthropic from '@anthropic-ai/sdk';
import type { MessageCreateParamsStreaming } from '@anthropic-ai/sdk/resources/messages';
import { PromptTemplate, TraceAgent, TraceFunction } from 'spandrel';
import { InjectWith } from 'spandrel/tsyringe';
import type { CallReport } from './findings.js';
import { MODELS, type Models } from './models.js';
import { REPORT_SYSTEM, reportPrompt } from './prompts.js';

/** What the report is made of. */
export type Evaluations = Omit<CallReport, 'text'>;

/** Compiles the evaluations into a report that a sales lead reads in a minute. */
@InjectWith(Anthropic, MODELS)
export class ReportWriter {
  constructor(
    private readonly anthropic: Anthropic,
    private readonly models: Models,
  ) {}

  @TraceAgent({
    agentName: 'report_writer',
    agentRole: 'Sales Operations Editor',
    taskDescription: 'Compile the report',
    modelName: ({ self }) => self.models.report,
  })
  @PromptTemplate(reportPrompt, ({ args: [evaluations] }) => evaluations)
  async write(evaluations: Evaluations): Promise<string> {
    const stream = await this.ask({
      model: this.models.report,
      max_tokens: 600,
      system: REPORT_SYSTEM,
      messages: [{ role: 'user', content: reportPrompt.render(evaluations) }],
      stream: true,
    });
    let text = '';
    for await (const event of stream) {
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
    }
    return text;
  }

  @TraceFunction({ spanKind: 'LLM', modelNameAttr: 'model' })
  ask(request: MessageCreateParamsStreaming) {
    return this.anthropic.messages.create(request);
  }
}
