import type { SpanNode, TreeSpan } from './tree-span.js';

/** One line of a drawn tree: the branches to its left, and the span. */
export interface TreeLine<S extends TreeSpan = TreeSpan> {
  /** `'│  ├─ '`; empty for a root. */
  readonly branches: string;
  readonly span: S;
}

const MAX_INDENT = 3 * 100; // a runaway recursion is drawn in a straight line from there on

/** The lines of the drawn trees, top to bottom. Nesting may be deeper than the call stack. */
export function* treeLines<S extends TreeSpan>(roots: readonly SpanNode<S>[]): Generator<TreeLine<S>> {
  const waiting = roots.map((node) => ({ node, branches: '', below: '' })).reverse();
  for (let line = waiting.pop(); line !== undefined; line = waiting.pop()) {
    yield { branches: line.branches, span: line.node.span };
    const { children } = line.node;
    for (let i = children.length - 1; i >= 0; i--) {
      const last = i === children.length - 1;
      waiting.push({
        node: children[i] as SpanNode<S>,
        branches: `${line.below}${last ? '└─ ' : '├─ '}`,
        below: line.below.length < MAX_INDENT ? `${line.below}${last ? '   ' : '│  '}` : line.below,
      });
    }
  }
}
