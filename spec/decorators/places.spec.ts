import { SessionScoped, TraceFunction } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());
const names = () => tracing.spans.map(({ name }) => name);

const described = Symbol('described');
const nameless = Symbol();

class Base {
  readonly made: string;
  constructor(readonly label: string) {
    this.made = this.create();
  }
  @TraceFunction() create() {
    return `made ${this.label}`;
  }
  @TraceFunction() over(x: number): number {
    return x;
  }
  @TraceFunction() static of(label: string) {
    return new this(label);
  }
  @TraceFunction() [described]() {
    return this.label;
  }
  @TraceFunction() [nameless]() {
    return this.label;
  }
  @TraceFunction() 'a name'() {
    return this.label;
  }
}

class Sub extends Base {
  @TraceFunction() override over(x: number) {
    return super.over(x) + 1;
  }
}

class Plain extends Sub {
  override over(x: number) {
    return super.over(x) + 10;
  }
}

it('instance, static, symbol-named and quoted methods are traced under the class that declares them', () => {
  const base = Base.of('b');
  expect([base[described](), base[nameless](), base['a name']()]).toEqual(['b', 'b', 'b']);
  expect(names()).toEqual(['Base.create', 'Base.of', 'Base.[described]', 'Base.[]', 'Base.a name']);
});

it('a method that the constructor calls is traced, before the instance is complete', () => {
  expect(new Sub('s').made).toBe('made s');
  expect(names()).toEqual(['Base.create']);
});

it('inherited and overridden methods, with super, each have a span under their own class', () => {
  const plain = new Plain('p');
  tracing.reset();
  expect(plain.over(1)).toBe(12);
  expect(tracing.tree().replace(/ +$/gm, '')).toMatch(/Sub\.over.*\n.*Base\.over/);
  expect(names()).toEqual(['Base.over', 'Sub.over']);
  tracing.reset();
  expect(Plain.of('q')).toBeInstanceOf(Plain);
  expect(names()).toEqual(['Base.create', 'Base.of']);
});

it('a detached method is called as the bare one would be', () => {
  class Service {
    @TraceFunction() self(): unknown {
      return this;
    }
  }
  const { self } = new Service();
  expect(self()).toBeUndefined();
  expect([1].map(self)).toEqual([undefined]);
  expect(names()).toHaveLength(2);
});

it('a mixin that copies traced methods to another class keeps them traced, once', () => {
  class Mixed {
    readonly label = 'm';
    declare over: Base['over'];
  }
  Object.defineProperties(Mixed.prototype, {
    over: Object.getOwnPropertyDescriptor(Base.prototype, 'over')!,
  });
  expect(new Mixed().over(3)).toBe(3);
  expect(names()).toHaveLength(1);
  tracing.reset();
  SessionScoped({ sessionId: 's' })(Mixed);
  expect(new Mixed().over(3)).toBe(3);
  expect(tracing.spans.map(({ name, attributes }) => [name, attributes['session.id']])).toEqual([['Mixed.over', 's']]);
  tracing.reset();
  new Base('b').over(1);
  expect(tracing.byName('Base.over').attributes['session.id']).toBeUndefined();
});

it('a class decorator reaches generators and async methods, and leaves fields, accessors and nested classes alone', async () => {
  let reads = 0;
  @TraceFunction()
  class Service {
    field = () => 1;
    static field = () => 1;
    static Inner = class Inner {
      run() {
        return 1;
      }
    };
    get value() {
      reads++;
      return () => 1;
    }
    set value(_: unknown) {
      reads++;
    }
    *items() {
      yield 1;
    }
    async *stream() {
      yield 1;
    }
    async later() {
      return 1;
    }
  }
  expect(reads).toBe(0);
  const service = new Service();
  const { Inner } = Service;
  expect([service.field(), Service.field(), new Inner().run(), ...service.items()]).toEqual([1, 1, 1, 1]);
  for await (const _ of service.stream()) await service.later();
  expect(names()).toEqual(['Service.items', 'Service.later', 'Service.stream']);
  const { enumerable, writable, configurable } = Object.getOwnPropertyDescriptor(Service.prototype, 'later')!;
  expect({ enumerable, writable, configurable }).toEqual({ enumerable: false, writable: true, configurable: true });
});

it('a class that a class decorator changes is the same class', () => {
  class Service {
    run() {}
  }
  expect((TraceFunction() as any)(Service)).toBeUndefined();
  expect([new Service().constructor, Service.prototype.constructor, Service.name]).toEqual([Service, Service, 'Service']); // prettier-ignore
});
