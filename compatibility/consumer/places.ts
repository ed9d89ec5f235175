// What standard decorators alone can decorate.
import { TraceFunction } from 'spandrel';

export class Places {
  @TraceFunction()
  #secret(n: number): number {
    return n * 2;
  }

  @TraceFunction()
  readonly arrow = (n: number): number => this.#secret(n) + 1;

  @TraceFunction()
  static #counted(n: number): number {
    return n;
  }

  @TraceFunction()
  ['by name'](n: number): number {
    return Places.#counted(n) + this.arrow(n);
  }
}
