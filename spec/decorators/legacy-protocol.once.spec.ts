import { PromptTemplate, SessionScoped, TraceFunction, Untraced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

// The legacy protocol by hand, as compilers emit it: it works where standard decorators are compiled, too.

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());
const spans = (...names: string[]) =>
  tracing.spans.map(({ name, attributes }) => [name, ...names.map((key) => attributes[key])]);

/** Applies legacy decorators to a member, the last one first. */
function decorate(target: object, key: string | symbol, ...decorators: unknown[]): void {
  let descriptor = Object.getOwnPropertyDescriptor(target, key);
  for (const decorator of decorators.reverse() as ((...args: unknown[]) => PropertyDescriptor | undefined)[])
    descriptor = decorator(target, key, descriptor) ?? descriptor;
  if (descriptor) Object.defineProperty(target, key, descriptor);
}

const hidden = Symbol('hidden');

it('methods of every place are traced under their class, and stay as they were defined', () => {
  class Service {
    run(x: number) {
      return x;
    }
    [hidden]() {
      return 'h';
    }
    static run(x: number) {
      return -x;
    }
  }
  Object.defineProperty(Service.prototype, 'fixed', { value: () => 'f', enumerable: true, configurable: true });
  for (const key of ['run', hidden, 'fixed']) decorate(Service.prototype, key, TraceFunction());
  decorate(Service, 'run', TraceFunction({ spanKind: 'TOOL' }));
  const service = new Service() as Service & { fixed(): string };
  expect([service.run(1), service[hidden](), service.fixed(), Service.run(2)]).toEqual([1, 'h', 'f', -2]);
  expect(spans('openinference.span.kind')).toEqual([
    ['Service.run', 'CHAIN'],
    ['Service.[hidden]', 'CHAIN'],
    ['Service.fixed', 'CHAIN'],
    ['Service.run', 'TOOL'],
  ]);
  expect(Object.getOwnPropertyDescriptor(Service.prototype, 'fixed')).toMatchObject({ enumerable: true, writable: false }); // prettier-ignore
});

it('a class’s decorator and its members’ fold into one plan each, statics apart from others of their name', () => {
  class Service {
    run() {}
    left() {}
    static run() {}
    static left() {}
  }
  decorate(Service.prototype, 'run', TraceFunction({ spanKind: 'TOOL' }));
  decorate(Service.prototype, 'left', Untraced());
  decorate(Service, 'run', TraceFunction({ spanKind: 'RETRIEVER' }));
  TraceFunction({ captureArgs: false })(Service);
  SessionScoped({ sessionId: 's' })(Service);
  const service = new Service();
  for (const call of [service.run, service.left, Service.run, Service.left]) call();
  expect(spans('openinference.span.kind', 'session.id')).toEqual([
    ['Service.run', 'TOOL', 's'],
    ['Service.run', 'RETRIEVER', 's'],
    ['Service.left', 'CHAIN', 's'],
  ]);
});

it('on a class of standard decorators, by hand, they fold with what is there', () => {
  class Service {
    @TraceFunction({ spanKind: 'TOOL' }) run() {}
    @TraceFunction({ spanKind: 'RETRIEVER' }) static run() {}
    @Untraced() left() {}
  }
  TraceFunction({ captureArgs: false })(Service);
  SessionScoped({ sessionId: 's' })(Service);
  new Service().run();
  new Service().left();
  Service.run();
  expect(spans('openinference.span.kind', 'session.id')).toEqual([
    ['Service.run', 'TOOL', 's'],
    ['Service.run', 'RETRIEVER', 's'],
  ]);
});

it('classes of functions are decorated, and stay the constructors they were', () => {
  function Old(this: { at: number }, at: number) {
    this.at = at;
  }
  Old.prototype.read = function (this: { at: number }) {
    return this.at;
  };
  const handler = () => 'field';
  Object.assign(Old, { handler });
  Object.defineProperty(Old, 'make', { value: () => 'made', configurable: true, writable: true });
  TraceFunction()(Old as never);
  const old = new (Old as any)(3);
  expect([old.read(), old.constructor, (Old as any).handler, (Old as any).make()]).toEqual([3, Old, handler, 'made']);
  expect(spans()).toEqual([['Old.read'], ['Old.make']]);
});

it.each<[string, PropertyDescriptor | number | undefined, string]>([
  ['getter', { get: () => 1 }, 'the getter "model". Move the work to a method, or use traced() inside it.'],
  ['setter', { set: () => {} }, 'the setter "model". Move the work to a method, or use traced() inside it.'],
  ['property', { value: 1 }, 'the property "model". Move the work to a method, or use traced() inside it.'],
  ['field', undefined, 'the field "model" under experimentalDecorators: the field would shadow it. Make it a method, use traced(fn), or switch to standard decorators.'],
  ['field with an initializer', { initializer: () => 1 } as never, 'the field "model" under experimentalDecorators'],
  ['parameter', 0, 'a parameter. Put it on the method.'],
])('a %s is refused, with the cure', (_, descriptor, message) => {
  expect(() => (PromptTemplate('T') as any)({}, 'model', descriptor)).toThrow(`@PromptTemplate cannot decorate ${message}`);
}); // prettier-ignore

it.each([
  [null, 'null'],
  [{}, 'object'],
  ['text', 'string'],
])('%p is neither class nor method', (target, what) => {
  expect(() => (TraceFunction() as any)(target)).toThrow(
    `@TraceFunction can decorate classes and methods, not ${what}. For a function, use traced().`,
  );
});

it.each(['model', hidden])('without parentheses on the method %p it says so', (key) => {
  expect(() => (TraceFunction as any)({}, key, { value: () => 1 })).toThrow('@TraceFunction needs parentheses');
});
