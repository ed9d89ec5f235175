import type { AnyFn } from '../span/call.js';

/** A class member that is being decorated, the same for both decorator protocols. */
export interface Member {
  readonly key: string | symbol;
  readonly isStatic: boolean;
  readonly isPrivate: boolean;
  /**
   * An object that stands for the declaring class, and for nothing else: the class's decorator metadata, or in the legacy protocol
   * its prototype or constructor. Undefined where a compiler gives no metadata.
   */
  readonly owner: object | undefined;
  /** The name of the declaring class from an instance (or the class itself, for statics) that has the member. */
  className(self: unknown): string | undefined;
}

/** How a member is called in span names: `analyze`, `#secret`, `[description]`. */
export function memberName({ key }: Pick<Member, 'key'>): string {
  return typeof key === 'symbol' ? `[${key.description ?? ''}]` : key;
}

/** Names a member in messages: `the getter "model"`. */
export function describeMember(kind: string, key: string | symbol | undefined): string {
  return key === undefined ? `a ${kind}` : `the ${kind} "${String(key)}"`;
}

/** A class that is being decorated. */
export interface ClassTarget {
  readonly constructor: AnyFn & { readonly prototype: object };
  readonly name: string | undefined;
  /** {@link Member.owner} of its instance members and of its static ones. */
  readonly instanceOwner: object;
  readonly staticOwner: object;
}
