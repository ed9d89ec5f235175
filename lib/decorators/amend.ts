import type { TraceSettings } from '../plan/trace-settings.js';
import { isClass } from '../is-class.js';
import { reportOnce } from '../safely.js';
import type { AnyFn } from '../span/call.js';
import { decorate } from './decorate.js';
import { Element, type Level, type MakeScope } from './element.js';
import type { ClassTarget, Member } from './member.js';
import { wrap, wrapped, type Chain } from './wrapper.js';

/** What a decorator adds to an element: at the method's own level, or at its class's. */
export type Amendment = (element: Element, level: Level) => void;

/** An amendment that adds a trace decorator's settings. */
export function tracing(name: string, settings: TraceSettings): Amendment {
  return (element, level) => element.trace(level, `@${name}`, settings);
}

/** An amendment that adds a scope decorator's scope. */
export function scoping(makeScope: MakeScope): Amendment {
  return (element, level) =>
    element.scope(
      level,
      makeScope(() => element.original),
    );
}

/** A decorator that amends a method, a field that holds a function, or each method of a class. */
export function amending(name: string, amendment: Amendment): never {
  const ofMember = (element: Element): void => amendment(element, 'method');
  return decorate(name, {
    method: (value, member) => amendMethod(value, member, ofMember),
    field: (member) => amendField(member, ofMember),
    class: (target) => amendClass(name, target, (element) => amendment(element, 'class')),
  });
}

function amendMethod(value: AnyFn, member: Member, amend: (element: Element) => void): AnyFn {
  const inner = wrapped(value);
  let element = knownElement(member);
  if (element === undefined) {
    // a wrapper that came from another place (a mixin, a traced function) keeps its plan; this place gets a copy
    element = inner ? inner.element.copyFor(member) : Element.ofMember(value, member);
    remember(member, element);
  }
  amend(element);
  if (inner?.element === element || element.isBare) return value;
  return wrap(inner?.inner ?? value, element, element.chain);
}

/** A field's function exists once for each instance: the plan is one, the wrappers are many. */
function amendField(member: Member, amend: (element: Element) => void): (initial: AnyFn, instance: unknown) => AnyFn {
  let element = knownElement(member);
  if (element === undefined) remember(member, (element = Element.ofMember(undefined, member)));
  amend(element);
  const chains = (fieldChains.get(element) ?? fieldChains.set(element, new WeakMap()).get(element)) as WeakMap<
    object,
    Chain
  >;
  const known = element;
  return (initial, instance) => {
    if (known.isBare) return initial;
    let chain = chains.get(instance as object);
    if (!chain) chains.set(instance as object, (chain = {}));
    if (wrapped(initial)?.chain === chain) return initial;
    known.found(initial);
    return wrap(initial, known, chain);
  };
}

const fieldChains = new WeakMap<Element, WeakMap<object, Chain>>();

/** Amends each own public method of a class, in place: a subclass would be another class to containers and to `instanceof`. */
function amendClass(name: string, target: ClassTarget, amend: (element: Element) => void): void {
  let methods = 0;
  for (const { holder, descriptor, member } of methodsOf(target)) {
    methods++;
    amendInPlace(name, holder, descriptor, member, amend);
  }
  if (methods === 0)
    reportOnce(
      `@${name} finds no method of its own in ${target.name ?? 'a class'}: decorate the class that has the methods, and write @${name} below a decorator that replaces the class`,
    );
}

function amendInPlace(
  name: string,
  holder: object,
  descriptor: PropertyDescriptor,
  member: Member,
  amend: (element: Element) => void,
): void {
  const known = knownElement(member);
  if (known?.untraced) return;
  // our wrapper is there already, if only behind a foreign one: amending its plan is all
  if (known && !known.isBare) return amend(known);
  if (!descriptor.configurable && !descriptor.writable) {
    reportOnce(
      `@${name}: "${String(member.key)}" of ${member.className(undefined) ?? 'the class'} cannot be replaced, so it is left as it is`,
    );
    return;
  }
  Object.defineProperty(holder, member.key, {
    ...descriptor,
    value: amendMethod(descriptor.value as AnyFn, member, amend),
  });
}

/** A class's own method, and where it stands. */
interface Place {
  readonly holder: object;
  readonly descriptor: PropertyDescriptor;
  readonly member: Member;
}

/** The own public methods of a class. */
function* methodsOf(target: ClassTarget): Iterable<Place> {
  const { constructor, instanceOwner, staticOwner } = target;
  for (const isStatic of [false, true]) {
    const holder = isStatic ? constructor : constructor.prototype;
    for (const key of Reflect.ownKeys(holder)) {
      const descriptor = Object.getOwnPropertyDescriptor(holder, key);
      if (!descriptor || !isMethod(key, descriptor, isStatic)) continue;
      const owner = isStatic ? staticOwner : instanceOwner;
      yield { holder, descriptor, member: { key, isStatic, isPrivate: false, owner, className: () => target.name } };
    }
  }
}

/** The own public methods of a class whose calls make no span, `@Untraced` ones aside. */
export function untracedMethods(target: ClassTarget): Member[] {
  const members: Member[] = [];
  for (const { descriptor, member } of methodsOf(target)) {
    const element = wrapped(descriptor.value)?.element ?? knownElement(member);
    if (!element?.untraced && element?.plan.span === undefined) members.push(member);
  }
  return members;
}

/** A method, by contrast to the constructor, an accessor, a nested class, or a static field that holds a function (those are enumerable). */
function isMethod(key: string | symbol, descriptor: PropertyDescriptor, isStatic: boolean): boolean {
  if (typeof descriptor.value !== 'function') return false;
  if (isStatic ? key === 'prototype' || descriptor.enumerable === true : key === 'constructor') return false;
  return !isClass(descriptor.value as AnyFn);
}

/** The elements of a class's members, by what stands for the class: found even when a foreign decorator hides our wrapper. */
const elements = new WeakMap<object, Map<string, Map<string | symbol, Element>>>();

/** Private, static and other members may share a name. */
const sort = ({ isStatic, isPrivate }: Member): string => `${isStatic ? 'static' : ''}${isPrivate ? '#' : ''}`;

function knownElement(member: Member): Element | undefined {
  return member.owner && elements.get(member.owner)?.get(sort(member))?.get(member.key);
}

function remember(member: Member, element: Element): void {
  if (!member.owner) return;
  let ofClass = elements.get(member.owner);
  if (!ofClass) elements.set(member.owner, (ofClass = new Map()));
  let known = ofClass.get(sort(member));
  if (!known) ofClass.set(sort(member), (known = new Map()));
  known.set(member.key, element);
}
