import { formatCount, formatDuration } from '../../tree/format.js';
import { dollars } from './dollars.js';
import { element } from './element.js';
import { costTotal, quantile } from './groups.js';
import { counted } from './names.js';
import type { Report } from './report.js';

/** The first line of the overview: what it cost, how much, how fast, how often it failed. */
export function totals({ spans, rows }: Report): HTMLElement {
  const cost = costTotal(spans, rows);
  const traces = [...new Set(rows.map((row) => spans.trace(row)))];
  const durations = Float64Array.from(traces, ({ start, end }) => end - start).sort();
  const failedTraces = new Set(rows.filter((row) => spans.isError(row)).map((row) => spans.trace(row).index)).size;
  const errors = rows.filter((row) => spans.isError(row)).length;
  const perTrace = cost.usd !== undefined && traces.length > 0 ? `${dollars(cost.usd / traces.length)} a trace` : '';
  return element(
    'dl',
    { className: 'totals', id: 'totals' },
    ...figure('Spend', cost.usd === undefined ? '–' : dollars(cost.usd), unpricedNote(cost.unpriced) ?? perTrace),
    ...figure(
      'Model calls',
      formatCount(cost.calls),
      traces.length > 0 ? `${(cost.calls / traces.length).toFixed(1)} a trace` : '',
    ),
    ...figure('Tokens', formatCount(cost.promptTokens + cost.completionTokens), `${formatCount(cost.promptTokens)} in · ${formatCount(cost.completionTokens)} out`), // prettier-ignore
    ...figure('Traces', formatCount(traces.length), counted(rows.length, 'span')),
    ...figure('p95 of a trace', durations.length > 0 ? formatDuration(quantile(durations, 0.95)) : '–', durations.length > 0 ? `median ${formatDuration(quantile(durations, 0.5))}` : ''), // prettier-ignore
    ...figure(
      'Failed spans',
      formatCount(errors),
      errors > 0 ? `in ${counted(failedTraces, 'trace')}` : 'none failed',
      errors > 0,
    ),
  );
}

const unpricedNote = (calls: number) => (calls > 0 ? `${counted(calls, 'call')} without a price` : undefined);

function figure(name: string, value: string, note: string, isBad = false): HTMLElement[] {
  return [
    element('div', { className: isBad ? 'figure bad' : 'figure' }, element('dt', {}, name), element('dd', {}, value), element('dd', { className: 'note' }, note)), // prettier-ignore
  ];
}
