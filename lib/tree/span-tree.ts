import type { SpanNode, TreeSpan } from './tree-span.js';

interface OpenNode<S extends TreeSpan> {
  readonly span: S;
  readonly children: OpenNode<S>[];
}

/**
 * The trees that the spans make, in order of start; spans that started together keep the order they came in.
 * A span whose parent is not among them is a root.
 */
export function spanTrees<S extends TreeSpan>(spans: readonly S[]): SpanNode<S>[] {
  const nodes = new Map<string, OpenNode<S>>();
  for (const span of spans) nodes.set(idOf(span.traceId, span.spanId), { span, children: [] });
  const byStart = [...nodes.values()].sort((a, b) => compare(a.span.startNs, b.span.startNs));
  const roots: OpenNode<S>[] = [];
  for (const node of byStart) (parentOf(node.span, nodes)?.children ?? roots).push(node);
  return breakRings(byStart, nodes, roots);
}

/** Calls `visit` for every node, parents first. Nesting may be deeper than the call stack. */
export function walk<S extends TreeSpan>(roots: readonly SpanNode<S>[], visit: (node: SpanNode<S>) => void): void {
  const waiting = [...roots].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    visit(node);
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i] as SpanNode<S>);
  }
}

const idOf = (traceId: string, spanId: string) => `${traceId}/${spanId}`;
const compare = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

function parentOf<S extends TreeSpan>(span: S, nodes: ReadonlyMap<string, OpenNode<S>>): OpenNode<S> | undefined {
  return span.parentSpanId ? nodes.get(idOf(span.traceId, span.parentSpanId)) : undefined;
}

// Only a broken file has spans that are each other's ancestors. They hang on no root: the earliest becomes one.
function breakRings<S extends TreeSpan>(
  byStart: OpenNode<S>[],
  nodes: ReadonlyMap<string, OpenNode<S>>,
  roots: OpenNode<S>[],
): SpanNode<S>[] {
  const reached = new Set<SpanNode<S>>();
  const reach = (node: SpanNode<S>) => void reached.add(node);
  walk(roots, reach);
  for (const node of byStart) {
    if (reached.size === byStart.length) break;
    if (reached.has(node)) continue;
    const siblings = parentOf(node.span, nodes)?.children;
    siblings?.splice(siblings.indexOf(node), 1);
    roots.push(node);
    walk([node], reach);
  }
  return roots;
}
