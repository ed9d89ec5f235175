import { expect } from '@jest/globals';
import { register } from './register.js';
import type { SpanMatchers } from './span-matchers.js';

register(expect as never);

/* eslint-disable @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type, @typescript-eslint/no-namespace -- the parameters and the namespace are jest's own */
declare module 'expect' {
  // `expect` of @jest/globals
  interface Matchers<R extends void | Promise<void>, T = unknown> extends SpanMatchers<R> {}
}

declare global {
  namespace jest {
    // the global `expect` of @types/jest
    interface Matchers<R, T = {}> extends SpanMatchers<R> {}
  }
}
