import { methodOf, overlay } from '../../../lib/span/shapes/methods.js';

describe('methods put over those of an object', () => {
  const next = () => 'new next';
  const leave = () => 'new return';

  test('are own, can be changed, and are as visible as what they replace', () => {
    const object = Object.assign(Object.create({ inherited() {} }) as object, { shown() {} });
    Object.defineProperty(object, 'hidden', { value() {}, configurable: true });
    expect(overlay(object, { inherited: next, shown: next, hidden: next })).toBe(true);
    expect(Object.keys(object)).toEqual(['shown']);
    for (const key of ['inherited', 'shown', 'hidden'])
      expect(Object.getOwnPropertyDescriptor(object, key)).toMatchObject({ value: next, writable: true, configurable: true }); // prettier-ignore
  });

  test('are all there, or none: what was before is put back', () => {
    const own = () => 'old next';
    const object = Object.defineProperty({ next: own, later() {} }, 'return', { value: 'fixed' });
    const before = Object.getOwnPropertyDescriptors(object);
    expect(overlay(object, { next, added: next, return: leave, later: next })).toBe(false);
    expect(Object.getOwnPropertyDescriptors(object)).toEqual(before);
  });

  test('are none on a Proxy that goes on answering with its own', () => {
    const target = { next: () => 'old next' };
    const own = target.next;
    const proxy = new Proxy(target, { get: (_, key) => (key === 'return' ? 'mine' : Reflect.get(target, key)) });
    expect(overlay(proxy, { next, return: leave })).toBe(false);
    expect(Object.getOwnPropertyDescriptors(target)).toEqual({
      next: { value: own, enumerable: true, configurable: true, writable: true },
    });
  });

  test.each(['getOwnPropertyDescriptor', 'defineProperty', 'deleteProperty', 'get'] as const)(
    'are none on a Proxy whose %s trap throws',
    (trap) => {
      let calls = 0;
      const target = {};
      const proxy = new Proxy(target, {
        [trap]: (...args: [object, PropertyKey, PropertyDescriptor]) => {
          if (trap === 'deleteProperty' || ++calls > 1) throw new Error('trap');
          return Reflect[trap as 'defineProperty'](...args);
        },
      });
      const fixed = trap === 'deleteProperty' ? Object.freeze({ b: 1 }) : {};
      Object.defineProperties(target, Object.getOwnPropertyDescriptors(fixed));
      expect(overlay(proxy, { a: next, b: leave })).toBe(false);
    },
  );
});

test('a method is found where it is inherited, and is none where the value is no function', () => {
  const object = Object.create({ read() {} }) as { read?: unknown; name?: string };
  object.name = 'x';
  expect([typeof methodOf(object, 'read'), methodOf(object, 'name'), methodOf(object, 'none')]).toEqual(['function', undefined, undefined]); // prettier-ignore
});
