import {
  createSpanLink,
  perInstance,
  SessionScoped,
  TraceAgent,
  traceAgentExecution,
  traced,
  TraceFunction,
  withMetadata,
  withoutTracing,
} from '../../lib/index.js';

// Selectors see the call: any call, or the one of the method that is named.

export class Service {
  @TraceFunction<Service['analyze']>({
    spanName: ({ args: [text] }) => text.trim(),
    attributes: ({ args: [text, options] }) => ({ length: text.length, deep: options?.deep }),
    resultAttributes: (result, { args }) => ({ score: result.score.toFixed(args[0].length) }),
    usage: ({ score }) => ({ prompt: score }),
    links: ({ args }) => [createSpanLink(undefined, { text: args[0] })],
    captureArgs: ['text'] as const,
  })
  async analyze(text: string, options?: { deep: boolean }) {
    return Promise.resolve({ score: text.length + Number(options?.deep) });
  }

  // @ts-expect-error the argument is a string
  @TraceFunction<Service['wrongArgument']>({ attributes: ({ args: [text] }) => ({ x: text.toFixed() }) })
  wrongArgument(text: string): string {
    return text;
  }
  // @ts-expect-error the result is a number
  @TraceFunction<Service['wrongResult']>({ resultAttributes: (result) => ({ x: result.trim() }) })
  wrongResult(): Promise<number> {
    return Promise.resolve(1);
  }

  @SessionScoped<Service['scoped']>({
    sessionId: ({ args: [request] }) => request.session,
    userId: undefined,
    tags: ({ methodName, className }) => [methodName, className ?? ''],
    metadata: () => ({ any: ['thing'] }),
  })
  scoped(request: { session: string }): string {
    return request.session;
  }
  @SessionScoped({ sessionId: perInstance() }) each(): void {}

  @TraceAgent<Service['agent']>({ agentName: ({ args: [name] }) => name, agentRole: undefined }) agent(
    name: string,
  ): string {
    return name;
  }
}

export const plain: (value: number) => string = traced((value: number) => String(value), {
  attributes: ({ args: [value] }) => ({ value: value.toFixed() }),
});
export const identity = traced(<T>(value: T): T => value);
export const text: string = identity('x');
// @ts-expect-error the function's own types stay
identity<number>('x');

function overloaded(value: string): string;
function overloaded(value: number): number;
function overloaded(value: string | number): string | number {
  return value;
}
const tracedOverloads = traced(overloaded, { spanName: 'overloaded' });
export const results: [string, number] = [tracedOverloads('x'), tracedOverloads(1)];

export const blocks: [number, Promise<string>, string] = [
  withMetadata({ userId: 'u' }, () => 1),
  traceAgentExecution({ agentName: 'a', inputData: [1] }, async (span) => Promise.resolve(span.spanContext().spanId)),
  withoutTracing(() => 'x'),
];
