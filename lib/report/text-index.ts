const MAX_TEXT = 300; // of names, ids and errors; the whole error stands with the span's contents

/** Each text once, by number; 0 is the empty text, "none". */
export class TextIndex {
  readonly texts: string[] = [''];
  readonly #numbers = new Map([['', 0]]);

  of(value: unknown): number {
    if (typeof value !== 'string') return 0;
    const text = value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }
}
