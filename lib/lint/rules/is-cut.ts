import { TRUNCATED } from '../../conventions/spandrel.js';
import type { LintSpan } from '../lint-span.js';

/** Whether the writer says that it cut this attribute, or one under it. */
export function isCut({ [TRUNCATED]: cut }: LintSpan['attributes'], name: string): boolean {
  return (
    Array.isArray(cut) &&
    cut.some(
      (one) => typeof one === 'string' && (one === name || one.startsWith(`${name}.`) || name.startsWith(`${one}.`)),
    )
  );
}
