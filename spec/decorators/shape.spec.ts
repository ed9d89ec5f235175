import 'reflect-metadata';
import { TraceFunction, traced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

/** Puts own properties and Reflect metadata on a method, as frameworks do. */
function framework(target: any, context: any, descriptor?: PropertyDescriptor): any {
  const method = descriptor ? descriptor.value : target;
  method.route = '/x';
  Reflect.defineMetadata('roles', ['admin'], method);
}

class Service {
  constructor(readonly factor: number) {
    this.early = this.times(1);
  }
  readonly early: number;
  @TraceFunction() @framework times(x: number, _y?: number) {
    return this.factor * x;
  }
  @TraceFunction() async later(x: number) {
    return this.factor * x;
  }
  @TraceFunction() *items(): Generator<number, string, unknown> {
    yield 1;
    return 'end';
  }
  @TraceFunction() async *stream() {
    yield 1;
  }
  @TraceFunction() thrown(error: unknown) {
    throw error;
  }
  @TraceFunction() async rejected(error: unknown) {
    throw error;
  }
  @TraceFunction() whoAmI(): unknown {
    return this;
  }
  @TraceFunction() static build(factor: number) {
    return new this(factor);
  }
}

it('a decorated method has the name, length, own properties and Reflect metadata of the bare one', () => {
  const { times } = Service.prototype;
  expect([times.name, times.length]).toEqual(['times', 2]);
  expect((times as unknown as { route: string }).route).toBe('/x');
  expect(Reflect.getMetadata('roles', times)).toEqual(['admin']);
  expect(Object.prototype.hasOwnProperty.call(times, 'prototype')).toBe(false);
  expect(() => Reflect.construct(times, [])).toThrow(TypeError);
  expect(Object.keys(Service.prototype)).toEqual([]);
});

it('keeps the kinds of functions: async ones, generators', () => {
  expect(Service.prototype.later.constructor.name).toBe('AsyncFunction');
  expect(Service.prototype.items.constructor.name).toBe('GeneratorFunction');
  const items = new Service(1).items();
  expect(items).toBeInstanceOf(Service.prototype.items);
  expect([items.next(), items.next(), items.next()]).toEqual([
    { value: 1, done: false },
    { value: 'end', done: true },
    { value: undefined, done: true },
  ]);
});

it('keeps `this`, arguments, results and identity; sync stays sync', async () => {
  const service = Service.build(3);
  expect(service).toBeInstanceOf(Service);
  expect(service.early).toBe(3);
  expect(service.times(4)).toBe(12);
  expect(await service.later(4)).toBe(12);
  expect(service.whoAmI()).toBe(service);
  const { whoAmI } = service;
  expect(whoAmI()).toBeUndefined();
  expect(whoAmI.call(7 as never)).toBe(7);
  expect(tracing.spans.map(({ name }) => name)).toContain('Service.build');
  expect(tracing.spans.at(-1)?.name).toBe('Service.whoAmI');
});

it.each([null, undefined, 0, '', 'text', Symbol('s'), { code: 42 }, new Error('boom')])(
  'throws and rejects with the very %p',
  async (error) => {
    const service = new Service(1);
    let caught: unknown = 'nothing';
    try {
      service.thrown(error);
    } catch (thrown) {
      caught = thrown;
    }
    expect(caught).toBe(error);
    await service.rejected(error).then(
      () => expect('resolved').toBe('rejected'),
      (reason: unknown) => expect(reason).toBe(error),
    );
    for (const name of ['Service.thrown', 'Service.rejected']) expect(tracing.byName(name).status.code).toBe(2);
  },
);

it('the exception is recorded once, on the first span that saw it, with its cause', () => {
  const error = new TypeError('outer', { cause: new RangeError('inner') });
  const below = traced(
    () => {
      throw error;
    },
    { spanName: 'below' },
  );
  expect(() => traced(() => below(), { spanName: 'above' })()).toThrow(error);
  const [first] = tracing.byName('below').events;
  expect(first?.name).toBe('exception');
  expect(first?.attributes).toMatchObject({ 'exception.type': 'TypeError', 'exception.message': 'outer' });
  expect(first?.attributes?.['exception.stacktrace']).toMatch(/TypeError: outer[\s\S]+Caused by: RangeError: inner/);
  expect(tracing.byName('above').events).toEqual([]);
  for (const name of ['below', 'above']) {
    expect(tracing.byName(name).status).toEqual({ code: 2, message: 'outer' });
    expect(tracing.byName(name).attributes['error.type']).toBe('TypeError');
  }
});

it('a constructor function is constructed as the bare one', () => {
  function Point(this: { x: number }, x: number) {
    this.x = x;
  }
  const Traced = traced(Point) as unknown as new (x: number) => { x: number };
  const point = new Traced(3);
  expect(point.x).toBe(3);
  expect(point).toBeInstanceOf(Point as never);
  expect(point).toBeInstanceOf(Traced);
});

it('has the own properties of the bare one, and no other; more can be put on it where they could on the bare one', () => {
  const nameless = (x: number) => x;
  Reflect.deleteProperty(nameless, 'name');
  Reflect.deleteProperty(nameless, 'length');
  const closed = Object.preventExtensions((x: number) => x);
  const sloppy = new Function('x', 'return x') as (x: number) => number;
  for (const fn of [nameless, closed, sloppy, Service.prototype.whoAmI]) {
    const call = traced(fn as (x: number) => number);
    expect(new Set(Reflect.ownKeys(call))).toEqual(new Set(Reflect.ownKeys(fn)));
    expect(Object.isExtensible(call)).toBe(Object.isExtensible(fn));
  }
});
