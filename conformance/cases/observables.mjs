import { lastValueFrom, map, Observable, of, Subject, take, throwError, toArray } from 'rxjs';
import { equal, ok, same } from '../harness/expect.mjs';

const group = 'RxJS';

export default [
  {
    group,
    name: 'an Observable is not subscribed to by the wrapper, and once a subscription',
    broken: 'subscribes for itself',
    run: (t) =>
      t.alike(
        (log) => () =>
          new Observable((observer) => {
            log('subscribed');
            observer.next(1);
            observer.complete();
            return () => log('torn down');
          }),
        async (fn, log) => {
          const numbers = fn();
          log('called');
          numbers.subscribe({ next: (n) => log(n), complete: () => log('complete') });
          numbers.subscribe((n) => log(n));
        },
      ),
  },
  {
    group,
    name: 'operators and `instanceof` work, of subclasses too',
    broken: 'proxies observables',
    async run(t) {
      const numbers = t.wrap(() => of(1, 2, 3))();
      ok(numbers instanceof Observable);
      equal(await lastValueFrom(numbers.pipe(map((n) => n * 2), toArray())), [2, 4, 6]); // prettier-ignore
      const subject = t.wrap(() => new Subject())();
      const seen = [];
      subject.subscribe((n) => seen.push(n));
      subject.next(7);
      ok(subject instanceof Subject);
      equal(seen, [7]);
    },
  },
  {
    group,
    name: 'its error arrives as it is; unheard, it is as fatal as the bare one’s',
    broken: 'swallows errors of subscriptions',
    run: (t) =>
      t.alike(
        () => () => throwError(() => 'broke'),
        async (fn, log) => {
          fn().subscribe({ error: (error) => log('error', error) });
          fn().subscribe(() => log('never'));
          await new Promise((done) => setTimeout(done, 5));
        },
      ),
  },
  {
    group,
    name: '`unsubscribe` and `take` reach the source',
    broken: 'hides the end of subscriptions',
    run: (t) =>
      t.alike(
        (log) => () =>
          new Observable((observer) => {
            const timer = setInterval(() => observer.next('tick'), 1);
            return () => {
              clearInterval(timer);
              log('torn down');
            };
          }),
        async (fn, log) => {
          log(await lastValueFrom(fn().pipe(take(2), toArray())));
          const subscription = fn().subscribe(() => undefined);
          subscription.unsubscribe();
          log(subscription.closed);
        },
      ),
  },
  {
    group,
    name: 'a memoised Observable returned by two calls is one Observable',
    broken: 'hides the end of subscriptions',
    async run(t) {
      const numbers = of(1, 2);
      const wrapped = t.wrap(() => numbers);
      same(wrapped(), wrapped());
      equal(await lastValueFrom(wrapped().pipe(toArray())), [1, 2]);
    },
  },
];
