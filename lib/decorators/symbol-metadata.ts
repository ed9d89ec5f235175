/**
 * Standard decorators hand out an object per class, `context.metadata`, under `Symbol.metadata`. No Node has the symbol yet, and
 * TypeScript leaves the object out without it. It tells which class a method belongs to before the class exists.
 */
(Symbol as { metadata?: symbol }).metadata ??= Symbol.for('Symbol.metadata');

export {};
