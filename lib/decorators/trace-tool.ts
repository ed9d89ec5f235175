import type { TraceToolOptions } from '../plan/trace-options.js';
import { toolSettings } from '../plan/trace-settings.js';
import type { AnyFn } from '../span/call.js';
import { amending, tracing } from './amend.js';
import { checkParentheses } from './decorate.js';
import type { SpandrelDecorator } from './decorator-types.js';

/**
 * Traces each call of a method as a tool's: kind TOOL, with the tool's name, description and schema, and the arguments by name.
 *
 * ```ts
 * class Tools {
 *   @TraceTool({ name: 'lookup_account', description: 'Finds a customer by id' })
 *   lookup(id: string) { … }
 * }
 * ```
 *
 * What the call cost is said by `recordCost()`. Throws while decorating for an option that does not fit.
 */
export function TraceTool<F extends AnyFn = AnyFn>(options: TraceToolOptions<F> = {}): SpandrelDecorator<F> {
  checkParentheses('TraceTool', arguments);
  return amending('TraceTool', tracing('TraceTool', toolSettings('@TraceTool', options as TraceToolOptions)));
}
