import { walk } from './span-tree.js';
import type { SpanNode, TreeSpan } from './tree-span.js';

const COMPARED_LINES = 50;

/**
 * The same trees, in an order that two runs share: siblings that ran one after another stay as they are, those that ran at the same
 * time are sorted by what is written of them (`line`) and of what is below.
 */
export function inConcurrentOrder<S extends TreeSpan>(
  roots: readonly SpanNode<S>[],
  line: (span: S) => string,
): SpanNode<S>[] {
  const sorted = new Map<SpanNode<S>, SpanNode<S>>();
  const nodes: SpanNode<S>[] = [];
  walk(roots, (node) => nodes.push(node));
  for (const node of nodes.reverse()) {
    const children = node.children.map((child) => sorted.get(child) as SpanNode<S>);
    sorted.set(node, { span: node.span, children: sortedSiblings(children, line) });
  }
  return sortedSiblings(
    roots.map((root) => sorted.get(root) as SpanNode<S>),
    line,
  );
}

function sortedSiblings<S extends TreeSpan>(
  siblings: readonly SpanNode<S>[],
  line: (span: S) => string,
): SpanNode<S>[] {
  const result: SpanNode<S>[] = [];
  let together: SpanNode<S>[] = [];
  let until = -1n;
  const flush = () => {
    if (together.length > 1) {
      const texts = new Map(together.map((node) => [node, textOf(node, line)]));
      together.sort((a, b) => compare(texts.get(a) as string, texts.get(b) as string));
    }
    result.push(...together);
    together = [];
  };
  for (const node of siblings) {
    const { startNs, endNs } = node.span;
    if (startNs >= until) flush();
    together.push(node);
    const end = endNs ?? 2n ** 64n; // one that is open runs beside all that follow
    if (end > until) until = end;
  }
  flush();
  return result;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function textOf<S extends TreeSpan>(node: SpanNode<S>, line: (span: S) => string): string {
  const lines: string[] = [];
  const waiting = [node];
  for (let at = waiting.pop(); at !== undefined && lines.length < COMPARED_LINES; at = waiting.pop()) {
    lines.push(line(at.span));
    waiting.push(...[...at.children].reverse());
  }
  return lines.join('\n');
}
