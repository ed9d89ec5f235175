import { say } from './say.js';

const MAX_CAUSES = 20;

/** Counts the spans that one backend did not take, and says each cause once. */
export class Losses {
  readonly #backend: string;
  readonly #causes = new Set<string>();
  readonly #kept: Count = { spans: 0, said: 0 };
  readonly #lost: Count = { spans: 0, said: 0 };
  #sentLater = 0;

  constructor(backend: string) {
    this.#backend = backend;
  }

  /** `spans` spans were not taken because of `cause`. They are lost, unless they are `keptIn` a folder. */
  add(spans: number, cause: unknown, keptIn?: string): void {
    const count = keptIn === undefined ? this.#lost : this.#kept;
    count.spans += spans;
    const text = causeText(cause);
    if (!this.#isNew(text)) return;
    count.said += spans;
    const fate = keptIn === undefined ? '' : `; kept in ${keptIn}, and sent after the next success`;
    say(`${this.#backend} did not take ${spanCount(spans)}: ${text}${fate}`);
  }

  /** `spans` spans were not taken now because of `cause`, and wait in memory. */
  delayed(spans: number, cause: unknown): void {
    const text = causeText(cause);
    if (this.#isNew(text))
      say(`${this.#backend} did not take ${spanCount(spans)}: ${text}; they wait to be sent again`);
  }

  /** What is not taken cannot be kept either, because of `cause`. */
  unwritable(cause: unknown): void {
    const text = causeText(cause);
    if (this.#isNew(text)) say(`what ${this.#backend} does not take cannot be kept: ${text}`);
  }

  /** Spans that were kept, by this process or another, have been sent. */
  sent(spans: number): void {
    if (spans === 0) return;
    this.#kept.spans = Math.max(0, this.#kept.spans - spans);
    this.#sentLater += spans;
  }

  #isNew(cause: string): boolean {
    if (this.#causes.has(cause) || this.#causes.size >= MAX_CAUSES) return false;
    this.#causes.add(cause);
    return true;
  }

  /** Says the totals, unless all of it has been said, and starts anew. */
  conclude(): void {
    if (this.#lost.spans > this.#lost.said)
      say(`${spanCount(this.#lost.spans)} did not reach ${this.#backend}: ${[...this.#causes].join('; ')}`);
    if (this.#kept.spans > this.#kept.said)
      say(`${spanCount(this.#kept.spans)} for ${this.#backend} are kept; npx spandrel replay sends them too`);
    if (this.#sentLater > 0) say(`${this.#backend} took ${spanCount(this.#sentLater)} that had been kept`);
    for (const count of [this.#lost, this.#kept]) Object.assign(count, { spans: 0, said: 0 });
    this.#sentLater = 0;
    this.#causes.clear();
  }
}

interface Count {
  spans: number;
  said: number;
}

const spanCount = (spans: number) => (spans === 1 ? '1 span' : `${spans} spans`);

/** Errors by their shape: those of another realm (jest, vm) are no `instanceof Error` here. */
function causeText(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null)
    return typeof cause === 'string' && cause !== '' ? cause : 'no reason given';
  const { message, code, name, errors } = cause as Partial<NodeJS.ErrnoException & AggregateError>;
  if (message) return message;
  return errors?.length ? causeText(errors[0]) : (code ?? name ?? 'no reason given');
}
