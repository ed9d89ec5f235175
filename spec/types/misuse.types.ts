import { PromptTemplate, SessionScoped, TraceAgent, traced, TraceFunction, Untraced } from '../../lib/index.js';

// What the compiler refuses, in both decorator protocols.

export class Bad {
  // @ts-expect-error a getter
  @TraceFunction() get model(): number {
    return 1;
  }
  // @ts-expect-error a setter
  @TraceFunction() set other(value: number) {
    void value;
  }
  // @ts-expect-error a getter
  @PromptTemplate('Hi') get prompted(): number {
    return 1;
  }
  // @ts-expect-error a getter
  @SessionScoped() static get session(): number {
    return 1;
  }
  // @ts-expect-error a field that holds no function
  @TraceFunction() count = 1;
  // @ts-expect-error a field that may hold none
  @SessionScoped() maybe: (() => void) | undefined;

  // @ts-expect-error an unknown option
  @TraceFunction({ spanname: 'x' }) unknownOption(): void {}
  // @ts-expect-error an option of another decorator
  @SessionScoped({ agentName: 'x' }) foreignOption(): void {}
  // @ts-expect-error an agent's kind is AGENT
  @TraceAgent({ agentName: 'x', spanKind: 'LLM' }) agentKind(): void {}
  // @ts-expect-error an unknown kind
  @TraceFunction({ spanKind: 'LMM' }) unknownKind(): void {}
  // @ts-expect-error a wrong type
  @TraceFunction({ captureResult: 'yes' }) wrongType(): void {}
  // @ts-expect-error tags are a list
  @SessionScoped({ tags: 'production' }) wrongTags(): void {}
  // @ts-expect-error a selector of a wrong type
  @SessionScoped({ sessionId: () => 1 }) wrongSelector(): void {}
  // @ts-expect-error a service without price()
  @TraceFunction({ pricing: {} }) wrongService(): void {}
  // @ts-expect-error no agentName
  @TraceAgent({ agentRole: 'x' }) nameless(): void {}
  // @ts-expect-error no options
  @TraceAgent() empty(): void {}

  // @ts-expect-error no parentheses
  @TraceFunction bareFunction(): void {}
  // @ts-expect-error no parentheses
  @TraceAgent bareAgent(): void {}
  // @ts-expect-error no parentheses
  @SessionScoped bareSession(): void {}
  // @ts-expect-error no parentheses
  @PromptTemplate barePrompt(): void {}
  // @ts-expect-error no parentheses
  @Untraced bareUntraced(): void {}

  // @ts-expect-error the options are typed for another method
  @TraceFunction<Bad['typed']>() elsewhere(text: boolean): boolean {
    return text;
  }
  typed(count: number): number {
    return count;
  }
}

// @ts-expect-error a class cannot be left untraced
@Untraced()
export class Whole {}

// @ts-expect-error no parentheses
@TraceFunction
export class Bare {}

// @ts-expect-error no function
traced(1);
// @ts-expect-error an unknown option
traced(() => 1, { spanname: 'x' });
