import { context, trace, type Context } from '@opentelemetry/api';
import { SpandrelSpanProcessor } from '../../lib/index.js';
import { forgetReports } from '../../lib/safely.js';
import type { AnyFn } from '../../lib/span/call.js';
import type { Observer, SpanPlan } from '../../lib/span/plan.js';
import { runInSpan } from '../../lib/span/run-in-span.js';
import type { SpanRun } from '../../lib/span/span-run.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

const tracing = testTracing();
const log = diagLog();
afterEach(() => {
  tracing.reset();
  forgetReports();
  log.warnings.length = 0;
});
afterAll(async () => {
  log.stop();
  await tracing.shutdown();
});

const boom = (): never => {
  throw new Error('boom');
};
const site = { methodName: 'method', className: () => undefined };

/** A plan that adds nothing of its own to the span. */
const bare: SpanPlan = {
  name: () => 'call',
  isNamed: false,
  start: {},
  begin: () => ({}),
  end: () => ({}),
  keepsCall: false,
  redact: (text) => text,
  redactAttribute: (_, value) => value,
};
const run = (span: Partial<SpanPlan>, body: AnyFn) =>
  runInSpan({ site, scopes: [], span: { ...bare, ...span } }, undefined, [], body);

/** An observer that notes what it is told. */
function noting(more: Partial<Observer> = {}) {
  const told: string[] = [];
  const parents: (string | undefined)[] = [];
  const observer: Observer = {
    wants: () => false,
    started: ({ parent }) => void parents.push(parent && (parent.span as unknown as { name: string }).name),
    chunk: (_, value) => void told.push(`chunk ${String(value)}`),
    ended: (_, { kind }) => (told.push(kind), false),
    ...more,
  };
  return { told, parents, observer };
}

const names = () => tracing.spans.map(({ name, status }) => [name, status.code]);
const stream = () =>
  (function* () {
    yield 1;
    yield 2;
    throw new Error('late');
  })();

describe.each<[string, Partial<SpanPlan>]>([
  ['at the start', { observer: noting({ started: boom }).observer }],
  ['at a chunk', { observer: noting({ chunk: boom }).observer }],
  ['at the end', { observer: noting({ ended: boom }).observer }],
])('an observer that throws %s', (_, plan) => {
  it('leaves the call, its span and its status alone, and is reported once', () => {
    for (let i = 0; i < 2; i++) expect([...(run(plan, () => [1, 2].values()) as Iterable<number>)]).toEqual([1, 2]);
    expect(names()).toEqual([
      ['call', 1],
      ['call', 1],
    ]);
    expect(log.warnings).toEqual([expect.stringContaining('boom')]);
  });
});

describe('an observer', () => {
  it('is told of the end once, and of no chunk after it', async () => {
    const { told, observer } = noting();
    const given = run({ observer }, stream) as Generator<number>;
    given.next();
    await new SpandrelSpanProcessor().shutdown();
    expect(given.next().value).toBe(2);
    expect(() => given.next()).toThrow('late');
    expect(told).toStrictEqual(['chunk 1', 'cancelled']);
  });

  it('is told of the time to the first chunk where there was one', () => {
    const first: unknown[] = [];
    const { observer } = noting({ ended: ({ seconds }) => (first.push(typeof seconds.firstChunk), false) });
    run({ observer }, () => 7);
    expect([...(run({ observer }, () => [1].values()) as Iterable<number>)]).toEqual([1]);
    expect(first).toEqual(['undefined', 'number']);
  });

  it('may hold the span open until it closes it', () => {
    let held: SpanRun | undefined;
    const { observer } = noting({ ended: (it) => ((held = it), true) });
    expect(run({ observer }, () => 7)).toBe(7);
    expect(names()).toEqual([]);
    held?.close();
    expect(names()).toEqual([['call', 1]]);
  });

  it('finds above a call the nearest that is still open', () => {
    const { parents, observer } = noting();
    let afterwards: (() => unknown) | undefined;
    run({ name: () => 'top' }, () => {
      run({ name: () => 'over' }, () => {
        afterwards = context.bind(context.active(), () => run({ name: () => 'inner', observer }, () => 1));
      });
      afterwards?.();
    });
    expect(parents).toStrictEqual(['top']);
  });
});

describe('a plan', () => {
  it.each([[''], [undefined], [7]])('that names its span %p has the method’s name', (name) => {
    run({ name: () => name as string }, () => 1);
    expect(names()).toEqual([['method', 1]]);
  });

  it('is asked for the attributes of a result where there is one', () => {
    const ends: unknown[] = [];
    const end = (value: unknown) => (ends.push(value), {});
    run({ end }, () => 'result');
    expect(() => run({ end }, boom)).toThrow('boom');
    for (const _ of run({ end }, stream) as Generator<number>) break;
    expect(ends).toStrictEqual(['result']);
  });

  it('that gathers no chunks counts them', () => {
    expect([...(run({}, () => [1, 2].values()) as Iterable<number>)]).toEqual([1, 2]);
    expect(tracing.byName('call').attributes['performance.chunks']).toBe(2);
    expect(log.warnings).toEqual([]);
  });

  it('of which nobody observes anything leaves a call alone where nothing is registered', () => {
    trace.disable();
    const promise = Promise.resolve(1);
    expect(run({}, () => promise)).toBe(promise);
    expect(run({ observer: noting().observer }, () => promise)).toBe(promise);
    const plan = { site, scopes: [(active: Context) => active], span: bare };
    expect(runInSpan(plan, undefined, [], () => 7)).toBe(7);
  });
});
