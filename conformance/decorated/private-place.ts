/** A `#private` method: standard decorators only. */
export const privatePlace = (trace: any) => {
  class Vault {
    readonly #code = 42;
    @trace() #open(n: number) {
      return this.#code + n;
    }
    use(n: number) {
      return this.#open(n);
    }
  }
  return Vault;
};

/** A field that holds a function: standard decorators only. */
export const fieldPlace = (trace: any) => {
  class Box {
    readonly inside = 5;
    @trace() readonly take = (n: number) => this.inside + n;
  }
  return Box;
};
