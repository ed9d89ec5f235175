import type { Terminal } from './terminal.js';

const MAX_NAMED = 5;

/** What of a file could not be read, and is left out: counted, and said once. */
export class Skipped {
  readonly #lines: Counted = { count: 0, numbers: [] };
  readonly #spans: Counted = { count: 0, numbers: [] };

  /** The whole line is no OTLP/JSON. */
  line(number: number): void {
    add(this.#lines, number, 1);
  }

  /** So many spans of the line have no id, no time or something else that is none. */
  spans(number: number, count: number): void {
    if (count > 0) add(this.#spans, number, count);
  }

  note(file: string, terminal: Terminal): void {
    const { count: lines } = this.#lines;
    const { count: spans } = this.#spans;
    if (lines > 0) {
      const what = lines === 1 ? '1 line that is' : `${lines} lines that are`;
      terminal.note(`spandrel: skipped ${what} no OTLP/JSON in ${file}: ${named(this.#lines)}`);
    }
    if (spans > 0) {
      const what = spans === 1 ? '1 span that is none' : `${spans} spans that are none`;
      terminal.note(`spandrel: skipped ${what} in ${file}, in line ${named(this.#spans)}`);
    }
  }
}

/** `numbers`: of the first lines. */
interface Counted {
  count: number;
  readonly numbers: number[];
}

function add(counted: Counted, number: number, count: number): void {
  counted.count += count;
  if (counted.numbers.length <= MAX_NAMED) counted.numbers.push(number);
}

const named = ({ numbers }: Counted) =>
  numbers.slice(0, MAX_NAMED).join(', ') + (numbers.length > MAX_NAMED ? ' …' : '');
