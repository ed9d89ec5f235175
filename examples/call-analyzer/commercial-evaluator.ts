import OpenAI from 'openai';
import type {
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessage,
  ChatCompletionMessageParam,
  ChatCompletionToolMessageParam,
} from 'openai/resources/chat/completions';
import { createSpanLink, PromptTemplate, TraceAgent, TraceFunction } from 'spandrel';
import type { Briefing } from './findings.js';
import type { Models } from './models.js';
import { COMMERCIAL_SYSTEM, commercialPrompt } from './prompts.js';
import { openAiTool, runTool, type Tool } from './tools/tool.js';
import type { Transcript } from './transcript.js';

/** Judges what a call means for the deal. On OpenAI; gathers facts with tools, then streams what it finds. */
export class CommercialEvaluator {
  constructor(
    private readonly openai: OpenAI,
    private readonly models: Models,
    private readonly tools: readonly Tool[],
  ) {}

  @TraceAgent<CommercialEvaluator['evaluate']>({
    agentName: 'commercial_evaluator',
    agentRole: 'Deal Desk Analyst',
    taskDescription: 'Evaluate deal value, objections and risk',
    links: ({ args: [{ classifiedIn }] }) => [createSpanLink(classifiedIn, { 'link.type': 'classification' })],
  })
  @PromptTemplate(commercialPrompt, ({ args: [briefing] }) => commercialVariables(briefing))
  async *evaluate(briefing: Briefing): AsyncGenerator<string, void, undefined> {
    const messages: ChatCompletionMessageParam[] = [
      { role: 'system', content: COMMERCIAL_SYSTEM },
      { role: 'user', content: commercialPrompt.render(commercialVariables(briefing)) },
    ];
    const { model, message } = await this.gather(messages);
    messages.push(message, ...this.results(message, briefing.transcript));

    // With the same tools, though it may not use them: the prompt then begins as before, and comes from OpenAI's cache.
    const stream = await this.askForFindings({
      model,
      messages,
      tools: this.tools.map(openAiTool),
      tool_choice: 'none',
      stream: true,
      stream_options: { include_usage: true },
    });
    for await (const chunk of stream) {
      const text = chunk.choices[0]?.delta.content;
      if (text) yield text;
    }
  }

  /** Lets the model ask for its tools. The fine-tuned model may have been retired: then the standard one does the work. */
  private async gather(
    messages: ChatCompletionMessageParam[],
  ): Promise<{ model: string; message: ChatCompletionMessage }> {
    const tools = this.tools.map(openAiTool);
    const withModel = async (model: string) => {
      const completion = await this.askForTools({ model, messages, tools });
      const message = completion.choices[0]?.message;
      if (message === undefined) throw new Error(`${model} gave no answer.`);
      return { model, message };
    };
    try {
      return await withModel(this.models.commercial);
    } catch (error) {
      if (!(error instanceof OpenAI.NotFoundError)) throw error;
      return withModel(this.models.commercialFallback);
    }
  }

  @TraceFunction({ spanKind: 'LLM', modelNameAttr: 'model' })
  askForTools(request: ChatCompletionCreateParamsNonStreaming) {
    return this.openai.chat.completions.create(request);
  }

  /** Its span lasts until the last chunk has been read. */
  @TraceFunction({ spanKind: 'LLM', modelNameAttr: 'model' })
  askForFindings(request: ChatCompletionCreateParamsStreaming) {
    return this.openai.chat.completions.create(request);
  }

  private results(
    { tool_calls: calls = [] }: ChatCompletionMessage,
    transcript: Transcript,
  ): ChatCompletionToolMessageParam[] {
    return calls
      .filter((call) => call.type === 'function')
      .map(({ id, function: { name, arguments: input } }) => {
        const { content } = runTool(this.tools, name, JSON.parse(input), transcript);
        return { role: 'tool', tool_call_id: id, content };
      });
  }
}

function commercialVariables({ classification, transcript }: Briefing) {
  return { callType: classification.callType, accountId: transcript.accountId, transcript: transcript.text };
}
