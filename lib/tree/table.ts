/** One column of a table of rows `R`. */
export interface Column<R> {
  text(row: R): string;
  /** Aligned to the right, as numbers are. */
  readonly right?: boolean;
  /** Colours the text after it was measured. */
  paint?(text: string, row: R): string;
}

/** Rows in aligned columns, two spaces apart; a column that is empty in every row is left out. */
export function table<R>(rows: readonly R[], columns: readonly Column<R>[]): string {
  const cells = columns.map((column) => rows.map((row) => column.text(row)));
  const widths = cells.map((texts) => texts.reduce((widest, text) => Math.max(widest, width(text)), 0));
  return rows
    .map((row, r) => {
      let line = '';
      let gap = ''; // spaces go before the next cell, so that no line ends in them
      columns.forEach((column, c) => {
        const text = cells[c]?.[r] ?? '';
        const space = ' '.repeat((widths[c] ?? 0) - width(text));
        if (text !== '') {
          line += gap + (column.right ? space : '') + (column.paint?.(text, row) ?? text);
          gap = '';
          if (!column.right) gap = space;
        } else gap += space;
        if (widths[c]) gap += '  ';
      });
      return line;
    })
    .join('\n');
}

// Code points: right for the letters of most languages; wide ones (CJK, emoji) shift their row.
const width = (text: string) => Array.from(text).length;
