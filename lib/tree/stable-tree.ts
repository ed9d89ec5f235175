import { inConcurrentOrder } from './concurrent-order.js';
import { formatCount, formatUsd, oneLine } from './format.js';
import { spanFacts } from './span-facts.js';
import { spanTrees } from './span-tree.js';
import { treeLines } from './tree-lines.js';
import type { TreeSpan } from './tree-span.js';

/** The trees as text that two runs of the same code share: no ids, no times, concurrent siblings in one order. */
export function stableTree(spans: readonly TreeSpan[]): string {
  const lines: string[] = [];
  const trees = inConcurrentOrder(spanTrees(spans), stableLine);
  for (const { branches, span } of treeLines(trees)) lines.push(branches + stableLine(span));
  return lines.join('\n');
}

function stableLine(span: TreeSpan): string {
  const facts = spanFacts(span);
  return [
    oneLine(span.name),
    facts.kind,
    facts.model,
    facts.promptTokens !== undefined && `${formatCount(facts.promptTokens)} in`,
    facts.completionTokens !== undefined && `${formatCount(facts.completionTokens)} out`,
    facts.totalUsd !== undefined && formatUsd(facts.totalUsd),
    facts.unpricedModel !== undefined && `no price for ${oneLine(facts.unpricedModel)}`,
    facts.cancelled && 'cancelled',
    facts.error !== undefined && `ERROR ${oneLine(facts.error)}`,
    span.endNs === undefined && 'open',
  ]
    .filter(Boolean)
    .join('  ');
}
