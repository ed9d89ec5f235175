import './language.js'; // first

import { formatCount, formatUsd } from '../../tree/format.js';
import { costTable } from './cost-table.js';
import { byId, element } from './element.js';
import { FilterBar } from './filter-bar.js';
import { latencyTable } from './latency-table.js';
import { matchingRows, searchContents } from './matching.js';
import { counted, dateTime, shown, timeRange } from './names.js';
import { Contents, readFacts } from './read-data.js';
import type { Report } from './report.js';
import { sessionTable } from './session-table.js';
import { SpanDetails } from './span-details.js';
import { Spans, type Trace } from './spans.js';
import { defined, readState, writeState, type Filter, type State } from './state.js';
import { initTheme } from './theme.js';
import { TimeChart } from './time-chart.js';
import { totals } from './totals.js';
import { TraceList } from './trace-list.js';
import { Waterfall } from './waterfall.js';

/** The page: holds the state, and shows all parts anew when it changes. */
class Page implements Report {
  readonly spans: Spans;
  readonly contents: Contents;
  state: State;
  rows: readonly number[] = [];
  readonly #filterBar: FilterBar;
  readonly #chart = new TimeChart();
  readonly #waterfall = new Waterfall(() => this.#details.focus());
  readonly #list = new TraceList(() => this.#waterfall.focus());
  readonly #details = new SpanDetails();
  #found: ReadonlySet<number> = new Set();
  #search: { text: string; abort: AbortController } | undefined;
  #shownFilter: Filter | undefined;
  #shownOverview: readonly number[] | undefined;

  constructor(spans: Spans) {
    this.spans = spans;
    this.contents = new Contents(spans.facts.blocks);
    this.state = readState(location.hash);
    this.#filterBar = new FilterBar(spans);
    byId('filters').replaceWith(this.#filterBar.element);
    byId('overview').append(element('div', { id: 'figures' }), this.#chart.element, element('div', { id: 'tables' }));
    byId('traces').append(this.#list.element, this.#waterfall.element, this.#details.element);
    for (const view of ['overview', 'traces'] as const)
      byId(`tab-${view}`).addEventListener('click', () => {
        this.show({ view });
      });
    addEventListener('hashchange', () => this.#goTo(readState(location.hash)));
    document.addEventListener('keydown', (event) => this.#onKey(event));
    initTheme(byId('theme'), () => this.#chart.show(this));
    this.#draw();
  }

  show(change: { readonly [K in keyof State]?: State[K] | undefined }): void {
    this.#goTo(defined<State>({ ...this.state, ...change }));
  }

  filter(change: { readonly [K in keyof Filter]?: Filter[K] | undefined }): void {
    this.show({ filter: defined<Filter>({ ...this.state.filter, ...change }) });
  }

  #goTo(state: State): void {
    const isNewPlace = state.view !== this.state.view || state.trace !== this.state.trace;
    this.state = state;
    const hash = writeState(state);
    if (hash !== location.hash) {
      if (isNewPlace) history.pushState(null, '', hash);
      else history.replaceState(null, '', hash);
    }
    this.#draw();
  }

  #draw(): void {
    const { filter, view } = this.state;
    if (filter !== this.#shownFilter) {
      this.#shownFilter = filter;
      this.#searchFor(filter.text);
      this.rows = matchingRows(this.spans, filter, this.#found);
    }
    this.#filterBar.show(this);
    for (const name of ['overview', 'traces'] as const) {
      byId(name).hidden = name !== view;
      byId(`tab-${name}`).setAttribute('aria-selected', String(name === view));
      byId(`tab-${name}`).tabIndex = name === view ? 0 : -1;
    }
    if (view === 'overview') this.#drawOverview();
    else this.#drawTraces();
  }

  #drawOverview(): void {
    if (this.#shownOverview === this.rows) return;
    this.#shownOverview = this.rows;
    byId('figures').replaceChildren(totals(this));
    this.#chart.show(this);
    byId('tables').replaceChildren(
      costTable(this, 'model', 'by-model'),
      costTable(this, 'prompt', 'by-prompt'),
      latencyTable(this),
      costTable(this, 'callingAgent', 'by-agent'),
      costTable(this, 'user', 'by-other', ['tag', 'session']),
      sessionTable(this),
    );
  }

  #drawTraces(): void {
    this.#list.show(this);
    const trace = this.#list.chosen(this.state.trace);
    const { span } = this.state;
    const isIn = span !== undefined && span < this.spans.count && this.spans.trace(span) === trace;
    this.state = defined<State>({ ...this.state, trace: trace?.index, span: isIn ? span : this.#firstMatch(trace) });
    this.#list.show(this); // with what is chosen now
    this.#waterfall.show(this, trace);
    this.#details.show(this, this.state.span);
  }

  /** Of a trace that was found by a filter, the span that was meant; else its root. */
  #firstMatch(trace: Trace | undefined): number | undefined {
    if (trace === undefined || Object.keys(this.state.filter).length === 0) return trace?.root;
    const matches = this.rows.filter((row) => this.spans.trace(row) === trace);
    return matches.sort((a, b) => (this.spans.start[a] ?? 0) - (this.spans.start[b] ?? 0))[0] ?? trace.root;
  }

  /** Looks through the contents in the background; what is found is shown as it comes. */
  #searchFor(text: string | undefined): void {
    if (this.#search?.text === text) return;
    this.#search?.abort.abort();
    this.#search = undefined;
    this.#found = new Set();
    this.#filterBar.progress(undefined);
    if (!text || text.length < 2 || this.contents.blockCount === 0) return;
    const abort = new AbortController();
    this.#search = { text, abort };
    let shownAt = performance.now();
    const progress = (found: ReadonlySet<number>, share: number) => {
      const isDone = share >= 1;
      this.#filterBar.progress(isDone ? undefined : share);
      if (!isDone && performance.now() - shownAt < 300) return;
      shownAt = performance.now();
      this.#found = new Set(found);
      this.rows = matchingRows(this.spans, this.state.filter, this.#found);
      this.#draw();
    };
    searchContents(this.contents, text, abort.signal, progress).catch((error: unknown) => {
      this.#filterBar.failed(String(error));
    });
  }

  #onKey(event: KeyboardEvent): void {
    const { key, target } = event;
    const isTyping = target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'Escape') this.#back(isTyping);
    else if (isTyping) return;
    else if (key === '/') this.#filterBar.focusSearch();
    else if (key === '1' || key === '2') this.show({ view: key === '1' ? 'overview' : 'traces' });
    else if (key === '?') (byId('help') as HTMLDialogElement).showModal();
    else if ((key === 'ArrowLeft' || key === 'ArrowRight') && target instanceof HTMLElement && target.role === 'tab')
      this.#otherTab();
    else return;
    event.preventDefault();
  }

  #otherTab(): void {
    this.show({ view: this.state.view === 'overview' ? 'traces' : 'overview' });
    byId(`tab-${this.state.view}`).focus();
  }

  /** From the span's details to the spans, from those to the traces, from the search to the lists. */
  #back(isTyping: boolean): void {
    if ((byId('help') as HTMLDialogElement).open) (byId('help') as HTMLDialogElement).close();
    else if (this.state.view !== 'traces') (document.activeElement as HTMLElement | null)?.blur();
    else if (!isTyping && this.#details.element.contains(document.activeElement)) this.#waterfall.focus();
    else this.#list.focus();
  }
}

function heading({ facts, count, traces }: Spans): void {
  document.title = shown(facts.title, 'Spandrel report');
  byId('title').textContent = shown(facts.title, 'Spandrel report');
  const [first, last] = traces.reduce(([a, b], { start, end }) => [Math.min(a, start), Math.max(b, end)], [Infinity, -Infinity]); // prettier-ignore
  const when = count > 0 ? timeRange(facts.epoch + first, facts.epoch + last) : '';
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  byId('about').textContent = [when, `${counted(count, 'span')} in ${counted(traces.length, 'trace')}`, `times in ${zone}`].join(' · '); // prettier-ignore
  byId('about').title = `made ${dateTime(facts.madeAt)}`;
  const { spans, usd, contents, allContents } = facts.leftOut;
  const notes = [
    ...(spans > 0 ? [`These are the newest traces; ${formatCount(spans)} older spans${usd > 0 ? ` (${formatUsd(usd)})` : ''} are left out.`] : []), // prettier-ignore
    ...(allContents ? ['Inputs, outputs and other attributes are left out.'] : []),
    ...(contents > 0 ? [`The contents of ${formatCount(contents)} older spans are left out: there were too many for one page.`] : []), // prettier-ignore
  ];
  byId('left-out').textContent = notes.join(' ');
}

async function start(): Promise<void> {
  try {
    const spans = new Spans(await readFacts());
    heading(spans);
    new Page(spans);
    document.documentElement.dataset['ready'] = 'yes';
  } catch (error) {
    byId('title').textContent = 'This report cannot be shown';
    byId('about').textContent = `It needs a browser of 2023 or later (DecompressionStream). ${String(error)}`;
    throw error;
  } finally {
    document.documentElement.classList.remove('loading');
  }
}

void start();
