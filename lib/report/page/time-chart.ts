import uPlot from 'uplot';
import { formatCount } from '../../tree/format.js';
import { empty } from './cost-table.js';
import { dollars } from './dollars.js';
import { element } from './element.js';
import { shortDate, shown, timeLabels } from './names.js';
import type { Report } from './report.js';
import { timeBins, type Measure, type Series, type TimeBins } from './time-bins.js';

const HEIGHT = 220;
const MEASURES: Readonly<Record<Measure, string>> = {
  ...{ cost: 'Cost', tokens: 'Tokens', calls: 'Model calls', failed: 'Failed spans' },
};

/** Cost over time, stacked by model. Dragging over it looks at that time alone. */
export class TimeChart {
  readonly element = element('section', { className: 'panel wide', id: 'over-time', 'aria-labelledby': 'over-time-title' }); // prettier-ignore
  #plot: uPlot | undefined;
  #measure: Measure = 'cost';
  #report: Report | undefined;

  constructor() {
    new ResizeObserver(() => this.#resize()).observe(this.element);
  }

  show(report: Report): void {
    this.#report = report;
    this.#draw();
  }

  /** Anew, for instance in other colours. */
  #draw(): void {
    const report = this.#report;
    if (!report) return;
    const bins = timeBins(report.spans, report.rows, this.#measure);
    const title = element('h2', { id: 'over-time-title' }, this.#chooser(), ' over time');
    this.#plot?.destroy();
    this.#plot = undefined;
    if (!bins) {
      this.element.replaceChildren(title, empty('Nothing to show.'));
      return;
    }
    const place = element('div', { className: 'chart', role: 'img', 'aria-label': this.#summary(report, bins) });
    const tip = element('div', { className: 'tip', hidden: true });
    place.append(tip);
    this.element.replaceChildren(title, place, this.#legend(report, bins));
    this.#plot = new uPlot(this.#options(report, bins, tip), stacked(bins), place);
  }

  #chooser(): HTMLElement {
    const select = element('select', { className: 'inline', 'aria-label': 'What is added up over time' });
    for (const [measure, name] of Object.entries(MEASURES))
      select.append(element('option', { value: measure, selected: measure === this.#measure }, name));
    select.addEventListener('change', () => {
      this.#measure = select.value as Measure;
      this.#draw();
    });
    return select;
  }

  #options(report: Report, bins: TimeBins, tip: HTMLElement): uPlot.Options {
    const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const grid = { stroke: colour('--hairline'), width: 1 };
    const axis = { stroke: colour('--muted'), font: `12px ${getComputedStyle(document.body).fontFamily}`, grid, ticks: { show: false } }; // prettier-ignore
    const bars = uPlot.paths.bars?.({ size: [0.86, 64], align: 1 });
    return {
      width: Math.max(200, this.element.clientWidth - 2 * 20),
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      scales: { x: { time: true, range: () => xRange(bins) }, y: { range: (_, _least, most) => [0, most * 1.08] } },
      axes: [
        { ...axis, grid: { show: false }, space: 100, values: (_, splits, _axis, _space, step) => timeLabels(splits, step) }, // prettier-ignore
        { ...axis, size: 68, values: (_, values) => values.map((value) => this.#text(value)) },
      ],
      series: [
        {},
        ...bins.series.map((_, i) => ({
          ...{ fill: colour(colourName(i)), stroke: colour(colourName(i)), width: 0, points: { show: false } },
          ...(bars && { paths: bars }),
        })),
      ],
      hooks: {
        setCursor: [(plot) => this.#point(plot, report, bins, tip)],
        setSelect: [(plot) => zoom(plot, report)],
      },
    };
  }

  #text(value: number): string {
    return this.#measure === 'cost' ? dollars(value) : formatCount(value);
  }

  #point({ cursor: { idx, left = 0 }, over }: uPlot, report: Report, bins: TimeBins, tip: HTMLElement): void {
    const start = idx == null ? undefined : bins.starts[idx];
    tip.hidden = left < 0 || start === undefined;
    if (idx == null || start === undefined) return;
    const lines = bins.series.flatMap((series, i) => {
      const value = series.values[idx] ?? 0;
      if (value === 0) return [];
      return [element('div', {}, swatch(i), element('span', { className: 'grow' }, nameOf(report, series)), element('b', {}, this.#text(value)))]; // prettier-ignore
    });
    const sum = bins.series.reduce((total, { values }) => total + (values[idx] ?? 0), 0);
    tip.replaceChildren(element('div', { className: 'when' }, element('span', { className: 'grow' }, shortDate(start)), element('b', {}, this.#text(sum))), ...lines); // prettier-ignore
    const isRight = left > over.clientWidth / 2;
    tip.style.left = isRight ? '' : `${over.offsetLeft + left + 14}px`;
    tip.style.right = isRight ? `${over.clientWidth - left + 14}px` : '';
  }

  #legend(report: Report, bins: TimeBins): HTMLElement {
    return element(
      'ul',
      { className: 'legend' },
      ...bins.series.map((series, i) =>
        element('li', {}, swatch(i), nameOf(report, series), ' ', element('b', {}, this.#text(series.total))),
      ),
    );
  }

  #summary(report: Report, bins: TimeBins): string {
    const parts = bins.series.map((series) => `${nameOf(report, series)} ${this.#text(series.total)}`);
    return `${MEASURES[this.#measure]} over time: ${parts.join(', ')}`;
  }

  #resize(): void {
    const width = this.element.clientWidth - 2 * 20;
    if (this.#plot && width > 200 && width !== this.#plot.width) this.#plot.setSize({ width, height: HEIGHT });
  }
}

/** Bars are drawn from the sum of all down to the last one alone, each over the one before. */
function stacked({ starts, series }: TimeBins): uPlot.AlignedData {
  const sums: Float64Array[] = [];
  for (const { values } of [...series].reverse()) {
    const above = sums[0];
    sums.unshift(values.map((value, i) => value + (above?.[i] ?? 0)));
  }
  return [starts.map((ms) => ms / 1000), ...sums];
}

const xRange = ({ starts, width }: TimeBins): [number, number] => [
  ((starts[0] ?? 0) - width / 2) / 1000,
  ((starts.at(-1) ?? 0) + 1.5 * width) / 1000,
];

function zoom(plot: uPlot, report: Report): void {
  const { left, width } = plot.select;
  if (width < 4) return;
  const [from, to] = [left, left + width].map((x) => Math.round(plot.posToVal(x, 'x') * 1000)) as [number, number];
  report.filter({ from: Math.max(0, from), to: Math.max(0, to) });
}

const colourName = (index: number) => `--series-${(index % 6) + 1}`;

const nameOf = ({ spans }: Report, { key }: Series) => (key < 0 ? 'others' : shown(spans.facts.texts[key] ?? '', '(no model)', 60)); // prettier-ignore

function swatch(index: number): HTMLElement {
  const made = element('span', { className: 'swatch', 'aria-hidden': 'true' });
  made.style.background = `var(${colourName(index)})`;
  return made;
}
