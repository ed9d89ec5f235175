import { TraceFunction } from '../../lib/index.js';

export class Fields {
  @TraceFunction() handler = (value: number): number => value;
  @TraceFunction() static of = (value: number): number => value;
  @TraceFunction() #hidden(value: number): number {
    return value;
  }
  // @ts-expect-error an accessor
  @TraceFunction() accessor model = 1;

  use(): number {
    return this.#hidden(1);
  }
}
