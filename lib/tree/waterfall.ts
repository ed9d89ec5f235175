import type { AttributeValue } from '@opentelemetry/api';
import { formatCount, formatDuration, formatUsd, oneLine } from './format.js';
import { plain, type Paint } from './paint.js';
import { spanFacts, type SpanFacts } from './span-facts.js';
import { spanTrees } from './span-tree.js';
import { table, type Column } from './table.js';
import { treeLines } from './tree-lines.js';
import type { SpanNode, TreeSpan } from './tree-span.js';

const BAR = 16;
const MAX_NAME = 64;
const MAX_ATTRIBUTE = 300;

interface Row {
  readonly branches: string;
  readonly span: TreeSpan;
  readonly facts: SpanFacts;
  readonly bar: string;
}

/**
 * Each trace as a tree that shows when each span ran, with its tokens, dollars and errors; below a span the attributes that
 * `shown` names, unless the span above has the same. Trees are apart by an empty line.
 */
export function waterfall(
  spans: readonly TreeSpan[],
  { paint = plain, shown = [] }: { readonly paint?: Paint; readonly shown?: readonly string[] } = {},
): string {
  return spanTrees(spans)
    .map((root) => {
      const rows = rowsOf(root);
      const text = table(rows, columns(paint));
      return shown.length === 0 ? text : withAttributes(text.split('\n'), rows, shown, paint);
    })
    .join('\n\n');
}

function withAttributes(
  lines: readonly string[],
  rows: readonly Row[],
  shown: readonly string[],
  paint: Paint,
): string {
  const texts = new Map<string, string>();
  return rows
    .flatMap(({ branches, span }, i) => {
      const isParent = (rows[i + 1]?.branches.length ?? 0) > branches.length;
      const margin = branches.replace('├─ ', '│  ').replace('└─ ', '   ') + (isParent ? '│  ' : '   ');
      const below = shown.flatMap((name) => {
        const text = attributeText(name, span.attributes[name]);
        texts.set(`${span.spanId}/${name}`, text);
        const isInherited = text === texts.get(`${span.parentSpanId}/${name}`);
        return text === '' || isInherited ? [] : [paint('dim', margin) + text];
      });
      return [lines[i] ?? '', ...below];
    })
    .join('\n');
}

function rowsOf(root: SpanNode): Row[] {
  const lines = [...treeLines([root])];
  const start = root.span.startNs;
  const end = lines.reduce((latest, { span }) => max(latest, span.endNs ?? span.startNs), start);
  return lines.map(({ branches, span }) => ({ branches, span, facts: spanFacts(span), bar: bar(span, start, end) }));
}

/** Where in the trace the span ran: `  ███`. */
function bar({ startNs, endNs = startNs }: TreeSpan, from: bigint, to: bigint): string {
  const scale = Number(to - from) / BAR;
  if (scale <= 0) return '█'.repeat(BAR);
  const left = Math.min(BAR - 1, Math.max(0, Math.floor(Number(startNs - from) / scale)));
  const right = Math.min(BAR, Math.max(left + 1, Math.round(Number(endNs - from) / scale)));
  return ' '.repeat(left) + '█'.repeat(right - left);
}

const max = (a: bigint, b: bigint) => (a > b ? a : b);

const columns = (paint: Paint): readonly Column<Row>[] => [
  {
    text: ({ branches, span }) => branches + oneLine(span.name, MAX_NAME),
    paint: (text, { branches, facts }) =>
      paint('dim', branches) + paint(facts.error === undefined ? 'bold' : 'red', text.slice(branches.length)),
  },
  { text: ({ facts }) => oneLine(facts.kind ?? '', MAX_NAME), paint: (text) => paint('cyan', text) },
  { text: ({ facts }) => (facts.durationMs === undefined ? 'open' : formatDuration(facts.durationMs)), right: true },
  { text: ({ bar }) => bar, paint: (text) => paint('dim', text) },
  { text: ({ facts }) => withUnit(facts.timeToFirstChunkMs, (ms) => `first ${formatDuration(ms)}`), right: true },
  { text: ({ facts }) => withUnit(facts.promptTokens, (count) => `${formatCount(count)} in`), right: true },
  { text: ({ facts }) => withUnit(facts.completionTokens, (count) => `${formatCount(count)} out`), right: true },
  { text: ({ facts }) => withUnit(facts.totalUsd, formatUsd), right: true, paint: (text) => paint('green', text) },
  { text: ({ facts }) => oneLine(facts.model ?? '', MAX_NAME) },
  {
    text: ({ facts }) => remarks(facts).join('  '),
    paint: (text, { facts }) => paint(facts.error === undefined ? 'yellow' : 'red', text),
  },
];

const attributeText = (name: string, value: AttributeValue | undefined) =>
  value === undefined
    ? ''
    : `${oneLine(name)}: ${oneLine(typeof value === 'string' ? value : JSON.stringify(value), MAX_ATTRIBUTE)}`;

function remarks({ unpricedModel, cancelled, error, endsBeforeStart }: SpanFacts): string[] {
  return [
    ...(endsBeforeStart ? ['ends before it starts'] : []),
    ...(unpricedModel === undefined ? [] : [`no price for ${oneLine(unpricedModel)}`]),
    ...(cancelled ? ['cancelled'] : []),
    ...(error === undefined ? [] : [`ERROR ${oneLine(error)}`]),
  ];
}

const withUnit = (value: number | undefined, format: (value: number) => string) =>
  value === undefined ? '' : format(value);
