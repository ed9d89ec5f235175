/** What is wrong with an expression, and where: shown with the expression and a mark below the fault. */
export class WhereError extends Error {
  /** Counted from 0, in UTF-16 units. */
  readonly position: number;

  constructor(what: string, expression: string, position: number) {
    const before = expression.slice(0, position).replace(/[^\t]/gu, ' '); // a tab stays one, so that the mark stands right
    super(`${what}, at character ${position + 1}:\n  ${expression}\n  ${before}^`);
    this.position = position;
  }
}
