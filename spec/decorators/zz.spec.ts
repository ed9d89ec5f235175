import vm from 'node:vm';
import { traced, TraceFunction, SessionScoped } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';
const tracing = testTracing();
afterEach(() => tracing.reset());
const names = () => tracing.spans.map(({ name }) => name);
it('proxy fn', () => {
  const p = new Proxy(function f(x: number) { return x; }, { ownKeys() { throw new Error('trap'); } });
  expect(traced(p)(1)).toBe(1);
});
it('revoked-able proxy fn with getPrototypeOf trap', () => {
  const p = new Proxy(function f(x: number) { return x; }, { getPrototypeOf() { throw new Error('trap'); }, getOwnPropertyDescriptor() { throw new Error('trap2'); } });
  expect(traced(p)(1)).toBe(1);
});
it('bound ctor', () => {
  function P(this: any, x: number) { this.x = x; }
  const B = P.bind(null as never) as any;
  expect(new B(1).x).toBe(1);
  const T = traced(B) as any;
  expect(new T(2).x).toBe(2);
});
it('realm', async () => {
  const f = vm.runInNewContext('(async (x) => { if (x) throw x; return 1 })');
  expect(await traced(f)(0)).toBe(1);
  await expect(traced(f)('no')).rejects.toBe('no');
  const g = vm.runInNewContext('(function* () { yield 1 })');
  expect([...(traced(g) as any)()]).toEqual([1]);
  const k = vm.runInNewContext('(class K {})');
  expect(() => traced(k)).toThrow('is a class');
});
it('super generators', () => {
  class A { *items() { yield 1; } }
  @TraceFunction() class B extends A { override *items() { yield* super.items(); yield 2; } }
  @TraceFunction() class C extends B { override *items() { yield* super.items(); yield 3; } }
  expect([...new C().items()]).toEqual([1, 2, 3]);
  expect(names()).toEqual(['B.items', 'C.items']);
});
it('null class, traced on prototype', () => {
  @TraceFunction() class N extends (null as any) { static run() { return 1; } }
  expect(N.run()).toBe(1);
  class S { declare run: (x: number) => number; }
  S.prototype.run = traced((x: number) => x, { spanKind: 'TOOL' });
  SessionScoped({ sessionId: 's' })(S);
  TraceFunction()(S);
  expect(new S().run(1)).toBe(1);
  expect(tracing.spans.map(({ name, attributes }) => [name, attributes['session.id'], attributes['openinference.span.kind']])).toEqual([['N.run', undefined, 'CHAIN'], ['S.run', 's', 'TOOL']]);
});
it('deep recursion', () => {
  class R { @TraceFunction({ captureArgs: false }) run(n: number): number { return n === 0 ? 0 : 1 + this.run(n - 1); } }
  expect(new R().run(800)).toBe(800);
  let depth = 0;
  class O { @TraceFunction() run(): number { depth++; return this.run(); } }
  expect(() => new O().run()).toThrow(RangeError);
  console.log(depth, tracing.open().length);
  let bare = 0; const f = (): number => { bare++; return f(); };
  expect(() => f()).toThrow(RangeError); console.log('bare', bare);
});
