// Compiled by every compiler, under both decorator protocols.
import { definePrompt, PromptTemplate, SessionScoped, TraceAgent, TraceFunction, TraceLLM, Untraced } from 'spandrel';
import { InjectWith } from 'spandrel/tsyringe';

export interface Completion {
  readonly id: string;
  readonly object: string;
  readonly model: string;
  readonly choices: readonly { readonly message: { readonly role: string; readonly content: string } }[];
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number };
}

export class Model {
  async complete(model: string, content: string): Promise<Completion> {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return {
      id: `chatcmpl-${Math.random()}`,
      object: 'chat.completion',
      model,
      choices: [{ message: { role: 'assistant', content: `A sales call: ${content.length} characters.` } }],
      usage: { prompt_tokens: 1_000, completion_tokens: 500 },
    };
  }
}

const prompt = definePrompt({ name: 'classify', version: '2.0', template: 'What kind of call is this? {transcript}' });

@InjectWith(Model)
@SessionScoped({ sessionId: 'session-7', tags: ['production'] })
export class Analyzer {
  constructor(private readonly model: Model) {}

  @TraceAgent({ agentName: 'classifier', agentRole: 'Sales analyst' })
  async analyze(transcript: string): Promise<string[]> {
    const completion = await this.classify(transcript, 'small-model');
    const words: string[] = [];
    for await (const word of this.words(completion.choices[0]?.message.content ?? '')) words.push(word);
    return words;
  }

  @TraceLLM({ modelNameAttr: 'model' })
  @PromptTemplate(prompt, ({ args: [transcript] }) => ({ transcript }))
  classify(transcript: string, model: string): Promise<Completion> {
    return this.model.complete(model, prompt.render({ transcript }));
  }

  @TraceFunction()
  async *words(text: string): AsyncGenerator<string> {
    for (const word of text.split(' ')) yield word;
  }

  @TraceFunction({ spanKind: 'TOOL', captureArgs: ['key'] })
  static lookUp(key: string, password: string): number {
    return key.length + password.length;
  }
}

/** A class decorator, with one method left out; what it inherits is the base's own. */
@TraceFunction()
export class Store {
  readonly kept: Map<string, string> = new Map();

  save(key: string, value: { readonly apiKey?: string; readonly note: string }): boolean {
    this.kept.set(key, value.note);
    return this.has(key);
  }

  *keys(): Generator<string> {
    yield* this.kept.keys();
  }

  @Untraced()
  has(key: string): boolean {
    return this.kept.has(key);
  }
}

export class Base {
  @TraceFunction()
  greet(name: string): string {
    return `Hello ${name}`;
  }

  @TraceFunction()
  fail(): never {
    throw new RangeError('no room for user with token sk-abcdefghijklmnop1234');
  }
}

export class Derived extends Base {
  @TraceFunction()
  override greet(name: string): string {
    return `${super.greet(name)}!`;
  }
}
