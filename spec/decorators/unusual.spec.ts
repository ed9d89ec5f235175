import { PromptTemplate, traced, TraceFunction, Untraced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

const tracing = testTracing();
const log = diagLog();
afterEach(() => {
  tracing.reset();
  log.warnings.length = 0;
});
afterAll(() => tracing.shutdown());
const names = () => tracing.spans.map(({ name }) => name);

function foreign(target: any, context: any, descriptor?: PropertyDescriptor): any {
  const wrap = (method: any) =>
    function (this: unknown, ...args: unknown[]): unknown {
      return ['foreign', method.apply(this, args)];
    };
  return descriptor ? { ...descriptor, value: wrap(descriptor.value) } : wrap(target);
}

it('a traced method that is copied keeps the foreign decorators between ours', () => {
  class A {
    @TraceFunction() @foreign @PromptTemplate('T') run() {
      return 1;
    }
  }
  class B {
    declare run: () => unknown;
  }
  B.prototype.run = A.prototype.run;
  TraceFunction()(B as never);
  expect(new B().run()).toEqual(['foreign', 1]);
  expect(names()).toEqual(['B.run']);
  const t = traced(A.prototype.run);
  expect(t()).toEqual(['foreign', 1]);
  expect(names()).toHaveLength(2);
});

it('a function that two classes share is traced in each by its own plan', () => {
  function shared(this: unknown, x: number) {
    return x;
  }
  class A {
    declare run: (x: number) => number;
  }
  class B {
    declare run: (x: number) => number;
  }
  A.prototype.run = shared;
  B.prototype.run = shared;
  TraceFunction({ spanKind: 'TOOL' })(A as never);
  TraceFunction({ spanKind: 'LLM', addCostTracking: false })(B as never);
  new A().run(1);
  new B().run(1);
  shared.call(1, 2);
  expect(tracing.spans.map(({ name, attributes }) => [name, attributes['openinference.span.kind']])).toEqual([
    ['A.run', 'TOOL'],
    ['B.run', 'LLM'],
  ]);
});

it('a method can be spied on and replaced, on an instance and on the prototype, and restored', () => {
  class S {
    @TraceFunction() run() {
      return 1;
    }
  }
  const s = new S();
  const spy = jest.spyOn(s, 'run');
  expect(s.run()).toBe(1);
  expect(spy).toHaveBeenCalledTimes(1);
  spy.mockReturnValue(5);
  expect(s.run()).toBe(5);
  spy.mockRestore();
  expect(s.run()).toBe(1);
  const p = jest.spyOn(S.prototype, 'run').mockReturnValue(7);
  expect(s.run()).toBe(7);
  p.mockRestore();
  expect(s.run()).toBe(1);
  expect(names()).toEqual(['S.run', 'S.run', 'S.run']);
});

it('a frozen prototype is left as it is, with one warning; a traced method may be frozen afterwards', () => {
  class S {
    run() {
      return 1;
    }
  }
  Object.freeze(S.prototype);
  TraceFunction()(S);
  expect(new S().run()).toBe(1);
  class T {
    @TraceFunction() run() {
      return 1;
    }
  }
  Object.freeze(T.prototype);
  expect(new T().run()).toBe(1);
  expect([names(), log.warnings]).toEqual([['T.run'], [expect.stringContaining('cannot be replaced')]]);
});

it('methods that can be overwritten but not defined anew are traced', () => {
  class S {
    run() {
      return 1;
    }
  }
  Object.seal(S.prototype);
  TraceFunction()(S);
  expect(new S().run()).toBe(1);
  expect([names(), log.warnings]).toEqual([['S.run'], []]);
});

it('methods with the names of protocols keep their meaning', async () => {
  @TraceFunction()
  class S {
    then(resolve: (x: unknown) => void) {
      resolve(7);
    }
    toJSON() {
      return { a: 1 };
    }
    length() {
      return 3;
    }
    name() {
      return 3;
    }
    toString() {
      return 'S!';
    }
    valueOf() {
      return 3;
    }
    [Symbol.toPrimitive]() {
      return 9;
    }
    *[Symbol.iterator]() {
      yield 1;
    }
    ['constructor']() {
      return 1;
    }
    ''() {
      return 1;
    }
    0() {
      return 1;
    }
    static name() {
      return 'n';
    }
    static length() {
      return 'n';
    }
    static call() {
      return 1;
    }
  }
  const s: any = new (S as any)();
  expect(await s).toBe(7);
  expect(JSON.stringify(s)).toBe('{"a":1}');
  expect(`${s.length()}${s.name()}${s}${+s}${[...s].join()}`).toBe('33991');
  s['']();
  s[0]();
  S.name();
  (S as any).length();
  S.call();
  expect(names()).toContain('toJSON');
});

it('a method of a class that a foreign decorator replaces by a subclass is named after its own class', () => {
  const replaced: any = (value: any) => class extends value {};
  @replaced
  class S {
    @TraceFunction() run() {}
    @TraceFunction() static make() {}
  }
  new S().run();
  S.make();
  expect(names()).toEqual(['S.run', 'S.make']);
  @TraceFunction()
  @replaced
  class T {
    run() {}
  }
  new T().run();
  expect(names()).toHaveLength(2);
  expect(log.warnings).toEqual([expect.stringContaining('finds no method of its own')]);
});

it('`this` may be a proxy, a revoked one, a primitive, or missing', () => {
  class S {
    #secret = 1;
    @TraceFunction() run(this: any) {
      return this;
    }
    @TraceFunction() secret() {
      return this.#secret;
    }
  }
  const s = new S();
  const proxy = new Proxy(s, { get: (t, k) => (t as any)[k].bind(t) });
  expect(proxy.run()).toBe(s);
  expect(proxy.secret()).toBe(1);
  const evil = new Proxy(s, {
    getPrototypeOf() {
      throw new Error('trap');
    },
  });
  expect(evil.run()).toBe(evil);
  for (const self of [1, 'x', null, undefined, true, Symbol('x'), 1n, () => 1, Object.create(null)])
    expect(S.prototype.run.call(self)).toBe(self);
  const { proxy: p, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(S.prototype.run.call(p)).toBe(p);

  const sloppy = new Function('return this') as () => unknown;
  expect(traced(sloppy)()).toBe(globalThis);
  expect(typeof traced(sloppy).call(5 as never)).toBe('object');
  expect(tracing.open()).toEqual([]);
});

it('a class with thousands of methods is decorated', () => {
  class Big {}
  for (let i = 0; i < 5000; i++)
    Object.defineProperty(Big.prototype, `m${i}`, { value: () => i, configurable: true, writable: true });
  TraceFunction()(Big as never);
  expect((new Big() as any).m4999()).toBe(4999);
  expect(names()).toEqual(['Big.m4999']);
});

it('decorators applied by hand, and twice, make one span', () => {
  class S {
    @Untraced() a() {}
    b() {}
    c() {}
  }
  TraceFunction()(S as never);
  TraceFunction()(S as never);
  const s = new S();
  s.a();
  s.b();
  expect(names()).toEqual(['S.b']);
  const fn = (x: number) => x;
  const d: any = TraceFunction();
  const w = d(fn, { kind: 'method', name: 'q', static: false, private: false, metadata: undefined });
  const w2 = d(w, { kind: 'method', name: 'q', static: false, private: false, metadata: undefined });
  expect(w2(1)).toBe(1);
  expect(names()).toEqual(['S.b', 'q']);
});

it('a constructor may return a promise', async () => {
  @TraceFunction()
  class S {
    ready = false;
    constructor() {
      return (async () => {
        await this.init();
        return this;
      })() as never;
    }
    async init() {
      await null;
      this.ready = true;
    }
  }
  const s = await new S();
  expect(s.ready).toBe(true);
  expect(names()).toEqual(['S.init']);
});
