import { REDACTED } from '../conventions/redacted.js';
import { builtinText, bytesText, collectionSize, errorEntries, firstItems, ownText, unboxed } from './builtins.js';
import { isCardNumber, isGroupedCardNumber } from './card-numbers.js';
import { cutEntriesMark, headOf } from './cut.js';
import { dataProperty } from './data-property.js';
import { escaped } from './escaped.js';
import { CLOSING, COMMA, JsonText } from './json-text.js';
import type { Limits } from './limits.js';
import { objectKind } from './object-kind.js';
import { ABSENT, accessorName, elementReader, propertyReader } from './read-data.js';
import type { KeyRule, Redaction } from './redaction.js';
import { dataUrl, textWithin } from './text-within.js';

/** A string inside a container leaves this share of the room to what comes after it. */
const SHARE_LEFT = 8;
const QUOTES = 2;
const LONGEST_NAME = 64;
const LARGEST_BIGINT = 10n ** 64n;
/** The objects that are being written, outermost first: those of all writers, since a `toJSON` may have a value written meanwhile. */
const above: object[] = [];

/**
 * Writes a value as JSON within its limits, in time that depends on the limits and not on the value.
 * Reads data properties and `toJSON`; shows accessors without running them; names what must not be touched.
 */
export class JsonWriter {
  /** Whether anything was cut. */
  truncated = false;
  readonly #out: JsonText;
  readonly #limits: Limits;
  readonly #redaction: Redaction;
  /** Where its own objects begin in the list. */
  readonly #base = above.length;
  /** Within a value whose key speaks of a card. */
  #inCard = false;

  constructor(characters: number, limits: Limits, redaction: Redaction) {
    this.#out = new JsonText(characters);
    this.#limits = limits;
    this.#redaction = redaction;
  }

  /** The JSON of one value. Never throws. */
  write(value: unknown): string {
    this.#value(value, undefined, '');
    return this.#out.toString();
  }

  /** The JSON of an object given as names and values: no object has to be made for it. `more`: how many entries were left out. */
  writeEntries(names: readonly string[], values: readonly unknown[], more = 0): string {
    this.#out.open('{');
    let written = 0;
    for (let i = 0; i < names.length; i++) {
      if (!this.#entry(names[i] as string, values[i], written)) {
        this.#cutObject(names.length - i + more, written);
        break;
      }
      written++;
    }
    if (more > 0 && written === names.length) this.#cutObject(more, written);
    this.#out.close('}');
    return this.#out.toString();
  }

  get #depth(): number {
    return above.length - this.#base;
  }

  #value(value: unknown, rule: KeyRule | undefined, key: string | number): void {
    switch (typeof value) {
      case 'string':
        return this.#string(value, rule);
      case 'number':
        return this.#number(value, rule);
      case 'boolean':
        return this.#out.json(value ? 'true' : 'false');
      case 'object':
        return value === null ? this.#out.json('null') : this.#object(value, rule, key);
      case 'undefined':
        return this.#mark('undefined');
      case 'bigint':
        return this.#mark(value < LARGEST_BIGINT && value > -LARGEST_BIGINT ? `${value}n` : 'BigInt');
      case 'symbol':
        return this.#mark(accessorName(value) ?? `Symbol(${value.description ?? ''})`);
      case 'function':
        return this.#mark(`Function ${ownText(value, 'name')}`.trimEnd());
    }
  }

  /** What a value is, in brackets, where the value itself has no JSON. */
  #mark(text: string): void {
    this.#string(`[${text.length > 128 ? `${headOf(text, 128)}…` : text}]`);
  }

  #number(value: number, rule: KeyRule | undefined): void {
    if (!Number.isFinite(value)) return this.#mark(String(value));
    const text = Object.is(value, -0) ? '-0' : String(value);
    if ((rule?.card || this.#inCard) && isCardNumber(text)) return this.#out.text(REDACTED);
    this.#out.json(text);
  }

  #string(value: string, rule?: KeyRule): void {
    if (rule?.secret) return this.#out.text(REDACTED);
    if ((rule?.card || this.#inCard) && value.length < 32 && isGroupedCardNumber(value))
      return this.#out.text(REDACTED);
    const bytes = dataUrl(value);
    if (bytes !== undefined) {
      this.truncated = true;
      return this.#out.text(bytes);
    }
    const room = this.#out.room - QUOTES;
    if (value.length <= room) {
      if (this.#redaction.passes(value)) return this.#out.text(value);
      const characters = escaped(this.#redaction.searched(value));
      if (characters.length <= room) return this.#out.text(characters);
    }
    const allowed = this.#depth > 0 ? room - Math.floor(room / SHARE_LEFT) : room;
    const { characters, truncated } = textWithin(value, room, allowed, this.#redaction);
    this.truncated ||= truncated;
    this.#out.text(characters);
  }

  #object(value: object, rule: KeyRule | undefined, key: string | number): void {
    if (rule?.secret) return this.#out.text(REDACTED);
    // a quarter of the time that `includes` takes
    if (above.indexOf(value, this.#base) !== -1) return this.#mark('Circular');
    const { length, end } = this.#out;
    const height = above.length;
    const inCard = this.#inCard;
    try {
      this.#inCard ||= rule?.card === true;
      above.push(value);
      this.#shown(value, key);
    } catch {
      // a proxy or an own trap that throws: what was written of it so far goes, its place says why
      this.#out.takeBack(length, end);
      this.#mark('Unreadable');
    } finally {
      while (above.length > height) above.pop(); // setting the length takes ten times as long
      this.#inCard = inCard;
    }
  }

  #shown(value: object, key: string | number): void {
    const isArray = Array.isArray(value);
    if (!isArray) {
      const kind = objectKind(Object.getPrototypeOf(value) as object | null);
      if (kind.show === 'named') return this.#mark(kind.name);
      if (kind.show === 'builtin') return this.#builtin(kind.name, value);
    }
    if ('toJSON' in value && this.#toJSON(value, key)) return;
    if (isArray) this.#array(value);
    else this.#properties(value);
  }

  /** `toJSON`, read as a data property: its result is written in the value's place. False where it gives none. */
  #toJSON(value: object, key: string | number): boolean {
    const toJSON = dataProperty(value, 'toJSON');
    if (typeof toJSON !== 'function') return false;
    let result: unknown;
    try {
      result = toJSON.call(value, String(key));
    } catch {
      return false;
    }
    if (result === value || this.#depth > this.#limits.depth) return false;
    this.#value(result, undefined, key);
    return true;
  }

  #builtin(name: string, value: object): void {
    switch (name) {
      case 'bytes':
        return this.#mark(bytesText(value as ArrayBufferView | ArrayBuffer));
      case 'Map':
      case 'Set':
        return this.#collection(name, value);
      case 'Error': {
        if (this.#tooDeep('{', '}', 1)) return;
        const { names, values, more } = errorEntries(value, this.#limits.entries);
        return void this.writeEntries(names, values, more);
      }
      default: {
        const text = builtinText(name, value);
        return text === undefined ? this.#value(unboxed(name, value), undefined, '') : this.#string(text);
      }
    }
  }

  #array(value: readonly unknown[]): void {
    if (this.#tooDeep('[', ']', value.length)) return;
    this.#out.open('[');
    const read = elementReader(value);
    let rule: KeyRule | undefined;
    for (let i = 0; i < value.length; i++) {
      if (i >= this.#limits.entries || this.#out.room < CLOSING) {
        this.#cutArray(value.length - i, i);
        break;
      }
      if (i > 0) this.#out.before(COMMA);
      const element = read(value, i);
      if (element === ABSENT) this.#out.json('null');
      else this.#value(element, rule, i);
      rule = i === 0 && value.length === 2 ? this.#pairRule(element) : undefined;
    }
    this.#out.close(']');
  }

  /** Of a pair such as `['authorization', '…']`, a header as `fetch` takes it: the rule of its name. */
  #pairRule(name: unknown): KeyRule | undefined {
    if (typeof name !== 'string' || name.length > LONGEST_NAME) return undefined;
    const rule = this.#redaction.key(name);
    return rule.secret ? rule : undefined;
  }

  #properties(value: object): void {
    if (this.#depth > this.#limits.depth) return void this.#tooDeep('{', '}', Object.keys(value).length);
    this.#out.open('{');
    let written = 0;
    const read = propertyReader(value);
    for (const key in value) {
      const property = read(value, key);
      if (property === ABSENT) continue;
      if (written >= this.#limits.entries || !this.#entry(key, property, written)) {
        this.#cutObject(Object.keys(value).length - written, written);
        break;
      }
      written++;
    }
    this.#out.close('}');
  }

  /** Writes `"key":value`; false, with nothing written, when there is no room for it. */
  #entry(key: string, value: unknown, written: number): boolean {
    const rule = this.#redaction.key(key);
    if (this.#out.room < rule.first.plain.length - 1 + CLOSING) return false; // the colon is counted there
    this.#out.before(written > 0 ? rule.next : rule.first);
    this.#value(value, rule, key);
    return true;
  }

  /** `{"Map":[[key,value],…]}`, `{"Set":[…]}` */
  #collection(name: 'Map' | 'Set', value: object): void {
    const size = collectionSize(name, value);
    if (this.#tooDeep('{', '}', size)) return;
    const items = firstItems(name, value, this.#limits.entries);
    this.#out.open(`{"${name}":[`);
    let written = 0;
    for (const item of items) {
      // a Map's entry is two values in a container of their own
      if (this.#out.room < 3 * CLOSING) break;
      if (written > 0) this.#out.before(COMMA);
      if (name === 'Map') this.#pair(item as [unknown, unknown]);
      else this.#value(item, undefined, '');
      written++;
    }
    if (size > written) this.#cutArray(size - written, written);
    this.#out.close(']}');
  }

  /** A Map's entry: a string key withholds its value as an object's would. */
  #pair([key, value]: [unknown, unknown]): void {
    const rule = typeof key === 'string' ? this.#redaction.key(key) : undefined;
    this.#out.open('[');
    this.#value(key, undefined, '');
    this.#out.before(COMMA);
    this.#value(value, rule, typeof key === 'string' ? key : '');
    this.#out.close(']');
  }

  #tooDeep(open: '{' | '[', close: '}' | ']', size: number): boolean {
    if (this.#depth <= this.#limits.depth) return false;
    if (size === 0) this.#out.json(open + close);
    else {
      this.#out.open(open);
      if (open === '[') this.#cutArray(size, 0);
      else this.#cutObject(size, 0);
      this.#out.close(close);
    }
    return true;
  }

  #cutArray(dropped: number, written: number): void {
    this.truncated = true;
    if (written > 0) this.#out.before(COMMA);
    this.#out.text(cutEntriesMark(dropped));
  }

  #cutObject(dropped: number, written: number): void {
    this.truncated = true;
    this.#out.leftOut(cutEntriesMark(dropped), written);
  }
}
