import { dataProperty } from '../capture/data-property.js';

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A data property; an accessor is not run. */
export const at = (value: object, key: string): unknown => dataProperty(value, key);

export const textAt = (value: object, key: string): string | undefined => {
  const text = at(value, key);
  return typeof text === 'string' ? text : undefined;
};

/** The first of these properties that is text. */
export const firstTextAt = (value: object, ...keys: readonly string[]): string | undefined => {
  for (const key of keys) {
    const text = textAt(value, key);
    if (text !== undefined) return text;
  }
  return undefined;
};

export const objectAt = (value: object, key: string): object | undefined => {
  const found = at(value, key);
  return isObject(found) ? found : undefined;
};

export const listAt = (value: object, key: string): readonly unknown[] => {
  const list = at(value, key);
  return Array.isArray(list) ? (list as unknown[]) : [];
};
