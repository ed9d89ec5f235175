import { TraceFunction } from '../../lib/index.js';

export class Fields {
  // @ts-expect-error a field, which legacy decorators cannot wrap
  @TraceFunction() handler = (value: number): number => value;
  // @ts-expect-error a static field
  @TraceFunction() static of = (value: number): number => value;
}
