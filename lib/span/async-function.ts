import { builtinModule } from '../builtin-module.js';
import type { AnyFn } from './call.js';

const types = builtinModule<typeof import('node:util')>('node:util')?.types;

/** Whether a function is an `async` one of the language's own: what it returns is a new promise that nobody else has. False where the runtime cannot tell. */
export const isAsyncFunction = (fn: AnyFn): boolean => types?.isAsyncFunction(fn) === true;
