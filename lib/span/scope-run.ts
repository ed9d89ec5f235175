import type { Context } from '@opentelemetry/api';
import { withContext } from '../context/active.js';
import type { Run } from './run.js';

/** A call with scopes and no span: each step of what it returns runs inside the scopes, and nothing is recorded. */
export class ScopeRun implements Run {
  readonly context: Context;
  readonly instead = undefined;

  constructor(active: Context) {
    this.context = active;
  }

  enter<A extends readonly unknown[], R>(fn: (...args: A) => R, self: unknown, args: A): R {
    return withContext(this.context, fn, self, args);
  }

  chunk(): void {}
  succeed(): void {}
  fail(): void {}
  cancel(): void {}
  abandon(): void {}
}
