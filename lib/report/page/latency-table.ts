import { formatCount, formatDuration } from '../../tree/format.js';
import { empty, more } from './cost-table.js';
import { element } from './element.js';
import { latencyGroups, type LatencyGroup, type LatencyKey } from './groups.js';
import { shown } from './names.js';
import type { Report } from './report.js';

const SHOWN = 10;
const NAMES: Readonly<Record<LatencyKey, string>> = {
  ...{ agent: 'agent', name: 'operation', model: 'model', kind: 'kind' },
};

/** How long spans take: from the median to the slowest, on one scale, so that rows are compared by eye. */
export function latencyTable(report: Report): HTMLElement {
  let isLong = false;
  const place = element('section', { className: 'panel wide', id: 'latency', 'aria-labelledby': 'latency-title' });
  const draw = (by: LatencyKey) => {
    const groups = latencyGroups(report.spans, report.rows, by);
    const select = element('select', { className: 'inline', 'aria-label': 'Latency by' });
    for (const key of Object.keys(NAMES) as LatencyKey[])
      select.append(element('option', { value: key, selected: key === by }, NAMES[key]));
    select.addEventListener('change', () => draw(select.value as LatencyKey));
    const toggle = () => {
      isLong = !isLong;
      draw(by);
    };
    place.replaceChildren(
      element('h2', { id: 'latency-title' }, 'Latency by ', select),
      groups.length === 0 ? empty(by === 'agent' ? 'No agents.' : 'No spans.') : table(report, by, isLong ? groups : groups.slice(0, SHOWN)), // prettier-ignore
      ...(groups.length > SHOWN ? [more(groups.length, isLong, toggle)] : []),
    );
  };
  draw(latencyGroups(report.spans, report.rows, 'agent').length > 0 ? 'agent' : 'name');
  return place;
}

function table(report: Report, by: LatencyKey, groups: readonly LatencyGroup[]): HTMLElement {
  const scale = durationScale(groups);
  const heads = [NAMES[by], 'count', '', 'p50', 'p95', 'p99', 'max', 'first chunk', 'failed'];
  const head = element('tr', {}, ...heads.map((name, i) => element('th', { scope: 'col', className: i === 0 ? '' : i === 2 ? 'range' : 'number' }, ...(i === 2 ? [axis(scale)] : [name])))); // prettier-ignore
  const body = groups.map((group) => line(report, by, group, scale));
  return element('table', { className: 'groups latencies' }, element('thead', {}, head), element('tbody', {}, ...body));
}

function line(report: Report, by: LatencyKey, group: LatencyGroup, scale: Scale): HTMLElement {
  const { key, count, p50, p95, p99, max, firstChunk, errors } = group;
  const text = report.spans.facts.texts[key] ?? '';
  const name = element('button', { className: 'name', type: 'button', title: shown(text) }, shown(text));
  name.addEventListener('click', () => report.filter({ [by]: text }));
  const ms = (value: number | undefined) => (value === undefined ? '' : formatDuration(value));
  return element(
    'tr',
    {},
    element('td', { className: 'key' }, name),
    element('td', { className: 'number' }, formatCount(count)),
    element('td', { className: 'range' }, range(group, scale)),
    ...[ms(p50), ms(p95), ms(p99), ms(max), ms(firstChunk)].map((cell) => element('td', { className: 'number' }, cell)),
    element('td', { className: errors > 0 ? 'number bad' : 'number' }, errors > 0 ? formatCount(errors) : ''),
  );
}

/** A place between 0 and 1 for a duration. */
interface Scale {
  readonly least: number;
  readonly most: number;
  at(ms: number): number;
}

/** By powers of ten: agents that take seconds stand beside tools that take milliseconds. */
function durationScale(groups: readonly LatencyGroup[]): Scale {
  const least = 10 ** Math.floor(Math.log10(Math.max(0.01, Math.min(...groups.map(({ p50 }) => p50)))));
  const most = Math.max(least * 10, ...groups.map(({ max }) => max));
  const span = Math.log(most / least);
  return { least, most, at: (ms) => Math.max(0, Math.min(1, Math.log(Math.max(ms, least) / least) / span)) };
}

function axis(scale: Scale): HTMLElement {
  const ticks: HTMLElement[] = [];
  for (let ms = scale.least; ms <= scale.most * 1.0001; ms *= 10) {
    const tick = element('span', { className: 'tick' }, tickText(ms));
    tick.style.left = `${100 * scale.at(ms)}%`;
    ticks.push(tick);
  }
  return element('div', { className: 'axis', 'aria-hidden': 'true' }, ...ticks);
}

const tickText = (ms: number) => (ms < 1 ? `${Number(ms.toPrecision(1))} ms` : ms < 1000 ? `${Math.round(ms)} ms` : `${formatCount(ms / 1000)} s`); // prettier-ignore

function range({ p50, p95, p99, max }: LatencyGroup, scale: Scale): HTMLElement {
  const part = (className: string, from: number, to: number) => {
    const made = element('span', { className });
    made.style.left = `${100 * scale.at(from)}%`;
    made.style.width = `${100 * (scale.at(to) - scale.at(from))}%`;
    return made;
  };
  return element(
    'div',
    {
      className: 'plot',
      'aria-hidden': 'true',
      title: 'from the median (dot) to p95 (bar), p99 and the slowest (line)',
    },
    part('tail', p50, max),
    part('body', p50, p95),
    part('p99', p99, p99),
    part('median', p50, p50),
  );
}
