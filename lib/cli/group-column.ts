import { formatCount, oneLine } from '../tree/format.js';
import type { Style } from '../tree/paint.js';
import type { Column } from '../tree/table.js';
import type { Terminal } from './terminal.js';

/** A table of groups: its first row is the head, its last may be the total. */
export type GroupRow<R> = 'head' | R;

/** A column under its head; numbers are on the right, the first column, which names the groups, on the left. */
export function groupColumn<R>(
  head: string,
  text: (row: R) => string,
  { paint }: Terminal,
  { colour, total, left = false }: { colour?: Style; total?: R; left?: boolean } = {},
): Column<GroupRow<R>> {
  const styleOf = (row: GroupRow<R>) => (row === 'head' ? 'dim' : row === total ? 'bold' : colour);
  return {
    right: !left,
    text: (row) => (row === 'head' ? head : text(row)),
    paint: (shown, row) => {
      const style = styleOf(row);
      return style ? paint(style, shown) : shown;
    },
  };
}

export const keyText = (key: string | null) => (key === null ? '(none)' : oneLine(key, 64));
export const countText = (count: number | undefined) => (count === undefined ? '' : formatCount(count));
