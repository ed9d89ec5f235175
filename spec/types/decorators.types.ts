import type OpenAI from 'openai';
import {
  definePrompt,
  PromptTemplate,
  SessionScoped,
  TraceAgent,
  traced,
  TraceFunction,
  Untraced,
} from '../../lib/index.js';

// Compiled in both decorator protocols: what must compile does, and each line under @ts-expect-error does not.

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

export abstract class Good {
  protected constructor(readonly name: string) {}

  @TraceFunction() generic<T>(value: T): T {
    return value;
  }
  @TraceFunction() isText(value: unknown): value is string {
    return typeof value === 'string';
  }
  @TraceFunction() chain(): this {
    return this;
  }
  @TraceFunction() static make(count: number): number {
    return count;
  }
  overloaded(value: string): string;
  overloaded(value: number): number;
  @TraceFunction() overloaded(value: string | number): string | number {
    return value;
  }
  @PromptTemplate('Hi {name}') greet(person: { name: string; age?: number }): string {
    return person.name;
  }
  @PromptTemplate('Hi {name}', { name: 'Bob' }) greetBob(): void {}
  @PromptTemplate('{ "json": true, "text": {text} } {{more}}', () => ({ text: 1, more: 2 })) json(): void {}
  @PromptTemplate<'Hi {name}', Good['typed']>('Hi {name}', ({ args: [name] }) => ({ name: name.trim() })) typed(
    name: string,
  ): string {
    return name;
  }
  @TraceFunction<Good['measured']>({
    attributes: ({ args: [text] }) => ({ length: text.length }),
    resultAttributes: (result, { args }) => ({ rounded: result.toFixed(args[0].length) }),
  })
  async measured(text: string): Promise<number> {
    return Promise.resolve(text.length);
  }
  @Untraced() left(): void {}
  @SessionScoped() session(): void {}
}

export class Bad {
  // @ts-expect-error a getter
  @TraceFunction() get model(): number {
    return 1;
  }
  // @ts-expect-error a setter
  @TraceFunction() set other(value: number) {
    void value;
  }
  // @ts-expect-error a field that holds no function
  @TraceFunction() count = 1;
  // @ts-expect-error an unknown option
  @TraceFunction({ spanname: 'x' }) unknownOption(): void {}
  // @ts-expect-error an unknown kind
  @TraceFunction({ spanKind: 'LMM' }) unknownKind(): void {}
  // @ts-expect-error a wrong type
  @TraceFunction({ captureResult: 'yes' }) wrongType(): void {}
  // @ts-expect-error no parentheses
  @TraceFunction bareFunction(): void {}
  // @ts-expect-error no parentheses
  @TraceAgent bareAgent(): void {}
  // @ts-expect-error no parentheses
  @SessionScoped bareSession(): void {}
  // @ts-expect-error no parentheses
  @Untraced bareUntraced(): void {}
  // @ts-expect-error no agentName
  @TraceAgent({ agentRole: 'x' }) nameless(): void {}
  // @ts-expect-error the first argument lacks the variable
  @PromptTemplate('Hi {name}') variables(person: { nam: string }): string {
    return person.nam;
  }
  // @ts-expect-error the mapping lacks the variable
  @PromptTemplate('Hi {name}', ({ args }) => ({ nam: args[0] })) mapping(name: string): string {
    return name;
  }
  // @ts-expect-error the values lack the variable
  @PromptTemplate('Hi {first} {last}', { first: 1 }) values(): void {}
}

// @ts-expect-error a class cannot be left untraced
@Untraced()
export class Whole {}

// @ts-expect-error missing
classifyPrompt.render({});
// @ts-expect-error one too many
classifyPrompt.render({ transcript: 'x', more: 1 });
definePrompt({ name: 'plain', template: 'no variables' }).render();

export const both: (value: number) => string = traced((value: number) => String(value));
export const identity = traced(<T>(value: T): T => value);
export const text: string = identity('x');
// @ts-expect-error the function's own types stay
identity<number>('x');
