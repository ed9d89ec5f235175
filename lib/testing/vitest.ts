import { expect } from 'vitest';
import { register } from './register.js';
import type { SpanMatchers } from './span-matchers.js';

register(expect as never);

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- the parameter is Vitest's own
  interface Assertion<T = any> extends SpanMatchers {}
}
