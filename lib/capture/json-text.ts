/** Kept free for what closes a container: `,"…":"…[+1000000000]"}` and the commas round it. */
export const CLOSING = 28;

/**
 * What stands before a value, as text: the comma, the name. A text before it leaves its closing quote to it, a text after it the
 * opening one: to join two texts takes time and memory, whatever their length.
 */
export interface Gap {
  readonly plain: string;
  readonly beforeText: string;
  readonly afterText: string;
  readonly betweenTexts: string;
}

export const gap = (plain: string): Gap => ({
  plain,
  beforeText: `${plain}"`,
  afterText: `"${plain}`,
  betweenTexts: `"${plain}"`,
});

const NONE = gap('');
/** Before an element that is not the first. */
export const COMMA = gap(',');
/** Where entries were left out, the name of the mark that tells how many. */
const FIRST_LEFT_OUT = gap('"…":');
const NEXT_LEFT_OUT = gap(',"…":');

const ENDS = { '}': gap('}'), ']': gap(']'), ']}': gap(']}') } as const;

/** JSON on its way, and how long it may become. */
export class JsonText {
  #out = '';
  /** What stands before the next value. */
  #gap = NONE;
  /** Whether the closing quote of a text is still to come. */
  #inText = false;
  /** How long it may be before what closes the open containers. */
  #end: number;

  constructor(characters: number) {
    this.#end = characters;
  }

  get length(): number {
    return this.#out.length + this.#gap.plain.length + (this.#inText ? 1 : 0);
  }

  get end(): number {
    return this.#end;
  }

  get room(): number {
    return this.#end - this.length;
  }

  /** Says what stands before the value that comes next. */
  before(between: Gap): void {
    this.#gap = between;
  }

  /** A string, whose characters are as JSON has them. */
  text(characters: string): void {
    this.#out += this.#inText ? this.#gap.betweenTexts : this.#gap.beforeText;
    this.#out += characters;
    this.#gap = NONE;
    this.#inText = true;
  }

  /** A value that is no string, as JSON. */
  json(json: string): void {
    this.#out += this.#inText ? this.#gap.afterText : this.#gap.plain;
    this.#out += json;
    this.#gap = NONE;
    this.#inText = false;
  }

  open(bracket: string): void {
    this.json(bracket);
    this.#end -= CLOSING;
  }

  close(bracket: keyof typeof ENDS): void {
    this.#end += CLOSING;
    const end = ENDS[bracket];
    this.#out += this.#inText ? end.afterText : end.plain;
    this.#inText = false;
  }

  /** What tells how many entries were left out, in the place of a name and a value. */
  leftOut(mark: string, written: number): void {
    this.before(written > 0 ? NEXT_LEFT_OUT : FIRST_LEFT_OUT);
    this.text(mark);
  }

  /** Takes back what was written since it had this length and this end. */
  takeBack(length: number, end: number): void {
    this.json('');
    this.#out = this.#out.slice(0, length);
    this.#end = end;
  }

  /** The JSON, once all is closed. */
  toString(): string {
    return this.#inText ? `${this.#out}"` : this.#out;
  }
}
