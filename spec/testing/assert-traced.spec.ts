import { SessionScoped, TraceAgent, TraceFunction, traced, Untraced } from '../../lib/index.js';
import { assertTraced } from '../../lib/testing/index.js';

const message = (assert: () => void): string | undefined => {
  try {
    assert();
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ name: 'AssertionError', code: 'ERR_ASSERTION' });
    return (error as Error).message;
  }
};

class Covered {
  @TraceFunction() analyze(): void {}
  @TraceAgent({ agentName: 'scorer' }) async score(): Promise<void> {}
  @TraceFunction() static open(): void {}
  @Untraced() toString(): string {
    return 'covered';
  }
  get size(): number {
    return 1;
  }
  readonly note = 'no method';
}

@TraceFunction()
class Whole {
  one(): void {}
  *two(): Generator<number> {}
  @Untraced() three(): void {}
  static four(): void {}
}

@SessionScoped({ sessionId: 's-1' })
class Holes {
  @TraceFunction() traced(): void {}
  forgotten(): void {}
  async *forgottenToo(): AsyncGenerator<number> {}
  [Symbol.iterator](): void {}
  static made(): void {}
}

it.each([Covered, Whole])('passes for a class whose methods are covered: %p', (service) => {
  expect(message(() => assertTraced(service))).toBeUndefined();
});

it('names the methods that no decorator covers; a scope makes no span', () => {
  expect(message(() => assertTraced(Holes))).toBe(
    [
      'no decorator makes a span of these methods:',
      ...['  Holes.forgotten', '  Holes.forgottenToo', '  Holes.[Symbol.iterator]', '  static Holes.made', ''],
      'Decorate the method or the class with @TraceFunction() or another trace decorator, or the method with @Untraced().',
    ].join('\n'),
  );
});

it('leaves out what is excepted, and says where that is no method', () => {
  const except = ['forgotten', 'forgottenToo', 'made', 'Symbol(Symbol.iterator)'];
  expect(message(() => assertTraced(Holes, { except: except.slice(0, 3) }))).toContain('Holes.[Symbol.iterator]');
  expect(() => assertTraced(Covered, { except: ['analyse'] })).toThrow(new TypeError('assertTraced: Covered has no method "analyse" to except.')); // prettier-ignore
});

it('looks at base classes where that is asked', () => {
  class Below extends Holes {
    @TraceFunction() override forgotten(): void {}
  }
  expect(message(() => assertTraced(Below))).toBeUndefined();
  expect(message(() => assertTraced(Below, { inherited: true }))).toContain('Holes.forgottenToo');
  expect(message(() => assertTraced(Below, { inherited: true }))).not.toContain('Holes.forgotten\n');
});

it('sees through decorators of others, and knows traced()', () => {
  const bare =
    (value: (...args: never[]) => unknown) =>
    (...args: never[]) =>
      value(...args);
  class Wrapped {
    @TraceFunction() analyze(): void {}
    byHand(): void {}
  }
  Wrapped.prototype.analyze = bare(Wrapped.prototype.analyze);
  Wrapped.prototype.byHand = traced(Wrapped.prototype.byHand, { spanName: 'by hand' });
  expect(message(() => assertTraced(Wrapped))).toBeUndefined();
});

it('takes classes alone', () => {
  expect(() => assertTraced(new Covered() as never)).toThrow('assertTraced: expected a class, got object. Give the class itself, not an instance.'); // prettier-ignore
  expect(() => assertTraced((() => 1) as never)).toThrow(TypeError);
  expect(() => assertTraced(Covered, { exept: [] } as never)).toThrow('Did you mean "except"?');
});
