import { element } from './element.js';

const MARGIN = 6; // rows beyond what is seen, so that scrolling shows no gap

export interface VirtualListOptions {
  /** Pixels; every row is as high. */
  readonly rowHeight: number;
  /** What the list is, for a screen reader. */
  readonly label: string;
  readonly id: string;
  /** Fills the row's element. */
  fill(row: HTMLElement, index: number): void;
  /** A row was chosen, by a click or a key. */
  select(index: number): void;
  /** Enter, or a double click. */
  open?(index: number): void;
  /** Other keys; true when one was used. */
  key?(key: string, index: number): boolean;
}

/** A list of any length, of which only the rows in sight are in the document. Arrow keys, Home, End, Page Up and Page Down move. */
export class VirtualList {
  readonly element: HTMLElement;
  readonly #options: VirtualListOptions;
  readonly #canvas = element('div', { className: 'canvas', role: 'presentation' });
  readonly #rows = new Map<number, HTMLElement>();
  #count = 0;
  #selected = -1;

  constructor(options: VirtualListOptions) {
    this.#options = options;
    this.element = element(
      'div',
      { className: 'virtual', id: options.id, tabIndex: 0, role: 'listbox', 'aria-label': options.label },
      this.#canvas,
    );
    this.element.addEventListener('scroll', () => this.#draw(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    this.element.addEventListener('click', (event) => this.#onClick(event));
    this.element.addEventListener('dblclick', () => options.open?.(this.#selected));
    new ResizeObserver(() => this.#draw()).observe(this.element);
  }

  get selected(): number {
    return this.#selected;
  }

  /** Shows so many rows anew. */
  show(count: number, selected: number): void {
    this.#count = count;
    this.#selected = selected;
    this.#canvas.style.height = `${count * this.#options.rowHeight}px`;
    for (const row of this.#rows.values()) row.remove();
    this.#rows.clear();
    this.#draw();
  }

  /** Brings a row into sight. */
  reveal(index: number): void {
    const { rowHeight } = this.#options;
    const { scrollTop, clientHeight } = this.element;
    if (index * rowHeight < scrollTop) this.element.scrollTop = index * rowHeight;
    else if ((index + 1) * rowHeight > scrollTop + clientHeight)
      this.element.scrollTop = (index + 1) * rowHeight - clientHeight;
    this.#draw();
  }

  #draw(): void {
    const { rowHeight, fill, id } = this.#options;
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / rowHeight) - MARGIN);
    const end = Math.min(this.#count, Math.ceil((scrollTop + clientHeight) / rowHeight) + MARGIN);
    for (const [index, row] of this.#rows) {
      if (index >= first && index < end) continue;
      row.remove();
      this.#rows.delete(index);
    }
    for (let index = first; index < end; index++) {
      if (this.#rows.has(index)) continue;
      const row = element('div', { id: `${id}-${index}`, className: 'row', role: 'option', 'aria-setsize': this.#count, 'aria-posinset': index + 1 }); // prettier-ignore
      row.dataset['index'] = String(index);
      row.style.top = `${index * rowHeight}px`;
      row.style.height = `${rowHeight}px`;
      fill(row, index);
      this.#rows.set(index, row);
      this.#canvas.append(row);
    }
    this.#mark();
  }

  #mark(): void {
    for (const [index, row] of this.#rows) row.setAttribute('aria-selected', String(index === this.#selected));
    if (this.#rows.has(this.#selected))
      this.element.setAttribute('aria-activedescendant', `${this.#options.id}-${this.#selected}`);
    else this.element.removeAttribute('aria-activedescendant');
  }

  #choose(index: number): void {
    const chosen = Math.max(0, Math.min(this.#count - 1, index));
    if (this.#count === 0) return;
    this.#selected = chosen;
    this.reveal(chosen);
    this.#options.select(chosen);
  }

  #onClick({ target }: Event): void {
    const row = target instanceof Element ? target.closest<HTMLElement>('.row') : null;
    if (row) this.#choose(Number(row.dataset['index']));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.#options.rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ...{ ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity },
    };
    const step = steps[event.key];
    if (step !== undefined)
      this.#choose(this.#selected < 0 && step > 0 && step !== Infinity ? 0 : this.#selected + step);
    else if (event.key === 'Enter' && this.#selected >= 0) this.#options.open?.(this.#selected);
    else if (!this.#options.key?.(event.key, this.#selected)) return;
    event.preventDefault();
  }
}
