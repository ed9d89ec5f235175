const KEY = Symbol('key');

/** A class whose decorator stands for every method's. */
export const decoratedClass = (traceClass: any, untraced?: any) => {
  const leave = untraced ?? ((value: unknown) => void value);
  @traceClass()
  class Whole {
    static made = 0;
    static make() {
      this.made += 1;
      return new this();
    }
    readonly factor = 3;
    get computed() {
      return this.factor + 1;
    }
    times(n: number) {
      return this.factor * n;
    }
    [KEY]() {
      return 'symbol';
    }
    @leave quiet() {
      return 'quiet';
    }
  }
  return { Whole, bySymbol: (instance: Whole) => instance[KEY]() };
};
