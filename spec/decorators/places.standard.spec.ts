import { PromptTemplate, SessionScoped, traced, TraceFunction, Untraced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

class Service {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
  @TraceFunction({ spanKind: 'TOOL' })
  @SessionScoped({ sessionId: ({ self }) => (self as Service).id })
  handler = (x: number) => `${this.id}${x}`;

  @TraceFunction() static of = function (x: number) {
    return x;
  };

  @PromptTemplate('T') @TraceFunction() #hidden(x: number) {
    return x;
  }
  @TraceFunction() static #secret(x: number) {
    return x;
  }
  use() {
    return this.#hidden(1) + Service.#secret(2);
  }
}

it('fields that hold functions are traced in each instance', () => {
  const [a, b] = [new Service('a'), new Service('b')];
  expect([a.handler(1), b.handler(2), a.handler(3), Service.of(4)]).toEqual(['a1', 'b2', 'a3', 4]);
  expect(
    tracing.spans.map(({ name, attributes }) => [name, attributes['session.id'], attributes['input.value']]),
  ).toEqual([
    ['Service.handler', 'a', '{"x":1}'],
    ['Service.handler', 'b', '{"x":2}'],
    ['Service.handler', 'a', '{"x":3}'],
    ['Service.of', undefined, '{"x":4}'],
  ]);
});

it('private methods are traced', () => {
  expect(new Service('a').use()).toBe(3);
  expect(tracing.spans.map(({ name }) => name)).toEqual(['Service.#hidden', 'Service.#secret']);
  expect(tracing.spans[0]?.attributes['llm.prompt_template.template']).toBe('T');
});

it('a field without a function throws when an instance is made', () => {
  class Wrong {
    // @ts-expect-error a field that holds no function
    @TraceFunction() count = 1;
  }
  expect(() => new Wrong()).toThrow(
    '@TraceFunction cannot decorate the field "count": it holds number, not a function.',
  );
});

it('a field keeps the scopes and the span of the function that it holds', () => {
  class Holder {
    @SessionScoped({ sessionId: 's' }) @TraceFunction({ spanName: 'inner' }) method(x: number) {
      return x;
    }
    @TraceFunction({ spanName: 'outer' }) handler = this.method;
    @TraceFunction({ spanName: 'of traced' }) other = traced((x: number) => x, { spanName: 'traced' });
  }
  const holder = new Holder();
  expect([holder.handler(1), holder.other(2)]).toEqual([1, 2]);
  expect(tracing.spans.map(({ name, attributes }) => [name, attributes['session.id']])).toEqual([
    ['inner', 's'],
    ['outer', undefined],
    ['traced', undefined],
    ['of traced', undefined],
  ]);
});

it('a field is traced with foreign decorators between ours, in every instance, once', () => {
  const foreign: any = (_: undefined, __: unknown) => (initial: any) =>
    function (this: unknown, ...args: unknown[]) {
      return ['foreign', Reflect.apply(initial, this, args)];
    };
  class Service {
    @TraceFunction() @foreign @PromptTemplate('T') first = (x: number): unknown => x;
    @PromptTemplate('T') @foreign @TraceFunction() second = (x: number): unknown => x;
  }
  const instances = [new Service(), new Service()];
  expect(instances.flatMap((service) => [service.first(1), service.second(2)])).toEqual([
    ['foreign', 1],
    ['foreign', 2],
    ['foreign', 1],
    ['foreign', 2],
  ]);
  expect(tracing.spans.map(({ name, attributes }) => [name, attributes['llm.prompt_template.template']])).toEqual([
    ['Service.first', 'T'],
    ['Service.second', 'T'],
    ['Service.first', 'T'],
    ['Service.second', 'T'],
  ]);
});

it('a field with @Untraced() alone holds the very function', () => {
  const fn = () => 1;
  class Service {
    // @ts-expect-error on a field it says nothing
    @Untraced() first = fn;
  }
  expect(new Service().first).toBe(fn);
});

it('a field that holds null throws when an instance is made', () => {
  class Wrong {
    // @ts-expect-error a field that holds no function
    @TraceFunction() count = null;
  }
  expect(() => new Wrong()).toThrow('the field "count": it holds null, not a function.');
});

it('classes in expressions are named as the language names them', () => {
  const Assigned = class {
    @TraceFunction() run() {}
  };
  const make = () =>
    class {
      @TraceFunction() run() {}
    };
  const Named = class Inner extends make() {
    @TraceFunction() override run() {
      super.run();
    }
  };
  new Assigned().run();
  new Named().run();
  expect(tracing.spans.map(({ name }) => name)).toEqual(['Assigned.run', 'run', 'Inner.run']);
});
