import type Anthropic from '@anthropic-ai/sdk';
import type {
  Message,
  MessageCreateParamsNonStreaming,
  MessageParam,
  ToolResultBlockParam,
} from '@anthropic-ai/sdk/resources/messages';
import { createSpanLink, PromptTemplate, TraceAgent, TraceFunction } from 'spandrel';
import type { Briefing, TechnicalEvaluation } from './findings.js';
import { jsonAnswer } from './json-answer.js';
import type { Models } from './models.js';
import { TECHNICAL_SYSTEM, technicalPrompt } from './prompts.js';
import { anthropicTool, runTool, type Tool } from './tools/tool.js';
import type { Transcript } from './transcript.js';

const MOST_ROUNDS = 6;

/** Judges the technical answers: looks passages up, rates them by a rubric, gives a verdict. On Anthropic. */
export class TechnicalEvaluator {
  constructor(
    private readonly anthropic: Anthropic,
    private readonly models: Models,
    private readonly tools: readonly Tool[],
  ) {}

  @TraceAgent<TechnicalEvaluator['evaluate']>({
    agentName: 'technical_evaluator',
    agentRole: 'Senior Technical Architect',
    taskDescription: 'Evaluate technical depth',
    modelName: ({ self }) => self.models.technical,
    links: ({ args: [{ classifiedIn }] }) => [createSpanLink(classifiedIn, { 'link.type': 'classification' })],
  })
  @PromptTemplate(technicalPrompt, ({ args: [briefing] }) => technicalVariables(briefing))
  async evaluate(briefing: Briefing): Promise<TechnicalEvaluation> {
    const question = technicalPrompt.render(technicalVariables(briefing));
    const messages: MessageParam[] = [
      { role: 'user', content: [{ type: 'text', text: question, cache_control: { type: 'ephemeral' } }] },
    ];
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const answer = await this.ask({
        model: this.models.technical,
        max_tokens: 2_000,
        system: [{ type: 'text', text: TECHNICAL_SYSTEM, cache_control: { type: 'ephemeral' } }],
        tools: this.tools.map(anthropicTool),
        messages,
      });
      if (answer.stop_reason !== 'tool_use') return jsonAnswer<TechnicalEvaluation>(textOf(answer));
      messages.push(
        { role: 'assistant', content: answer.content },
        { role: 'user', content: this.results(answer, briefing.transcript) },
      );
    }
    throw new Error(`The technical evaluator came to no end in ${MOST_ROUNDS} rounds.`);
  }

  @TraceFunction({ spanKind: 'LLM', modelNameAttr: 'model' })
  ask(request: MessageCreateParamsNonStreaming) {
    return this.anthropic.messages.create(request);
  }

  private results(answer: Message, transcript: Transcript): ToolResultBlockParam[] {
    return answer.content
      .filter((block) => block.type === 'tool_use')
      .map(({ id, name, input }) => {
        const { content, failed } = runTool(this.tools, name, input, transcript);
        return { type: 'tool_result', tool_use_id: id, content, is_error: failed };
      });
  }
}

function technicalVariables({ classification, transcript }: Briefing) {
  return { callType: classification.callType, transcript: transcript.text };
}

function textOf({ content }: Message): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}
