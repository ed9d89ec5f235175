import { PromptTemplate, SessionScoped, traced, TraceFunction, type AnyFn } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());
const names = () => tracing.spans.map(({ name }) => name);

it('names the span after the function, else anonymous', () => {
  function named() {}
  const arrow = () => {};
  const renamed = Object.defineProperty(() => {}, 'name', { value: 'renamed' });
  const odd = Object.defineProperty(() => {}, 'name', { value: 42 });
  const hidden = Object.defineProperty(() => {}, 'name', {
    get() {
      throw new Error('not to be read');
    },
  });
  for (const fn of [named, arrow, renamed, odd, hidden, () => {}, named.bind(null), Math.max] as AnyFn[]) traced(fn)();
  expect(names()).toEqual(['named', 'arrow', 'renamed', 'anonymous', 'anonymous', 'anonymous', 'bound named', 'max']);
});

it('keeps the shape of any function: native, bound, frozen, with properties of every kind', () => {
  const symbol = Symbol('s');
  const accessor = Object.defineProperty(() => 1, 'live', { get: () => 'live', enumerable: true });
  const fns: AnyFn[] = [
    Math.max,
    function (this: number, x: number) {
      return this + x;
    }.bind(1 as never),
    Object.freeze(() => 1),
    Object.assign((a: unknown, b: unknown, ...c: unknown[]) => [a, b, c], { own: 1, [symbol]: 2 }),
    accessor,
    async () => 1,
    function* () {
      yield 1;
    },
    async function* () {
      yield 1;
    },
  ];
  for (const fn of fns) {
    const call = traced(fn);
    expect(Reflect.ownKeys(call).sort((a, b) => String(a).localeCompare(String(b)))).toEqual(
      Reflect.ownKeys(fn).sort((a, b) => String(a).localeCompare(String(b))),
    );
    for (const key of Reflect.ownKeys(fn)) {
      const { value, ...flags } = Object.getOwnPropertyDescriptor(fn, key)!;
      expect(Object.getOwnPropertyDescriptor(call, key)).toMatchObject(flags);
      expect(Object.getOwnPropertyDescriptor(call, key)?.value).toBe(value);
    }
    expect(Object.getPrototypeOf(call)).toBe(Object.getPrototypeOf(fn));
    expect(Object.isFrozen(call)).toBe(Object.isFrozen(fn));
    expect(Object.prototype.toString.call(call)).toBe(Object.prototype.toString.call(fn));
  }
});

it('keeps `this` and `new`', () => {
  const counter = { count: 1, add: traced(function (this: { count: number }, by: number) { return (this.count += by); }) }; // prettier-ignore
  expect(counter.add(2)).toBe(3);
  expect(counter.add.call({ count: 10 }, 1)).toBe(11);
  function Old(this: any, x: number) {
    if (!new.target) return 'called';
    this.x = x;
    this.target = new.target;
    return undefined;
  }
  const Traced = traced(Old) as any;
  class Sub extends Traced {}
  expect(Traced(1)).toBe('called');
  expect(new Traced(2)).toMatchObject({ x: 2, target: Old });
  expect(new (Sub as any)(3)).toMatchObject({ x: 3, target: Sub });
  expect(new (Sub as any)(3)).toBeInstanceOf(Sub);
  expect(names()).toEqual(['anonymous', 'anonymous', 'Old']);
});

it('round a decorated method is a function of its own, with the method’s scopes and kind', () => {
  class Service {
    @TraceFunction({ spanKind: 'TOOL' }) @SessionScoped({ sessionId: 's' }) @PromptTemplate('T') run(x: number) {
      return x;
    }
  }
  const call = traced(Service.prototype.run, { spanName: 'mine' });
  expect(call(1)).toBe(1);
  new Service().run(2);
  expect(
    tracing.spans.map(({ name, attributes }) => [name, attributes['openinference.span.kind'], attributes['session.id']]),
  ).toEqual([
    ['mine', 'TOOL', 's'],
    ['Service.run', 'TOOL', 's'],
  ]); // prettier-ignore
});

it('a function that is traced many times over makes one span', () => {
  let fn: AnyFn = (x: number) => x;
  for (let i = 0; i < 1_000; i++) fn = traced(fn, { spanName: `call ${i}` });
  expect(fn(1)).toBe(1);
  expect(names()).toEqual(['call 999']);
});

it('an asynchronous call settles one microtask after the bare one', async () => {
  const order: string[] = [];
  const bare = async () => {};
  const call = traced(bare);
  const ticks = async (name: string, start: () => Promise<void>) => {
    const settled = start().then(() => order.push(name));
    return settled;
  };
  await Promise.all([ticks('traced', call), ticks('bare', bare), Promise.resolve().then(() => 0).then(() => order.push('second tick'))]); // prettier-ignore
  expect(order).toEqual(['bare', 'traced', 'second tick']);
});
