import { formatCount, formatDuration } from '../../tree/format.js';
import { empty, more } from './cost-table.js';
import { dollars } from './dollars.js';
import { element } from './element.js';
import { sessionGroups, type SessionGroup } from './groups.js';
import { shortDate, shown } from './names.js';
import type { Report } from './report.js';

const SHOWN = 10;
const SHOWN_LONG = 1_000; // more rows than a person reads, fewer than a browser minds

/** Who talked to the service, and what each conversation took. A row leads to its traces. */
export function sessionTable(report: Report): HTMLElement {
  const sessions = sessionGroups(report.spans, report.rows);
  const place = element('section', { className: 'panel wide', id: 'sessions', 'aria-labelledby': 'sessions-title' });
  let isLong = false;
  const draw = () => {
    const visible = sessions.slice(0, isLong ? SHOWN_LONG : SHOWN);
    const toggle = () => {
      isLong = !isLong;
      draw();
    };
    place.replaceChildren(
      element('h2', { id: 'sessions-title' }, `Sessions${sessions.length > 0 ? ` · ${formatCount(sessions.length)}` : ''}`), // prettier-ignore
      sessions.length === 0 ? empty('No span has a session.') : table(report, visible),
      ...(sessions.length > SHOWN ? [more(Math.min(sessions.length, SHOWN_LONG), isLong, toggle)] : []),
    );
  };
  draw();
  return place;
}

function table(report: Report, sessions: readonly SessionGroup[]): HTMLElement {
  const heads = ['session', 'user', 'began', 'lasted', 'traces', 'calls', 'tokens', 'failed', 'dollars'];
  const head = element('tr', {}, ...heads.map((name, i) => element('th', { scope: 'col', className: i < 3 ? '' : 'number' }, name))); // prettier-ignore
  const body = sessions.map((session) => line(report, session));
  return element('table', { className: 'groups sessions' }, element('thead', {}, head), element('tbody', {}, ...body));
}

function line(report: Report, { key, user, traces, errors, start, end, cost }: SessionGroup): HTMLElement {
  const texts = report.spans.facts.texts;
  const session = texts[key] ?? '';
  const name = element('button', { className: 'name', type: 'button', title: `Show the traces of ${shown(session)}` }, shown(session)); // prettier-ignore
  name.addEventListener('click', () => {
    report.show({ view: 'traces', filter: { ...report.state.filter, session } });
  });
  const cells = [
    ...[formatDuration(Math.max(0, end - start)), formatCount(traces), formatCount(cost.calls)],
    formatCount(cost.promptTokens + cost.completionTokens),
  ];
  return element(
    'tr',
    {},
    element('td', { className: 'key' }, name),
    element('td', { className: 'text' }, shown(texts[user] ?? '', '')),
    element('td', { className: 'text' }, shortDate(start)),
    ...cells.map((cell) => element('td', { className: 'number' }, cell)),
    element('td', { className: errors > 0 ? 'number bad' : 'number' }, errors > 0 ? formatCount(errors) : ''),
    element('td', { className: 'number strong' }, cost.usd === undefined ? '–' : dollars(cost.usd)),
  );
}
