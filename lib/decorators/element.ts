import type { AnyFn, Site } from '../span/call.js';
import type { Plan, Scope } from '../span/plan.js';
import type { TraceSettings } from '../plan/trace-settings.js';
import { tracePlan } from '../plan/trace-plan.js';
import { memberName, type Member } from './member.js';
import type { Chain } from './wrapper.js';

/** What the decorators of one level (the method, or its class) said. */
class Layer {
  trace: TraceSettings | undefined;
  /** Outermost first. */
  readonly scopes: Scope[] = [];
}

/** The level a decorator speaks for: an explicit option of the method beats its class's. */
export type Level = 'method' | 'class';

/** Makes a scope for a method; `original` gives the user's own function when the scope is first opened: parameters' names are read from it. */
export type MakeScope = (original: () => AnyFn) => Scope;

/**
 * One decorated method or function: all of our decorators on it amend this one element, in whatever order they stand and with
 * whatever foreign decorators between them, so that a call makes one span.
 */
export class Element implements Site {
  readonly methodName: string;
  /** The wrappers of a method; a field's are kept by instance. */
  readonly chain: Chain = {};
  /** Left out of its class's decorators. */
  untraced = false;
  readonly #layers: Record<Level, Layer> = { method: new Layer(), class: new Layer() };
  readonly #classNameOf: (self: unknown) => string | undefined;
  #original: AnyFn | undefined;
  #className: string | undefined;
  #plan: Plan | undefined;

  constructor(original: AnyFn | undefined, methodName: string, classNameOf: (self: unknown) => string | undefined) {
    this.#original = original;
    this.methodName = methodName;
    this.#classNameOf = classNameOf;
  }

  /** The user's own function, under all decorators; of a field, the first instance's. */
  get original(): AnyFn {
    return this.#original ?? NOTHING;
  }

  /** Says which function a field holds, once the first instance has it. */
  found(original: AnyFn): void {
    this.#original ??= original;
  }

  /** Whether no decorator asked for a span or a scope: the function needs no wrapper. */
  get isBare(): boolean {
    return Object.values(this.#layers).every(({ trace, scopes }) => trace === undefined && scopes.length === 0);
  }

  /** The element of a class member. */
  static ofMember(original: AnyFn | undefined, member: Member): Element {
    return new Element(original, memberName(member), (self) => member.className(self));
  }

  /** An element with the same plan, for the same function at another place: amending one leaves the other as it is. */
  copyFor(member: Member | undefined): Element {
    const copy = member
      ? Element.ofMember(this.#original, member)
      : new Element(this.#original, this.methodName, this.#classNameOf);
    for (const level of ['method', 'class'] as const) {
      copy.#layers[level].trace = this.#layers[level].trace;
      copy.#layers[level].scopes.push(...this.#layers[level].scopes);
    }
    return copy;
  }

  className(self: unknown): string | undefined {
    return (this.#className ??= this.#classNameOf(self));
  }

  /** What a call runs; made at the first call, and again when the element was amended since. */
  get plan(): Plan {
    return (this.#plan ??= this.#makePlan());
  }

  /** Adds what a trace decorator says. Two explicit values that differ throw. */
  trace(level: Level, where: string, settings: TraceSettings): void {
    const layer = this.#layers[level];
    for (const key of Object.keys(settings) as (keyof TraceSettings)[]) {
      const before = layer.trace?.[key];
      if (before !== undefined && !isSame(before, settings[key]))
        throw new TypeError(
          `${where}: "${this.methodName}" is given ${key} twice, ${shown(before)} and ${shown(settings[key])}. Give it once.`,
        );
    }
    layer.trace = { ...layer.trace, ...settings };
    this.#plan = undefined;
  }

  /** Sets what a form says over what the function was decorated with: the outer, explicit word wins. */
  override(settings: TraceSettings): void {
    this.#layers.method.trace = { ...this.#layers.method.trace, ...settings };
    this.#plan = undefined;
  }

  /** Adds a scope outside the ones that are there: decorators apply from the innermost outwards. */
  scope(level: Level, scope: Scope): void {
    this.#layers[level].scopes.unshift(scope);
    this.#plan = undefined;
  }

  #makePlan(): Plan {
    const { method, class: ofClass } = this.#layers;
    const merged = method.trace || ofClass.trace ? { ...ofClass.trace, ...method.trace } : undefined;
    return {
      site: this,
      scopes: [...ofClass.scopes, ...method.scopes],
      span:
        merged &&
        tracePlan(
          {
            site: this,
            original: () => this.original,
            agentOnClass: method.trace?.agentName === undefined && ofClass.trace?.agentName !== undefined,
          },
          merged,
        ),
    };
  }
}

const NOTHING: AnyFn = () => undefined;

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => Object.is(item, b[i]));
  return Object.is(a, b);
}

function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' ? 'an object' : JSON.stringify(value);
}
