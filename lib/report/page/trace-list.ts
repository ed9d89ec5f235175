import { formatCount, formatDuration } from '../../tree/format.js';
import { dollars } from './dollars.js';
import { element } from './element.js';
import { counted, shortDate, shown } from './names.js';
import type { Report } from './report.js';
import type { Trace } from './spans.js';
import type { Sort } from './state.js';
import { VirtualList } from './virtual-list.js';

const ROW = 52;
const ORDERS: Readonly<Record<Sort, (a: Trace, b: Trace) => number>> = {
  newest: (a, b) => b.start - a.start,
  slowest: (a, b) => b.end - b.start - (a.end - a.start),
  dearest: (a, b) => (b.usd ?? -1) - (a.usd ?? -1),
};

/** The traces that have a span for which the filter holds. */
export class TraceList {
  readonly element: HTMLElement;
  readonly #count = element('p', { className: 'count', 'aria-live': 'polite' });
  readonly #sort = element('select', { className: 'inline', 'aria-label': 'Order of traces' });
  readonly #list: VirtualList;
  #report: Report | undefined;
  #traces: readonly Trace[] = [];
  #matches = new Map<Trace, number>();
  #shownRows: readonly number[] | undefined;
  #shownSort: Sort | undefined;

  /** `open` is called to go on to the trace's spans. */
  constructor(open: () => void) {
    for (const sort of Object.keys(ORDERS)) this.#sort.append(element('option', { value: sort }, sort));
    this.#sort.addEventListener('change', () => this.#report?.show({ sort: this.#sort.value as Sort }));
    this.#list = new VirtualList({
      ...{ id: 'trace-list', label: 'Traces', rowHeight: ROW, open },
      fill: (row, index) => this.#fill(row, this.#traces[index] as Trace),
      select: (index) => {
        const trace = this.#traces[index];
        if (trace) this.#report?.show({ trace: trace.index, span: undefined });
      },
    });
    this.element = element('div', { className: 'trace-list' }, element('div', { className: 'bar-top' }, this.#count, this.#sort), this.#list.element); // prettier-ignore
  }

  show(report: Report): void {
    const { rows, state, spans } = report;
    const isSame = this.#shownRows === rows && this.#shownSort === state.sort;
    this.#report = report;
    if (!isSame) {
      this.#shownRows = rows;
      this.#shownSort = state.sort;
      this.#matches = new Map();
      for (const row of rows) this.#matches.set(spans.trace(row), (this.#matches.get(spans.trace(row)) ?? 0) + 1);
      this.#traces = [...this.#matches.keys()].sort(ORDERS[state.sort]);
      this.#sort.value = state.sort;
      this.#count.textContent = counted(this.#traces.length, 'trace');
    }
    const selected = this.#traces.findIndex(({ index }) => index === state.trace);
    if (!isSame || selected !== this.#list.selected) this.#list.show(this.#traces.length, selected);
    if (!isSame && selected >= 0) this.#list.reveal(selected);
  }

  /** The trace of that number while it is in the list, else the first one. */
  chosen(index: number | undefined): Trace | undefined {
    return this.#traces.find((trace) => trace.index === index) ?? this.#traces[0];
  }

  focus(): void {
    this.#list.element.focus();
  }

  #fill(row: HTMLElement, trace: Trace): void {
    const { spans } = this.#report as Report;
    const parts = [formatDuration(Math.max(0, trace.end - trace.start)), counted(trace.rows.length, 'span')];
    row.append(
      element(
        'div',
        { className: 'line' },
        element('span', { className: 'title grow' }, shown(spans.text('name', trace.root), '(no name)')),
        trace.usd === undefined
          ? trace.unpriced > 0 && element('span', { className: 'unpriced' }, 'no price')
          : element('span', { className: 'usd' }, dollars(trace.usd)),
      ),
      element(
        'div',
        { className: 'line small' },
        element('span', { className: 'grow' }, parts.join(' · ')),
        trace.errors > 0 && element('span', { className: 'bad' }, `${formatCount(trace.errors)} failed`),
        element('span', {}, shortDate(spans.facts.epoch + trace.start)),
      ),
    );
  }
}
