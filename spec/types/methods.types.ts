import { SessionScoped, TraceAgent, TraceFunction, Untraced } from '../../lib/index.js';

// A decorated method keeps its own type, whatever it is.

@TraceFunction()
@SessionScoped()
export abstract class Service<Item extends object> {
  protected constructor(readonly items: readonly Item[]) {}

  @TraceFunction() generic<T, U extends T[] = T[]>(value: T, more: U): [T, U] {
    return [value, more];
  }
  @TraceFunction() isText(value: unknown): value is string {
    return typeof value === 'string';
  }
  @TraceFunction() assertText(value: unknown): asserts value is string {
    if (typeof value !== 'string') throw new TypeError('no text');
  }
  @TraceFunction() chain(): this {
    return this;
  }
  @TraceFunction() withThis(this: Service<Item>, count: number): number {
    return this.items.length + count;
  }
  @TraceFunction() ofItems(items: readonly Item[], ...rest: readonly Item[]): readonly Item[] {
    return [...items, ...rest];
  }
  @TraceFunction() static make(count: number): number {
    return count;
  }
  @TraceFunction() private secret(): number {
    return 1;
  }
  @TraceFunction() protected inner(text = 'x'): string {
    return text + String(this.secret());
  }
  @TraceFunction() [Symbol.iterator](): Iterator<Item> {
    return this.items[Symbol.iterator]();
  }
  @TraceFunction() *each(): Generator<Item, number, string> {
    yield* this.items;
    return 1;
  }
  @TraceAgent({ agentName: 'streamer' }) async *stream(): AsyncGenerator<Item> {
    yield* this.items;
  }
  overloaded(value: string): string;
  overloaded(value: number): number;
  @TraceFunction() overloaded(value: string | number): string | number {
    return value;
  }
  @Untraced() left(): void {}
  abstract left2(): void;
}

export function use(service: Service<{ id: number }>, value: unknown): void {
  const pair: [number, number[]] = service.generic(1, [2]);
  const text: string = service.overloaded('x');
  const number: number = service.overloaded(1);
  const same: Service<{ id: number }> = service.chain().chain();
  if (service.isText(value)) value.trim();
  service.assertText(value);
  value.trim();
  for (const { id } of service) id.toFixed();
  // @ts-expect-error no overload takes a boolean
  service.overloaded(true);
  // @ts-expect-error it is private
  service.secret();
  void [pair, text, number, same];
}

/** Only made by its own method; with statics that hide what every function has. */
@TraceFunction()
export class Single {
  private constructor() {}
  static only(): Single {
    return new Single();
  }
  static length(): number {
    return 1;
  }
}

/** Frameworks compose decorators of the legacy types (`applyDecorators`): ours are among them. */
export const composed: readonly (ClassDecorator | MethodDecorator | PropertyDecorator)[] = [
  TraceFunction(),
  TraceAgent({ agentName: 'a' }),
  SessionScoped(),
  Untraced(),
];
