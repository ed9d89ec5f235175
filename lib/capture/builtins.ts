// What the language's own objects hold, read by the language's own methods: an object's own are the program's business.
import { dataProperty } from './data-property.js';

/** The text that stands for a Date, a RegExp, a URL or URLSearchParams; undefined for others. Throws where the object only looks like one. */
export function builtinText(name: string, value: object): string | undefined {
  switch (name) {
    case 'Date': {
      const time = Date.prototype.getTime.call(value);
      return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
    }
    case 'RegExp':
      return RegExp.prototype.toString.call(value);
    case 'URL':
      return Reflect.get(Object.getPrototypeOf(value) as object, 'href', value) as string;
    case 'URLSearchParams':
      return URLSearchParams.prototype.toString.call(value);
    default:
      return undefined;
  }
}

const BOXED: Readonly<Record<string, () => unknown>> = {
  String: String.prototype.valueOf,
  Number: Number.prototype.valueOf,
  Boolean: Boolean.prototype.valueOf,
  BigInt: BigInt.prototype.valueOf,
  Symbol: Symbol.prototype.valueOf,
};

/** What a boxed primitive holds. */
export function unboxed(name: string, value: object): unknown {
  return BOXED[name]?.call(value);
}

/** Class and size of a buffer or a view of one. */
export function bytesText(value: ArrayBufferView | ArrayBuffer): string {
  const constructor = dataProperty(value, 'constructor');
  return `${(typeof constructor === 'function' && ownText(constructor, 'name')) || 'ArrayBuffer'} ${value.byteLength} bytes`;
}

const prototypeOf = (name: 'Map' | 'Set'): object => (name === 'Map' ? Map : Set).prototype;

/** How many items a Map or Set has. */
export function collectionSize(name: 'Map' | 'Set', value: object): number {
  return Object.getOwnPropertyDescriptor(prototypeOf(name), 'size')?.get?.call(value) as number;
}

/** The first items of a Map or Set: of a Map, pairs. */
export function firstItems(name: 'Map' | 'Set', value: object, limit: number): unknown[] {
  const items: unknown[] = [];
  const enough = new Error();
  try {
    (prototypeOf(name) as Map<unknown, unknown>).forEach.call(value as Map<unknown, unknown>, (item, key) => {
      if (items.length >= limit) throw enough; // forEach cannot be left but by throwing
      items.push(name === 'Map' ? [key, item] : item);
    });
  } catch (error) {
    if (error !== enough) throw error;
  }
  return items;
}

/**
 * Name, message, own data properties (code, status …), cause and errors of an error, and how many more there are; the stack is the
 * exception event's.
 */
export function errorEntries(value: object, limit: number): { names: string[]; values: unknown[]; more: number } {
  let more = 0;
  const names = ['name', 'message'];
  const values: unknown[] = [dataProperty(value, 'name') ?? 'Error', dataProperty(value, 'message') ?? ''];
  for (const key of Object.getOwnPropertyNames(value)) {
    if (key === 'stack' || key === 'name' || key === 'message') continue;
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (!descriptor?.enumerable && key !== 'cause' && key !== 'errors') continue;
    if (names.length >= limit + 2) {
      more++;
      continue;
    }
    names.push(key);
    values.push(descriptor && 'value' in descriptor ? (descriptor.value as unknown) : '[Getter]');
  }
  return { names, values, more };
}

/** An own data property that is a text, else nothing. */
export function ownText(object: object, key: PropertyKey): string {
  try {
    const value: unknown = Object.getOwnPropertyDescriptor(object, key)?.value;
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}
