import { equal, ok, same } from '../harness/expect.mjs';

const group = 'Places of a class';

/** Behaves; where there are spans, so many of them. */
const place = (name, what, broken, needs, use, spans) => ({
  ...{ group, broken, needs: ['decorator', ...needs] },
  name: what,
  async run(t) {
    await use(t.places[name](), t);
    if (spans !== undefined && t.traces) equal([t.spans.length, t.open.length], [spans, 0]);
  },
});

export default [
  place(
    'instance',
    'an instance method: on the prototype, once, with `this` of each instance',
    'loses this',
    [],
    (Counter) => {
      const [one, ten] = [new Counter(1), new Counter(10)];
      equal([one.add(1), ten.add(1)], [2, 11]);
      same(one.add, ten.add);
      ok(Object.hasOwn(Counter.prototype, 'add') && !Object.hasOwn(one, 'add'));
      const { enumerable, writable, configurable } = Object.getOwnPropertyDescriptor(Counter.prototype, 'add');
      equal([enumerable, writable, configurable, Counter.prototype.add.name], [false, true, true, 'add']);
    },
    2,
  ),
  place('static', 'a static method', 'loses this', [], (Maker) => same(Maker.make('it'), 'made it'), 1),
  place('symbol', 'a method named by a symbol', 'loses this', [], (use) => same(use(), 7), 1),
  place(
    'inherited',
    'an overridden method that calls `super`: two spans, each its own',
    'loses this',
    [],
    ({ Base, Heir }) => {
      same(new Heir().say('hi'), 'heir:hi!');
      same(new Base().say('hi'), 'base:hi');
    },
    3,
  ),
  place(
    'fromConstructor',
    'a method called by the constructor',
    'always async',
    [],
    (Eager) => same(new Eager().ready, 'ready now'),
    1,
  ),
  place(
    'generator',
    'a generator method',
    'loses this',
    [],
    (Source) => equal([...new Source().count(2)], [10, 20]),
    1,
  ),
  place(
    'twice',
    'decorated twice: one span',
    'ends when settled',
    ['spans'],
    (Double) => same(new Double().run(2), 4),
    1,
  ),
  place(
    'privateMethod',
    'a `#private` method',
    'loses this',
    ['private methods'],
    (Vault) => same(new Vault().use(1), 43),
    1,
  ),
  place('field', 'a field that holds a function', 'always async', ['fields'], (Box) => same(new Box().take(1), 6), 1),
  place(
    'wholeClass',
    'a decorated class is the same class: statics, symbols, accessors and methods work',
    'always async',
    ['class decorator'],
    ({ Whole, bySymbol }) => {
      const whole = Whole.make();
      ok(whole instanceof Whole && whole.constructor === Whole);
      equal([Whole.name, Whole.made, whole.computed, whole.times(2), bySymbol(whole)], ['Whole', 1, 4, 6, 'symbol']);
    },
  ),
  place(
    'wholeClass',
    'a class decorator traces its methods: static and symbol named ones too, accessors not',
    'makes no span',
    ['spans', 'class decorator'],
    ({ Whole, bySymbol }) => {
      const whole = Whole.make();
      void whole.computed;
      whole.times(2);
      bySymbol(whole);
    },
    3,
  ),
  place(
    'wholeClass',
    'a method can be left out of the class decorator',
    'ends when settled',
    ['spans', 'class decorator', 'untraced'],
    ({ Whole }) => {
      const whole = new Whole();
      whole.times(2);
      same(whole.quiet(), 'quiet');
    },
    1,
  ),
];
