// Names are given by option: a minifier takes those of classes and methods away.
import 'reflect-metadata';
import { definePrompt, PromptTemplate, SessionScoped, TraceFunction, TraceLLM } from 'spandrel';
import { testTracing } from 'spandrel/testing';

const prompt = definePrompt({ name: 'classify', version: '2.0', template: 'What is this? {transcript}' });

@SessionScoped({ sessionId: 'session-7' })
class Analyzer {
  @TraceFunction({ spanName: 'analyze', parameters: ['transcript'] })
  async analyze(transcript: string): Promise<string> {
    return (await this.classify(transcript, 'small-model')).choices[0]?.message.content ?? '';
  }

  @TraceLLM({ spanName: 'classify', modelNameAttr: 'model', parameters: ['transcript', 'model'] })
  @PromptTemplate(prompt, ({ args: [transcript] }) => ({ transcript }))
  async classify(transcript: string, model: string) {
    return {
      ...{ id: 'chatcmpl-1', object: 'chat.completion', model },
      choices: [{ message: { role: 'assistant', content: `${transcript.length} characters` } }],
      usage: { prompt_tokens: 1_000, completion_tokens: 500 },
    };
  }
}

async function main(): Promise<void> {
  const tracing = testTracing({ modelCosts: { 'small-model': { input: 0.25, output: 1.25 } } });
  await new Analyzer().analyze('Ana: Does it scale?');
  console.log(tracing.tree());
  for (const { attributes } of tracing.spans) console.log(attributes['input.value'], attributes['session.id']);
  await tracing.shutdown();
}

void main();
