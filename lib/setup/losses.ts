import { say } from './say.js';

const MAX_CAUSES = 20;

/** Counts the spans that one backend did not take, and says each cause once. */
export class Losses {
  readonly #backend: string;
  readonly #causes = new Set<string>();
  #spans = 0;
  #said = 0;

  constructor(backend: string) {
    this.#backend = backend;
  }

  /** `spans` spans were not taken because of `cause`. */
  add(spans: number, cause: unknown): void {
    this.#spans += spans;
    const text = causeText(cause);
    if (this.#causes.has(text) || this.#causes.size >= MAX_CAUSES) return;
    this.#causes.add(text);
    this.#said += spans;
    say(`${this.#backend} did not take ${spanCount(spans)}: ${text}`);
  }

  /** Says the total, unless all of it has been said, and starts anew. */
  conclude(): void {
    if (this.#spans > this.#said)
      say(`${spanCount(this.#spans)} did not reach ${this.#backend}: ${[...this.#causes].join('; ')}`);
    this.#spans = 0;
    this.#said = 0;
    this.#causes.clear();
  }
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
