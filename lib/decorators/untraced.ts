import type { AnyFn } from '../span/call.js';
import { amending } from './amend.js';
import { checkParentheses } from './decorate.js';
import type { Misplaced, MethodDecoratorOf } from './decorator-types.js';

/** A decorator of methods alone. */
export type UntracedDecorator = MethodDecoratorOf<AnyFn> & Misplaced<'This decorator goes on a method'>;

/** Leaves a method out of its class's decorators; what decorates the method itself still holds. */
export function Untraced(): UntracedDecorator {
  checkParentheses('Untraced', arguments);
  return amending('Untraced', (element, level) => {
    if (level === 'class')
      throw new TypeError(
        "@Untraced cannot decorate a class. Put it on the methods to leave out, or take the class's decorators away.",
      );
    element.untraced = true;
  });
}
