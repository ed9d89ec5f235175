import {
  DOCUMENT_CONTENT,
  DOCUMENT_ID,
  DOCUMENT_SCORE,
  INPUT_VALUE,
  OUTPUT_VALUE,
  PROMPT_TEMPLATE,
  PROMPT_TEMPLATE_VARIABLES,
  PROMPT_TEMPLATE_VERSION,
  RETRIEVAL_DOCUMENTS,
} from '../../conventions/openinference.js';
import { formatCount, formatDuration, formatUsd } from '../../tree/format.js';
import type { ContentEvent, ContentLink, ContentValue, SpanContent } from '../report-data.js';
import { inputMessages, itemsOf, outputMessages, text, type ChatMessage } from './chat.js';
import { element } from './element.js';
import { dateTime, shown } from './names.js';
import type { Report } from './report.js';
import { kindMark } from './waterfall.js';

type Child = Node | string | false;

/** All of one span: its facts at once, its contents as soon as their block is open. */
export class SpanDetails {
  readonly element = element('div', { className: 'details', id: 'details', tabIndex: 0, role: 'region', 'aria-label': 'Span' }); // prettier-ignore
  #row: number | undefined;

  show(report: Report, row: number | undefined): void {
    if (row === this.#row && this.element.hasChildNodes()) return;
    this.#row = row;
    this.element.scrollTop = 0;
    if (row === undefined) {
      this.element.replaceChildren(element('p', { className: 'empty' }, 'Choose a span to see what went in and what came out.')); // prettier-ignore
      return;
    }
    const contents = element('div', { className: 'contents', 'aria-busy': 'true' });
    this.element.replaceChildren(...facts(report, row), contents);
    report.contents.of(row).then(
      (content) => {
        if (this.#row !== row) return; // another one was chosen in the meantime
        contents.removeAttribute('aria-busy');
        contents.replaceChildren(...(content ? contentsOf(content) : [absent(report)]));
      },
      (error: unknown) => contents.replaceChildren(element('p', { className: 'bad' }, `The contents cannot be read: ${String(error)}`)), // prettier-ignore
    );
  }

  focus(): void {
    this.element.focus();
  }
}

function absent({ spans }: Report): HTMLElement {
  const why = spans.facts.leftOut.allContents
    ? 'This report was made without contents.'
    : 'The contents of this span are left out: there were too many for one page.';
  return element('p', { className: 'empty' }, why);
}

function facts(report: Report, row: number): HTMLElement[] {
  const { spans } = report;
  const error = spans.text('error', row);
  const list = element('dl', { className: 'facts' });
  const add = (name: string, value: Child) => {
    if (value !== '' && value !== false) list.append(element('dt', {}, name), element('dd', {}, value));
  };
  const number = (value: number | undefined, format: (value: number) => string) =>
    value === undefined || Number.isNaN(value) ? '' : format(value);
  add('took', Number.isNaN(spans.duration[row]) ? 'not ended' : formatDuration(spans.duration[row] ?? 0));
  add('first chunk', number(spans.firstChunk[row], formatDuration));
  add('began', dateTime(spans.time(row)));
  add('model', filterButton(report, row, 'model'));
  add('tokens', [number(spans.promptTokens[row], (count) => `${formatCount(count)} in`), number(spans.completionTokens[row], (count) => `${formatCount(count)} out`)].filter(Boolean).join(' · ')); // prettier-ignore
  add('cost', number(spans.usd[row], formatUsd) || (spans.textNumber('unpriced', row) === 0 ? '' : `no price for ${shown(spans.text('unpriced', row))}`)); // prettier-ignore
  add('agent', filterButton(report, row, 'agent') || filterButton(report, row, 'callingAgent'));
  add('session', filterButton(report, row, 'session'));
  add('user', filterButton(report, row, 'user'));
  add('tags', spans.tags(row).map((tag) => shown(spans.facts.texts[tag] ?? '')).join(', ')); // prettier-ignore
  add('prompt', filterButton(report, row, 'prompt'));
  return [
    element('h3', { className: 'span-name' }, shown(spans.text('name', row), '(no name)'), ' ', kindMark(spans, row)),
    ...(error === '' ? [] : [element('p', { className: 'error-text' }, error)]),
    list,
  ];
}

function filterButton(
  report: Report,
  row: number,
  column: 'model' | 'agent' | 'callingAgent' | 'session' | 'user' | 'prompt',
): Child {
  // prettier-ignore
  const value = report.spans.text(column, row);
  if (value === '') return false;
  const button = element(
    'button',
    { type: 'button', className: 'link', title: 'Look at these alone' },
    shown(value, '', 90),
  );
  button.addEventListener('click', () => report.filter({ [column === 'callingAgent' ? 'agent' : column]: value }));
  return button;
}

function contentsOf(content: SpanContent): HTMLElement[] {
  const { attributes, events = [], links = [], omitted, statusMessage } = content;
  const value = (key: string) => attributes[key];
  return [
    ...(statusMessage && statusMessage.length > 300 ? [section('Error', false, block(statusMessage))] : []),
    ...chat('Messages in', inputMessages(attributes)),
    ...chat('Messages out', outputMessages(attributes)),
    ...documents(attributes),
    ...valueSection('Input', value(INPUT_VALUE), inputMessages(attributes).length === 0),
    ...valueSection('Output', value(OUTPUT_VALUE), outputMessages(attributes).length === 0),
    ...valueSection(promptTitle(value(PROMPT_TEMPLATE_VERSION)), value(PROMPT_TEMPLATE), true),
    ...valueSection('Prompt variables', value(PROMPT_TEMPLATE_VARIABLES), false),
    ...(events.length > 0 ? [section('Events', true, ...events.map(eventBlock))] : []),
    ...(links.length > 0 ? [section('Links', true, ...links.map(linkBlock))] : []),
    section(`Attributes · ${Object.keys(attributes).length}`, false, attributeTable(attributes)),
    ...(omitted ? [element('p', { className: 'empty' }, `${formatCount(omitted)} attributes are left out: the span is too large.`)] : []), // prettier-ignore
    element('p', { className: 'small mono' }, `span ${shown(content.spanId)}`),
  ];
}

const promptTitle = (version: ContentValue | undefined) => {
  const shownVersion = text(version);
  return shownVersion === '' ? 'Prompt template' : `Prompt template, version ${shown(shownVersion, '', 40)}`;
};

function section(title: string, isOpen: boolean, ...children: readonly Node[]): HTMLElement {
  return element('details', { open: isOpen, className: 'part' }, element('summary', {}, title), ...children);
}

function valueSection(title: string, value: ContentValue | undefined, isOpen: boolean): HTMLElement[] {
  return value === undefined || value === '' ? [] : [section(title, isOpen, block(text(value)))];
}

/** Text as it stands, JSON indented. */
function block(value: string): HTMLElement {
  return element('pre', { tabIndex: 0 }, indented(value));
}

function indented(value: string): string {
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.stringify(JSON.parse(value), undefined, 2);
  } catch {
    return value; // it only looks like JSON, or was cut
  }
}

function chat(title: string, messages: readonly ChatMessage[]): HTMLElement[] {
  if (messages.length === 0) return [];
  return [section(`${title} · ${messages.length}`, true, ...messages.map(messageBlock))];
}

function messageBlock({ role, name, parts, toolCalls }: ChatMessage): HTMLElement {
  const made = element(
    'div',
    { className: 'message' },
    element('div', { className: 'role' }, shown(name === '' ? role : `${role} · ${name}`)),
    ...parts.map((part) => element('pre', { tabIndex: 0 }, indented(part))),
    ...toolCalls.map((call) => element('div', { className: 'tool-call' }, element('b', {}, shown(call.name, '(no name)')), element('pre', {}, indented(call.json)))), // prettier-ignore
  );
  made.dataset['role'] = role;
  return made;
}

function documents(attributes: SpanContent['attributes']): HTMLElement[] {
  const found = itemsOf(attributes, RETRIEVAL_DOCUMENTS);
  if (found.length === 0) return [];
  const blocks = found.map((item) => {
    const score = item[DOCUMENT_SCORE] === undefined ? '' : ` · score ${text(item[DOCUMENT_SCORE])}`;
    return element('div', { className: 'message' }, element('div', { className: 'role' }, shown(`${text(item[DOCUMENT_ID]) || 'document'}${score}`)), element('pre', {}, text(item[DOCUMENT_CONTENT]))); // prettier-ignore
  });
  return [section(`Documents · ${found.length}`, true, ...blocks)];
}

const eventBlock = ({ name, at, attributes }: ContentEvent) =>
  element('div', { className: 'event' }, element('b', {}, shown(name)), ` after ${formatDuration(Math.max(0, at))}`, attributeTable(attributes)); // prettier-ignore

const linkBlock = ({ traceId, spanId, attributes }: ContentLink) =>
  element('div', { className: 'event' }, element('div', { className: 'small mono' }, `trace ${shown(traceId)}`), element('div', { className: 'small mono' }, `span ${shown(spanId)}`), attributeTable(attributes)); // prettier-ignore

function attributeTable(attributes: Readonly<Record<string, ContentValue>>): HTMLElement {
  const lines = Object.entries(attributes).map(([key, value]) =>
    element('tr', {}, element('th', { scope: 'row' }, shown(key)), element('td', {}, indented(text(value)))),
  );
  return element('table', { className: 'attributes' }, element('tbody', {}, ...lines));
}
