import {
  configure,
  definePrompt,
  PromptTemplate,
  SessionScoped,
  TraceAgent,
  traced,
  traceAgentExecution,
  TraceFunction,
  Untraced,
  withMetadata,
  withPromptTemplate,
} from '../../lib/index.js';

/** Applies a decorator as the compiled protocol would, to a member of this kind. */
function apply(decorator: any, kind: 'method' | 'getter' | 'setter' | 'accessor' | 'field', key = 'model'): unknown {
  if (DECORATOR_MODE === 'standard') {
    const value = kind === 'field' ? undefined : () => 1;
    return decorator(value, { kind, name: key, static: false, private: false, metadata: {}, addInitializer() {} });
  }
  const descriptor = {
    method: { value: () => 1 },
    getter: { get: () => 1 },
    setter: { set: () => {} },
    accessor: { get: () => 1, set: () => {} },
    field: undefined,
  }[kind];
  return decorator({}, key, descriptor && { configurable: true, ...descriptor });
}

it.each(['getter', 'setter', 'accessor'] as const)('a decorator on a %s throws, with the cure', (kind) => {
  expect(() => apply(TraceFunction(), kind)).toThrow(
    /^@TraceFunction cannot decorate the \w+ "model"\. Move the work to a method, or use traced\(\) inside/,
  );
});

it('a decorator on a field throws under legacy decorators, with the cure', () => {
  if (DECORATOR_MODE === 'legacy')
    expect(() => apply(TraceFunction(), 'field')).toThrow(
      /cannot decorate the field "model" under experimentalDecorators.+traced\(fn\)/,
    );
  else expect(apply(TraceFunction(), 'field')).toBeInstanceOf(Function);
});

it('a decorator on a parameter throws', () => {
  expect(() => (TraceFunction() as any)({}, 'method', 0)).toThrow(
    '@TraceFunction cannot decorate a parameter. Put it on the method.',
  );
});

it.each<[string, any]>([
  ['TraceFunction', TraceFunction],
  ['TraceAgent', TraceAgent],
  ['SessionScoped', SessionScoped],
  ['PromptTemplate', PromptTemplate],
  ['Untraced', Untraced],
])('@%s without its parentheses throws', (name, decorator) => {
  expect(() => apply(decorator, 'method')).toThrow(`@${name} needs parentheses`);
  expect(() => decorator(class {})).toThrow(`@${name} needs parentheses`);
});

it.each<[string, () => unknown, string]>([
  [
    'an unknown option',
    () => TraceFunction({ spanname: 'x' } as never),
    '@TraceFunction: unknown option "spanname". Did you mean "spanName"?',
  ],
  [
    'an unknown kind',
    () => TraceFunction({ spanKind: 'AGNT' as never }),
    '@TraceFunction: unknown spanKind "AGNT". Did you mean "AGENT"?',
  ],
  [
    'a wrong type',
    () => TraceFunction({ captureResult: 1 as never }),
    '@TraceFunction: expected captureResult to be true or false, got number.',
  ],
  ['no options object', () => TraceFunction('x' as never), '@TraceFunction: expected an options object, got string.'],
  ['an agent without a name', () => TraceAgent({} as never), '@TraceAgent: agentName is required'],
  [
    'an option of another decorator',
    () => SessionScoped({ agentName: 'x' } as never),
    '@SessionScoped: unknown option "agentName"',
  ],
  ['no template', () => PromptTemplate(undefined as never), '@PromptTemplate: expected a template'],
  [
    'an empty version',
    () => PromptTemplate({ template: 'x', version: '' }),
    '@PromptTemplate: expected version to be a text that is not empty.',
  ],
  [
    'a rule that is none',
    () => traced(() => 1, { redact: { pattern: /x/ } as never }),
    'traced: redact: unknown rule "pattern"',
  ],
  [
    'a pattern that is none',
    () => TraceFunction({ redact: { patterns: ['x' as never] } }),
    '@TraceFunction: redact.patterns: expected regular expressions, got string.',
  ],
  [
    'no rules at all',
    () => TraceFunction({ redact: 'x' as never }),
    '@TraceFunction: expected redact to be rules or a function, got "x".',
  ],
  [
    'a function given to a decorator',
    () => TraceFunction((() => 1) as never),
    '@TraceFunction needs parentheses: write @TraceFunction(). To trace a function, write traced(fn).',
  ],
  [
    'options that are null',
    () => SessionScoped(null as never),
    '@SessionScoped: expected an options object, got null.',
  ],
  ['options that are a list', () => TraceAgent([] as never), '@TraceAgent: expected an options object, got an array.'],
  [
    'variables that are a text',
    () => PromptTemplate('x', 'y' as never),
    '@PromptTemplate: expected the variables as an object or a function of the call, got string.',
  ],
  [
    'no parameter names',
    () => TraceFunction({ captureArgs: [1] as never }),
    '@TraceFunction: expected captureArgs to be true, false or a list of parameter names, got object.',
  ],
  [
    'a service without price()',
    () => TraceFunction({ pricing: {} as never }),
    '@TraceFunction: expected pricing to be a PricingService (an object with price()), got object.',
  ],
  [
    'an empty version of a prompt',
    () => definePrompt({ name: 'p', version: ' ', template: 'x' }),
    'definePrompt("p"): expected version to be a text that is not empty.',
  ],
  [
    'an agent block without options',
    () => traceAgentExecution(undefined as never, () => 1),
    'traceAgentExecution: expected an options object, got undefined.',
  ],
  [
    'a template block without options',
    () => withPromptTemplate(null as never, () => 1),
    'withPromptTemplate: expected an options object, got null.',
  ],
  [
    'a prompt without a name',
    () => definePrompt({ name: '', template: 'x' }),
    'definePrompt: expected a name that is not empty.',
  ],
  [
    'a missing variable',
    () => definePrompt({ name: 'p', template: 'Hi {name}' }).render({} as never),
    'The prompt "p" is missing "name": pass it to render().',
  ],
  ['traced of no function', () => traced(1 as never), 'traced: expected a function, got number.'],
  [
    'traced of a class',
    () => traced(class Foo {} as never),
    'traced: "Foo" is a class. Decorate it with @TraceFunction().',
  ],
  [
    'a block without its function',
    () => withMetadata({}, undefined as never),
    'withMetadata: expected a function to run as the last argument, got undefined.',
  ],
  [
    'an unknown option of a block',
    () => withMetadata({ session: 'x' } as never, () => 1),
    'withMetadata: unknown option "session". Did you mean "sessionId"?',
  ],
  [
    'a template block without a template',
    () => withPromptTemplate({ version: '1' } as never, () => 1),
    'withPromptTemplate: expected a template',
  ],
  [
    'an agent block without a name',
    () => traceAgentExecution({} as never, () => 1),
    'traceAgentExecution: agentName is required',
  ],
  [
    'an unknown setting',
    () => configure({ captureArg: true } as never),
    'configure: unknown option "captureArg". Did you mean "captureArgs"?',
  ],
  [
    'a limit that is none',
    () => configure({ limits: { depth: 0 } }),
    'configure({ limits: { depth } }): expected a whole number of at least 1, or false for none, got 0.',
  ],
])('%s throws, with the cure', (_, act, message) => {
  expect(act).toThrow(message);
});

it('@Untraced on a class throws', () => {
  expect(() => (Untraced() as any)(class Service { run() {} }, DECORATOR_MODE === 'standard' ? { kind: 'class', name: 'Service', metadata: {} } : undefined)).toThrow('@Untraced cannot decorate a class.'); // prettier-ignore
});

it.each<[string, any, string]>([
  ['TraceFunction', TraceFunction, '@TraceFunction needs parentheses: write @TraceFunction().'],
  ['TraceAgent', TraceAgent, "@TraceAgent needs parentheses: write @TraceAgent({ agentName: '…' })."],
  ['PromptTemplate', PromptTemplate, "@PromptTemplate needs parentheses: write @PromptTemplate('…')."],
])('@%s without its parentheses says what to write', (_, decorator, message) => {
  expect(() => apply(decorator, 'method')).toThrow(message);
});

it('a field that Babel’s legacy decorators describe by its initializer throws, with the cure', () => {
  expect(() => (TraceFunction() as any)({}, 'handler', { initializer: () => () => 1 })).toThrow(
    'cannot decorate the field "handler" under experimentalDecorators',
  );
});
