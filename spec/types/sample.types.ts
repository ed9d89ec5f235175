import type OpenAI from 'openai';
import { definePrompt, PromptTemplate, SessionScoped, TraceAgent, TraceFunction } from '../../lib/index.js';

// What the package looks like in use, in both decorator protocols and against the real client's types.

const classifyPrompt = definePrompt({
  name: 'classify',
  version: '2.0',
  template: 'Analyze this call: {transcript}',
});

@SessionScoped({ sessionId: ({ self }) => self.sessionId, tags: ['production'] })
export class CallAnalyzer {
  constructor(
    readonly sessionId: string,
    private readonly llm: OpenAI,
  ) {}

  @TraceFunction({ spanKind: 'LLM', modelNameAttr: 'model' })
  @PromptTemplate(classifyPrompt, ({ args: [transcript] }) => ({ transcript }))
  classify(transcript: string, model: string) {
    return this.llm.chat.completions.create({
      model,
      messages: [{ role: 'user', content: classifyPrompt.render({ transcript }) }],
    });
  }

  @TraceAgent({
    agentName: 'technical_evaluator',
    agentRole: 'Senior Technical Architect',
    taskDescription: 'Evaluate technical depth',
  })
  async *evaluate(transcript: string) {
    yield await Promise.resolve(transcript);
  }
}

export async function use(analyzer: CallAnalyzer): Promise<void> {
  const { data, request_id } = await analyzer.classify('Hello.', 'gpt-5').withResponse();
  const content: string | null | undefined = data.choices[0]?.message.content;
  for await (const finding of analyzer.evaluate('Hello.')) finding.trim();
  void [content, request_id];
}
