const STATE = Symbol.for('spandrel.state.v1');

/**
 * State that all copies of this package in one process share: an ESM and a CommonJS copy are loaded side by side easily,
 * and settings made through one must reach the decorators of the other.
 */
export function shared<T extends object>(name: string, make: () => T): T {
  const holder = globalThis as { [STATE]?: Map<string, object> };
  const state = (holder[STATE] ??= new Map<string, object>());
  let value = state.get(name) as T | undefined;
  if (value === undefined) state.set(name, (value = make()));
  return value;
}
