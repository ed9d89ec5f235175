/** The places of a class where a decorator can be, in both protocols. Each gives classes made anew. */
const NAMED = Symbol('named');

export const places = {
  instance: (trace: any) => {
    class Counter {
      constructor(readonly start: number) {}
      @trace() add(n: number) {
        return this.start + n;
      }
    }
    return Counter;
  },

  static: (trace: any) => {
    class Maker {
      static readonly prefix = 'made ';
      @trace() static make(what: string) {
        return this.prefix + what;
      }
    }
    return Maker;
  },

  symbol: (trace: any) => {
    class Keyed {
      readonly value = 7;
      @trace() [NAMED]() {
        return this.value;
      }
    }
    return (instance = new Keyed()) => instance[NAMED]();
  },

  inherited: (trace: any) => {
    class Base {
      readonly tag: string = 'base';
      @trace() say(word: string): string {
        return `${this.tag}:${word}`;
      }
    }
    class Heir extends Base {
      override readonly tag = 'heir';
      @trace() override say(word: string): string {
        return super.say(`${word}!`);
      }
    }
    return { Base, Heir };
  },

  fromConstructor: (trace: any) => {
    class Eager {
      readonly ready: string;
      constructor() {
        this.ready = this.prepare('now');
      }
      @trace() prepare(when: string) {
        return `ready ${when}`;
      }
    }
    return Eager;
  },

  twice: (trace: any) => {
    class Double {
      @trace() @trace() run(n: number) {
        return n * 2;
      }
    }
    return Double;
  },

  generator: (trace: any) => {
    class Source {
      readonly step = 10;
      @trace() *count(to: number) {
        for (let i = 1; i <= to; i++) yield i * this.step;
      }
    }
    return Source;
  },
};
