/**
 * Standard decorators hand out an object per class, `context.metadata`, under `Symbol.metadata`. No Node has the symbol yet, and
 * TypeScript leaves the object out without it. It tells which class a method belongs to before the class exists.
 */
if (!(Symbol as { metadata?: symbol }).metadata)
  // not an assignment: that would throw where the intrinsics are frozen
  Reflect.defineProperty(Symbol, 'metadata', {
    value: Symbol.for('Symbol.metadata'),
    writable: true,
    configurable: true,
  });

export {};
