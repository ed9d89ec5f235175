import type { AnyFn, Site } from '../span/call.js';
import type { Scope, SpanPlan } from '../span/plan.js';
import { runInSpan } from '../span/run-in-span.js';

/** Where a block form's calls happen: it has no class, and is called as the form is. */
export const blockSite = (methodName: string): Site => ({ methodName, className: () => undefined });

/** Runs a block as a call of its own: inside scopes, or in a span. */
export function runBlock<R>(site: Site, scopes: readonly Scope[], span: SpanPlan | undefined, fn: () => R): R {
  return runInSpan({ site, scopes, span }, undefined, [], fn as AnyFn) as R;
}

/** Throws a TypeError when a form was called without its function. */
export function checkFunction(where: string, fn: unknown): void {
  if (typeof fn !== 'function')
    throw new TypeError(
      `${where}: expected a function to run as the last argument, got ${fn === null ? 'null' : typeof fn}.`,
    );
}
