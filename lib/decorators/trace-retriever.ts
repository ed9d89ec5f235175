import type { TraceRetrieverOptions } from '../plan/trace-options.js';
import { retrieverSettings } from '../plan/trace-settings.js';
import type { AnyFn } from '../span/call.js';
import { amending, tracing } from './amend.js';
import { checkParentheses } from './decorate.js';
import type { SpandrelDecorator } from './decorator-types.js';

/**
 * Traces each call of a method as a search: kind RETRIEVER, with the documents it found, in the form that a backend shows.
 *
 * ```ts
 * class Notes {
 *   @TraceRetriever()
 *   async search(query: string) {
 *     return [{ id: 'n1', content: 'Acme wants SSO', score: 0.92 }];
 *   }
 * }
 * ```
 *
 * Throws while decorating for an option that does not fit.
 */
export function TraceRetriever<F extends AnyFn = AnyFn>(options: TraceRetrieverOptions<F> = {}): SpandrelDecorator<F> {
  checkParentheses('TraceRetriever', arguments);
  return amending(
    'TraceRetriever',
    tracing('TraceRetriever', retrieverSettings('@TraceRetriever', options as TraceRetrieverOptions)),
  );
}
