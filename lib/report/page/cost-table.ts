import { formatCount } from '../../tree/format.js';
import { dollars } from './dollars.js';
import { element } from './element.js';
import { costGroups, type CostGroup, type CostKey } from './groups.js';
import { shown } from './names.js';
import type { Report } from './report.js';
import type { Dimension } from './state.js';

const SHOWN = 8;
const NAMES: Readonly<Record<CostKey, string>> = {
  ...{ model: 'model', prompt: 'prompt version', callingAgent: 'agent', session: 'session', user: 'user', tag: 'tag' },
};
const FILTERS: Readonly<Record<CostKey, Dimension>> = {
  ...{ model: 'model', prompt: 'prompt', callingAgent: 'agent', session: 'session', user: 'user', tag: 'tag' },
};

/** What was spent, by one of the facts of model calls; a row is a button that looks at that group alone. */
export function costTable(report: Report, by: CostKey, id: string, other: readonly CostKey[] = []): HTMLElement {
  let isLong = false;
  const place = element('section', { className: 'panel', id, 'aria-labelledby': `${id}-title` });
  const draw = (key: CostKey) => {
    const groups = costGroups(report.spans, report.rows, key);
    const most = Math.max(0, ...groups.map(({ usd }) => usd ?? 0));
    const visible = isLong ? groups : groups.slice(0, SHOWN);
    place.replaceChildren(
      element(
        'h2',
        { id: `${id}-title` },
        'Cost by ',
        chooser(key, [by, ...other], (next) => draw(next)),
      ),
      groups.length === 0 ? empty() : list(report, key, visible, most),
      (groups.length > SHOWN &&
        more(groups.length, isLong, () => {
          isLong = !isLong;
          draw(key);
        })) ||
        '',
    );
  };
  draw(by);
  return place;
}

function chooser(key: CostKey, keys: readonly CostKey[], choose: (key: CostKey) => void): Node | string {
  if (keys.length === 1) return NAMES[key];
  const select = element('select', { className: 'inline', 'aria-label': 'Cost by' });
  for (const candidate of keys)
    select.append(element('option', { value: candidate, selected: candidate === key }, NAMES[candidate]));
  select.addEventListener('change', () => {
    choose(select.value as CostKey);
  });
  return select;
}

function list(report: Report, key: CostKey, groups: readonly CostGroup[], most: number): HTMLElement {
  const head = element('tr', {}, ...[NAMES[key], 'calls', 'tokens', 'a call', 'dollars'].map((name, i) => element('th', { scope: 'col', className: i === 0 ? '' : 'number' }, name))); // prettier-ignore
  const body = groups.map((group) => line(report, key, group, most));
  return element('table', { className: 'groups costs' }, element('thead', {}, head), element('tbody', {}, ...body));
}

function line(report: Report, by: CostKey, group: CostGroup, most: number): HTMLElement {
  const { key, calls, unpriced, promptTokens, completionTokens, usd } = group;
  const text = report.spans.facts.texts[key] ?? '';
  const name = element('button', { className: 'name', type: 'button', disabled: key === 0, title: shown(text) }, shown(text)); // prettier-ignore
  name.addEventListener('click', () => report.filter({ [FILTERS[by]]: text }));
  const bar = element('span', { className: 'bar', 'aria-hidden': 'true' });
  bar.style.width = `${most > 0 ? (100 * Math.max(0, usd ?? 0)) / most : 0}%`;
  const perCall = usd === undefined || calls === 0 ? '' : dollars(usd / calls);
  const spent = usd === undefined ? (unpriced > 0 ? 'no price' : '–') : dollars(usd);
  return element(
    'tr',
    {},
    element('td', { className: 'key' }, name, bar),
    ...[formatCount(calls), formatCount(promptTokens + completionTokens), perCall].map((cell) => element('td', { className: 'number' }, cell)), // prettier-ignore
    element('td', { className: usd === undefined ? 'number unpriced' : 'number strong' }, spent),
  );
}

export function more(count: number, isLong: boolean, toggle: () => void): HTMLElement {
  const button = element('button', { className: 'more', type: 'button' }, isLong ? 'Show fewer' : `Show all ${formatCount(count)}`); // prettier-ignore
  button.addEventListener('click', toggle);
  return button;
}

export const empty = (text = 'No model calls.') => element('p', { className: 'empty' }, text);
