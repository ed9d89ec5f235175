const QUIET_MS = 500; // short work needs no word
const EVERY_MS = 100;
const CLEAR = '\r\u001b[2K';

/** Says on a terminal how far long work is, in one line that is gone when it is done. */
export class Progress {
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  readonly #startedAt: number;
  #shownAt = -Infinity;
  #isShown = false;

  /** `now` in milliseconds. */
  constructor(write: (text: string) => void, now: () => number = () => performance.now()) {
    this.#write = write;
    this.#now = now;
    this.#startedAt = now();
  }

  /** `done` of `total`, in bytes. */
  show(what: string, done: number, total: number): void {
    const now = this.#now();
    if (now - this.#startedAt < QUIET_MS || now - this.#shownAt < EVERY_MS) return;
    this.#shownAt = now;
    this.#isShown = true;
    const share = total > 0 ? `${Math.min(100, Math.floor((100 * done) / total))}%  ` : '';
    this.#write(`${CLEAR}${what}  ${share}${(done / 1e6).toFixed(0)} MB`);
  }

  clear(): void {
    if (this.#isShown) this.#write(CLEAR);
    this.#isShown = false;
  }
}
