import { PromptTemplate, SessionScoped, TraceFunction } from '../../lib/index.js';
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
