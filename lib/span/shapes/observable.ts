import type { Context } from '@opentelemetry/api';
import { activeContext, withContext } from '../../context/active.js';
import { NOT_THIS_SHAPE, type Run, type Shape } from '../run.js';
import { methodOf, overlay, unwatchable, type Method } from './methods.js';
import { Watch } from './watch.js';
import { remember } from './watched.js';

/**
 * An RxJS Observable, told by its shape: nothing happens before `subscribe`, and operators end in a `subscribe` of their
 * source. Its first subscription owns the run, from the call to complete, error or unsubscribe; each further one has a run of
 * its own, where the run can be repeated.
 */
export const observable: Shape = (value, run) => {
  const subscribe = methodOf(value, 'subscribe');
  if (!subscribe || !methodOf(value, 'pipe') || !isInterop(value)) return NOT_THIS_SHAPE;
  const Observable = rootOf(value);
  const watch = new Watch(run);
  const watched = Observable && overlay(value, { subscribe: subscribing(subscribe, Observable, watch) });
  if (!watched) return unwatchable('Observable', value, run);
  remember(value, watch);
  watch.abandonWithout(value);
  return value;
};

function isInterop(value: object): boolean {
  return (
    '@@observable' in value ||
    ('observable' in Symbol && typeof Symbol.observable === 'symbol' && Symbol.observable in value)
  );
}

type ObservableClass = new (body: (subscriber: Subscriber) => unknown) => { subscribe: Method };

interface Subscriber {
  readonly closed: boolean;
  next: Method;
  error: Method;
  complete: Method;
  add: (teardown: () => void) => void;
}

/** The class that brought `subscribe`: of a Subject, say, it is Observable. */
function rootOf(value: object): ObservableClass | undefined {
  let root: unknown;
  for (let prototype: unknown = Object.getPrototypeOf(value); typeof prototype === 'object' && prototype !== null;) {
    if (Object.hasOwn(prototype, 'subscribe')) root = prototype.constructor;
    prototype = Object.getPrototypeOf(prototype);
  }
  return typeof root === 'function' ? (root as ObservableClass) : undefined;
}

function subscribing(subscribe: Method, Observable: ObservableClass, watch: Watch): Method {
  return function (...args) {
    const [observer] = args;
    // The library makes the subscriber of plain handlers: its unheard errors, its `closed`, its order of teardown stay its own.
    if (!isSubscriber(observer)) {
      return Reflect.apply(
        Observable.prototype.subscribe,
        new Observable((subscriber) => Reflect.apply(watched, this, [subscriber])),
        args,
      );
    }
    return Reflect.apply(watched, this, args);
  };

  function watched(this: unknown, subscriber: Subscriber): unknown {
    watch.started();
    const run = watch.claim(subscriber) ? watch : watch.again();
    if (run) watchSubscriber(subscriber, run);
    return withContext((run ?? watch).context, subscribe, this, [subscriber]);
  }
}

function isSubscriber(value: unknown): value is Subscriber {
  return (
    typeof value === 'object' &&
    value !== null &&
    Boolean(
      methodOf(value, 'next') && methodOf(value, 'error') && methodOf(value, 'complete') && methodOf(value, 'add'),
    ) &&
    'closed' in value
  );
}

function watchSubscriber(subscriber: Subscriber, run: Run): void {
  const consumer = activeContext();
  const { next, error, complete } = subscriber;
  overlay(subscriber, {
    next: notifying(next, consumer, (value) => run.chunk(value)),
    error: notifying(error, consumer, (reason) => run.fail(reason)),
    complete: notifying(complete, consumer, () => run.succeed()),
  });
  subscriber.add(() => run.cancel());
}

/** The consumer's handlers run in the consumer's context, not below the call: as a loop over a generator does. */
function notifying(notify: Method, consumer: Context, note: (value: unknown) => void): Method {
  return function (...args) {
    note(args[0]);
    return withContext(consumer, notify, this, args);
  };
}
