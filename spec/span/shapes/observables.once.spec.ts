import {
  BehaviorSubject,
  concat,
  EMPTY,
  firstValueFrom,
  from,
  interval,
  lastValueFrom,
  map,
  mergeMap,
  Observable,
  of,
  range,
  ReplaySubject,
  Subject,
  Subscription,
  take,
  throwError,
  toArray,
} from 'rxjs';
import { settle } from '../../../lib/span/settle.js';
import { runInProcess } from '../../support/shapes-child.js';
import { inside, RecordingRun, useContexts, where } from '../../support/shapes-recording-run.js';

useContexts();

const watch = <T>(value: T): { value: T; run: RecordingRun } => {
  const run = new RecordingRun();
  expect(settle(value, run)).toBe(value);
  return { value, run };
};

describe('an Observable', () => {
  test('stays itself and starts nothing', () => {
    let subscribed = 0;
    const { value, run } = watch(new Observable(() => void (subscribed += 1)));
    expect(value).toBeInstanceOf(Observable);
    expect(Object.keys(value)).toEqual(Object.keys(new Observable(() => {})));
    expect([subscribed, run.log]).toEqual([0, []]);
  });

  test('produces inside the run, while its consumer stays where it was', async () => {
    const places: unknown[] = [];
    const { value, run } = watch(
      new Observable<number>((to) => {
        places.push(where());
        to.next(1);
        setImmediate(() => {
          places.push(where());
          to.next(2);
          to.complete();
        });
      }),
    );
    const seen: unknown[] = [];
    await new Promise<void>((complete) =>
      inside('reader', () => value.subscribe({ next: (v) => seen.push(v, where()), complete })),
    );
    expect(places).toEqual(['run', 'run']);
    expect(seen).toEqual([1, 'reader', 2, 'reader']);
    expect(run.log).toEqual([['chunk', 1], ['chunk', 2], ['succeed']]);
  });

  test.each<[string, (o: Observable<number>) => unknown, unknown[][]]>([
    [
      'three handlers',
      (o) => {
        const log: unknown[] = [];
        (o as { subscribe(...handlers: unknown[]): unknown }).subscribe(
          (v: number) => log.push(v),
          null,
          () => log.push('end'),
        );
        return log;
      },
      [['chunk', 0], ['chunk', 1], ['chunk', 2], ['succeed']],
    ],
    ['no handler', (o) => o.subscribe().closed, [['chunk', 0], ['chunk', 1], ['chunk', 2], ['succeed']]],
    [
      'operators',
      (o) =>
        firstValueFrom(
          o.pipe(
            map((v) => v * 2),
            toArray(),
          ),
        ),
      [['chunk', 0], ['chunk', 1], ['chunk', 2], ['succeed']],
    ],
    ['take', (o) => firstValueFrom(o.pipe(take(2), toArray())), [['chunk', 0], ['chunk', 1], ['cancel']]],
    [
      'mergeMap',
      (o) =>
        firstValueFrom(
          of(1).pipe(
            mergeMap(() => o),
            toArray(),
          ),
        ),
      [['chunk', 0], ['chunk', 1], ['chunk', 2], ['succeed']],
    ],
    ['concat', (o) => lastValueFrom(concat(o, of(9))), [['chunk', 0], ['chunk', 1], ['chunk', 2], ['succeed']]],
    ['firstValueFrom', (o) => firstValueFrom(o), [['chunk', 0], ['cancel']]],
    [
      'forEach',
      async (o) => {
        let sum = 0;
        await o.forEach((v) => void (sum += v));
        return sum;
      },
      [['chunk', 0], ['chunk', 1], ['chunk', 2], ['succeed']],
    ],
    ['from', (o) => lastValueFrom(from(o)), [['chunk', 0], ['chunk', 1], ['chunk', 2], ['succeed']]],
  ])('gives the same by %s', async (_, use, events) => {
    const { value, run } = watch(range(0, 3));
    expect(await use(value)).toEqual(await use(range(0, 3)));
    expect(run.log).toEqual(events);
  });

  test('without end stops a synchronous source when the consumer has enough', () => {
    let produced = 0;
    const { value, run } = watch(
      new Observable<number>((to) => {
        while (!to.closed && produced < 1_000) to.next(produced++);
      }),
    );
    value.pipe(take(3)).subscribe();
    expect(produced).toBe(3);
    expect(run.ends).toEqual([['cancel']]);
  });

  test('is cancelled by unsubscribe, which tears down once', () => {
    let torn = 0;
    const { value, run } = watch(new Observable<number>(() => () => void (torn += 1)));
    const subscription = value.subscribe();
    expect(subscription).toBeInstanceOf(Subscription);
    subscription.unsubscribe();
    subscription.unsubscribe();
    expect([torn, run.log]).toEqual([1, [['cancel']]]);
    const timer = watch(interval(1_000_000));
    timer.value.subscribe().unsubscribe();
    expect(timer.run.log).toEqual([['cancel']]);
  });

  test('fails with its very error', async () => {
    const { value, run } = watch(throwError(() => null));
    await expect(lastValueFrom(value)).rejects.toBeNull();
    expect(run.log).toEqual([['fail', null]]);
  });

  test('that is empty succeeds; subscribed again it is only what it was', async () => {
    const { value, run } = watch(new Observable<number>((to) => EMPTY.subscribe(to)));
    value.subscribe();
    value.subscribe();
    expect(run.log).toEqual([['succeed']]);
  });

  test('subscribed again has a run for each subscription, where runs can be repeated', () => {
    const runs: RecordingRun[] = [];
    class Repeatable extends RecordingRun {
      again(): RecordingRun {
        const run = new Repeatable(`again ${String(runs.length)}`);
        runs.push(run);
        return run;
      }
    }
    const value = new Observable<unknown>((to) => {
      to.next(where());
      to.complete();
    });
    const first = new Repeatable('first');
    settle(value, first);
    for (let i = 0; i < 3; i++) value.subscribe();
    expect([first, ...runs].map((run) => run.log)).toEqual([
      [['chunk', 'first'], ['succeed']],
      [['chunk', 'again 0'], ['succeed']],
      [['chunk', 'again 1'], ['succeed']],
    ]);
  });

  test.each<[string, () => Subject<number>]>([
    ['Subject', () => new Subject()],
    ['BehaviorSubject', () => new BehaviorSubject(0)],
    ['ReplaySubject', () => new ReplaySubject()],
  ])('may be a %s', (_, make) => {
    const { value, run } = watch(make());
    const log: unknown[] = [];
    value.pipe(map((v) => v + 1)).subscribe((v) => log.push(v));
    value.next(1);
    value.complete();
    expect(log.at(-1)).toBe(2);
    expect(run.chunks.at(-1)).toBe(1);
    expect(run.ends).toEqual([['succeed']]);
  });

  test('whose error nobody handles is reported by RxJS as before', async () => {
    const script = `
      import { throwError } from 'rxjs';
      import { settle } from './lib/span/settle.ts';
      let fatal = 0;
      process.on('uncaughtException', () => fatal++);
      const run = { enter: (fn, self, args) => fn.apply(self, args), chunk() {}, succeed() {}, fail() {}, cancel() {}, abandon() {} };
      const make = () => throwError(() => new Error('x'));
      make().subscribe(); settle(make(), run).subscribe();
      setTimeout(() => console.log(fatal), 10);`;
    expect(await runInProcess(script)).toBe(2);
  });
});

test.each<[string, object]>([
  ['a store that can be subscribed to', { subscribe() {}, '@@observable'() {} }],
  ['what is piped and subscribed to, and no observable', { subscribe() {}, pipe() {} }],
  ['what is piped alone', { pipe() {}, '@@observable'() {} }],
])('%s is a plain value', (_, plain) => {
  const run = new RecordingRun();
  expect(settle(plain, run)).toBe(plain);
  expect(run.log).toEqual([['succeed', plain]]);
});

test.each<[string, () => object]>([
  ['without a class', () => ({ subscribe() {}, pipe() {}, '@@observable'() {} })],
  ['that is frozen', () => Object.freeze(of(1))],
])('an Observable %s ends at the return', (_, make) => {
  const run = new RecordingRun();
  const value = make();
  expect(settle(value, run)).toBe(value);
  expect(run.log).toEqual([['succeed', value]]);
});

test.each(['next', 'error', 'complete', 'add', 'closed'])('an observer with all of a Subscriber but %s is a plain one', (name) => {
  const run = new RecordingRun();
  const value = settle(of(1), run) as Observable<number>;
  const seen: unknown[] = [];
  const observer = { closed: false, next: (v: number) => seen.push(v), error() {}, complete: () => seen.push('end'), add() {} };
  Reflect.deleteProperty(observer, name);
  value.subscribe(observer);
  expect(seen).toEqual([1, 'end'].filter((what) => what !== { next: 1, complete: 'end' }[name]));
  expect(run.log).toEqual([['chunk', 1], ['succeed']]);
}); // prettier-ignore
