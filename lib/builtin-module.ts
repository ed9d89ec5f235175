/** A module of Node's own, where the runtime has such and gives it without an import (from Node 20.16): the core loads where there is none. */
export function builtinModule<T>(name: string): Partial<T> | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): Partial<T> | undefined } };
  return process?.getBuiltinModule?.(name);
}
