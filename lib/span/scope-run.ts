import type { Context } from '@opentelemetry/api';
import type { Run } from './run.js';

/** A call with scopes and no span: each step of what it returns runs inside the scopes, and nothing is recorded. */
export class ScopeRun implements Run {
  readonly context: Context;
  readonly instead = undefined;

  constructor(active: Context) {
    this.context = active;
  }

  chunk(): void {}
  succeed(): void {}
  fail(): void {}
  cancel(): void {}
  abandon(): void {}
}
