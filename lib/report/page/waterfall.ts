import { formatDuration } from '../../tree/format.js';
import { dollars } from './dollars.js';
import { element } from './element.js';
import { counted, dateTime, shown } from './names.js';
import type { Report } from './report.js';
import type { Spans, Trace } from './spans.js';
import { traceRows, type TraceRow } from './trace-rows.js';
import { VirtualList } from './virtual-list.js';

const ROW = 28;
const INDENT = 14;
const MAX_DEPTH = 14; // deeper spans are drawn below each other: the name must stay readable

/** The spans of one trace as a tree, with when each ran. */
export class Waterfall {
  readonly element: HTMLElement;
  readonly #head = element('div', { className: 'trace-head' });
  readonly #axis = element('div', { className: 'time-axis', 'aria-hidden': 'true' });
  readonly #list: VirtualList;
  #report: Report | undefined;
  #trace: Trace | undefined;
  #lines: readonly TraceRow[] = [];
  #folded = new Set<number>();
  #isMatch: ReadonlySet<number> = new Set();
  #shownRows: readonly number[] | undefined;

  /** `open` is called to go on to the span's details. */
  constructor(open: () => void) {
    this.#list = new VirtualList({
      ...{
        id: 'waterfall',
        label: 'Spans of the trace; left and right arrow keys fold and unfold',
        rowHeight: ROW,
        open,
      },
      fill: (row, index) => this.#fill(row, this.#lines[index] as TraceRow),
      select: (index) => {
        const line = this.#lines[index];
        if (line) this.#report?.show({ span: line.row });
      },
      key: (key, index) => this.#onKey(key, index),
    });
    this.element = element('div', { className: 'waterfall' }, this.#head, this.#axis, this.#list.element);
    this.#list.element.addEventListener('click', ({ target }) => {
      const fold = target instanceof Element ? target.closest<HTMLElement>('.fold') : null;
      if (fold) this.#fold(Number(fold.dataset['row']), undefined);
    });
  }

  show(report: Report, trace: Trace | undefined): void {
    const isSame = trace === this.#trace && report.rows === this.#shownRows;
    this.#shownRows = report.rows;
    this.#report = report;
    if (trace !== this.#trace) this.#folded = new Set();
    this.#trace = trace;
    if (!trace) {
      this.#head.replaceChildren(element('p', { className: 'empty' }, 'No trace.'));
      this.#axis.replaceChildren();
      this.#list.show(0, -1);
      return;
    }
    if (!isSame) {
      const inTrace = new Set(trace.rows);
      this.#isMatch = new Set(report.rows.filter((row) => inTrace.has(row)));
      this.#lines = traceRows(report.spans, trace, this.#folded);
      this.#head.replaceChildren(...this.#heading(report, trace));
      this.#axis.replaceChildren(...ticks(trace));
    }
    const selected = this.#lines.findIndex(({ row }) => row === report.state.span);
    if (!isSame || selected !== this.#list.selected) this.#list.show(this.#lines.length, selected);
    if (!isSame && selected >= 0) this.#list.reveal(selected);
  }

  focus(): void {
    this.#list.element.focus();
  }

  #heading({ spans }: Report, trace: Trace): HTMLElement[] {
    const parts = [
      dateTime(spans.facts.epoch + trace.start),
      formatDuration(Math.max(0, trace.end - trace.start)),
      ...(trace.tokens > 0 ? [counted(trace.tokens, 'token')] : []),
      ...(trace.usd === undefined ? [] : [dollars(trace.usd)]),
      ...(trace.unpriced > 0 ? [`${counted(trace.unpriced, 'call')} without a price`] : []),
    ];
    return [
      element('h2', {}, shown(spans.text('name', trace.root), '(no name)')),
      element('p', { className: 'small' }, parts.join(' · ')),
      element('p', { className: 'small mono' }, shown(spans.facts.traceIds[trace.index] ?? '')),
    ];
  }

  #fill(place: HTMLElement, { row, depth, children }: TraceRow): void {
    const { spans } = this.#report as Report;
    const trace = this.#trace as Trace;
    place.classList.toggle('dimmed', !this.#isMatch.has(row));
    const fold = children > 0 && element('span', { className: this.#folded.has(row) ? 'fold closed' : 'fold', 'aria-hidden': 'true' }); // prettier-ignore
    if (fold) fold.dataset['row'] = String(row);
    const name = element('span', { className: 'tree' }, fold, element('span', { className: spans.isError(row) ? 'title bad' : 'title' }, shown(spans.text('name', row), '(no name)')), kindMark(spans, row)); // prettier-ignore
    name.style.paddingLeft = `${Math.min(depth, MAX_DEPTH) * INDENT + (children > 0 ? 0 : 16)}px`;
    const usd = spans.usd[row] as number;
    place.append(
      name,
      element('span', { className: 'track' }, bar(spans, row, trace)),
      element('span', { className: 'number' }, durationText(spans, row)),
      element('span', { className: 'number usd' }, Number.isNaN(usd) ? '' : dollars(usd)),
    );
    if (children > 0) place.setAttribute('aria-expanded', String(!this.#folded.has(row)));
    place.setAttribute('aria-level', String(depth + 1));
  }

  #onKey(key: string, index: number): boolean {
    const line = this.#lines[index];
    if (!line || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return false;
    if (line.children > 0 && this.#folded.has(line.row) === (key === 'ArrowRight'))
      this.#fold(line.row, key === 'ArrowLeft');
    return true;
  }

  #fold(row: number, isFolded = !this.#folded.has(row)): void {
    if (!this.#report || !this.#trace) return;
    if (isFolded) this.#folded.add(row);
    else this.#folded.delete(row);
    this.#lines = traceRows(this.#report.spans, this.#trace, this.#folded);
    const selected = this.#lines.findIndex((line) => line.row === row);
    this.#list.show(this.#lines.length, selected);
    this.#report.show({ span: row });
  }
}

export function kindMark(spans: Spans, row: number): HTMLElement {
  const kind = spans.text('kind', row);
  const made = element('span', { className: 'kind' }, shown(kind, '', 14));
  made.dataset['kind'] = kind; // its colour; unknown kinds have the plain one
  return made;
}

const durationText = (spans: Spans, row: number) => {
  const ms = spans.duration[row] as number;
  return Number.isNaN(ms) ? 'open' : formatDuration(ms);
};

function bar(spans: Spans, row: number, { start, end }: Trace): HTMLElement {
  const scale = end > start ? 100 / (end - start) : 0;
  const made = element('span', { className: spans.isError(row) ? 'span-bar failed' : 'span-bar' });
  const duration = spans.duration[row] || 0;
  made.dataset['kind'] = spans.text('kind', row);
  made.style.left = `${((spans.start[row] ?? 0) - start) * scale}%`;
  made.style.width = `${scale === 0 ? 100 : duration * scale}%`;
  const firstChunk = spans.firstChunk[row] as number;
  if (firstChunk > 0 && duration > 0) {
    const mark = element('span', { className: 'first-chunk' });
    mark.style.left = `${Math.min(100, (100 * firstChunk) / duration)}%`;
    made.append(mark);
  }
  return made;
}

function ticks({ start, end }: Trace): HTMLElement[] {
  const length = Math.max(0, end - start);
  return [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const tick = element('span', { className: 'tick' }, share === 0 ? '0' : formatDuration(length * share));
    tick.style.left = `${100 * share}%`;
    return tick;
  });
}
