import type { TestTracing } from '../test-tracing.js';
import { shown } from './equality.js';
import { outcome, type Outcome } from './outcome.js';
import { checkTracing } from './received.js';

/** Whether every span that started has ended: a stream nobody read to its end, or a promise nobody waited for, leaves one open. */
export function toHaveNoOpenSpans(tracing: TestTracing): Outcome {
  checkTracing('toHaveNoOpenSpans', tracing);
  const open = tracing.open().map(({ name }) => name);
  return outcome(open.length === 0, 'tracing', 'have no open spans', () => {
    const found = open.length === 0 ? 'All have ended.' : `Open: ${open.map(shown).join(', ')}.`;
    return `${found}\n\nThe spans:\n${tracing.tree() || '(none)'}`;
  });
}
