import { element } from './element.js';
import { clock, shortDate, shown } from './names.js';
import type { Report } from './report.js';
import { DIMENSIONS, type Dimension, type Filter } from './state.js';
import type { Spans } from './spans.js';

const TYPING_MS = 200;
const MAX_OPTIONS = 300; // a longer list is no choice; the search finds the rest
const SELECTS: readonly Dimension[] = ['kind', 'model', 'agent', 'prompt', 'user', 'tag'];

/** What is looked at: search, choices, and a chip for each filter that is set. */
export class FilterBar {
  readonly element: HTMLElement;
  readonly #search = element('input', { type: 'search', id: 'search', placeholder: 'Search names, ids, inputs, outputs  ( / )', 'aria-label': 'Search', autocomplete: 'off', spellcheck: false }); // prettier-ignore
  readonly #errors = element('input', { type: 'checkbox', id: 'errors' });
  readonly #selects = new Map<Dimension, HTMLSelectElement>();
  readonly #chips = element('div', { className: 'chips', id: 'chips' });
  readonly #progress = element('span', { className: 'progress', role: 'status' });
  #report: Report | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(spans: Spans) {
    this.#search.addEventListener('input', () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#report?.filter({ text: this.#search.value || undefined }), TYPING_MS);
    });
    this.#errors.addEventListener('change', () => this.#report?.filter({ errors: this.#errors.checked || undefined }));
    const selects = SELECTS.map((dimension) => this.#select(dimension, spans)).filter((made) => made !== undefined);
    this.element = element(
      'div',
      { className: 'filters', role: 'search' },
      element('div', { className: 'filter-line' }, this.#search, ...selects, element('label', { className: 'check', htmlFor: 'errors' }, this.#errors, ' Failed only')), // prettier-ignore
      element('div', { className: 'filter-line' }, this.#chips, this.#progress),
    );
  }

  show(report: Report): void {
    this.#report = report;
    const { filter } = report.state;
    if (document.activeElement !== this.#search) this.#search.value = filter.text ?? '';
    this.#errors.checked = filter.errors ?? false;
    for (const [dimension, select] of this.#selects) select.value = filter[dimension] ?? '';
    this.#chips.replaceChildren(...chips(report));
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }

  /** How far the search through the contents is; undefined: done. */
  progress(share: number | undefined): void {
    this.#progress.textContent = share === undefined ? '' : `searching contents, ${Math.round(100 * share)}%`;
  }

  failed(error: string): void {
    this.#progress.textContent = `the contents cannot be searched: ${error}`;
  }

  #select(dimension: Dimension, spans: Spans): HTMLElement | undefined {
    const values = valuesOf(spans, dimension);
    if (values.length === 0) return undefined;
    const select = element('select', { 'aria-label': dimension, id: `filter-${dimension}` });
    select.append(element('option', { value: '' }, `any ${dimension}`));
    for (const value of values.slice(0, MAX_OPTIONS)) select.append(element('option', { value }, shown(value, '', 60)));
    select.addEventListener('change', () => this.#report?.filter({ [dimension]: select.value || undefined }));
    this.#selects.set(dimension, select);
    return select;
  }
}

function valuesOf(spans: Spans, dimension: Dimension): string[] {
  const numbers = new Set<number>();
  for (let row = 0; row < spans.count; row++) {
    if (dimension === 'tag') spans.tags(row).forEach((tag) => numbers.add(tag));
    else numbers.add(spans.textNumber(dimension, row));
    if (dimension === 'agent') numbers.add(spans.textNumber('callingAgent', row));
  }
  numbers.delete(0);
  return [...numbers].map((number) => spans.facts.texts[number] ?? '').sort((a, b) => a.localeCompare(b));
}

function chips(report: Report): HTMLElement[] {
  const { filter } = report.state;
  const made = DIMENSIONS.flatMap((dimension) => {
    const value = filter[dimension];
    return value === undefined ? [] : [chip(report, `${dimension}: ${shown(value, '', 60)}`, [dimension])];
  });
  if (filter.text) made.push(chip(report, `text: ${shown(filter.text, '', 60)}`, ['text']));
  if (filter.errors) made.push(chip(report, 'failed only', ['errors']));
  if (filter.from !== undefined || filter.to !== undefined) made.push(chip(report, timeText(filter), ['from', 'to']));
  if (made.length > 1) {
    const all = [...DIMENSIONS, 'text', 'errors', 'from', 'to'] as const;
    made.push(chip(report, 'clear all', all));
  }
  return made;
}

function timeText({ from, to }: Filter): string {
  if (from === undefined) return `until ${shortDate(to ?? 0)}`;
  return to === undefined ? `since ${shortDate(from)}` : `${shortDate(from)} – ${clock(to)}`;
}

function chip(report: Report, label: string, keys: readonly (keyof Filter)[]): HTMLElement {
  const made = element('button', { type: 'button', className: 'chip', 'aria-label': `Remove the filter ${label}` }, label, element('span', { 'aria-hidden': 'true' }, ' ×')); // prettier-ignore
  made.addEventListener('click', () => report.filter(Object.fromEntries(keys.map((key) => [key, undefined]))));
  return made;
}
