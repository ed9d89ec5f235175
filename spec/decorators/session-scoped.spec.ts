import { trace } from '@opentelemetry/api';
import { perInstance, SessionScoped, TraceFunction } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

const tracing = testTracing();
const log = diagLog();
afterEach(() => {
  tracing.reset();
  log.warnings.length = 0;
});
afterAll(() => tracing.shutdown());

const note = () => {
  trace.getTracer('another-library').startSpan('note').end();
};
const sessions = () => tracing.spans.map(({ attributes }) => attributes['session.id']);

it('takes each option from the call, and makes no span', () => {
  @SessionScoped({ sessionId: ({ self }) => self.session })
  class Service {
    constructor(readonly session: string) {}
    @SessionScoped<Service['run']>({
      userId: ({ args: [user] }) => user,
      tags: ({ className, methodName }) => [`${className}.${methodName}`],
      metadata: ({ args }) => ({ count: args.length }),
    })
    run(_user: string) {
      note();
    }
  }
  new Service('a').run('Ann');
  expect(tracing.spans.map(({ name, attributes }) => [name, attributes])).toEqual([
    [
      'note',
      { 'session.id': 'a', 'user.id': 'Ann', 'tag.tags': ['Service.run'], metadata: '{"count":1}' },
    ],
  ]); // prettier-ignore
});

it('an option that is undefined, or whose selector gives undefined or throws, is inherited', () => {
  @SessionScoped({ sessionId: 's', userId: 'u', tags: ['t'] })
  class Service {
    @SessionScoped({
      sessionId: undefined,
      userId: () => undefined,
      tags: () => {
        throw new Error('no tags');
      },
    })
    run() {
      note();
      return 1;
    }
  }
  expect(new Service().run()).toBe(1);
  expect(tracing.byName('note').attributes).toEqual({ 'session.id': 's', 'user.id': 'u', 'tag.tags': ['t'] });
  expect(log.warnings).toEqual([expect.stringContaining('the selector of tags failed: Error: no tags')]);
});

it('perInstance() gives each instance an id of its own, and statics one for the class', () => {
  @SessionScoped({ sessionId: perInstance() })
  class Service {
    run() {
      note();
    }
    static make() {
      note();
    }
  }
  const [a, b] = [new Service(), new Service()];
  a.run();
  b.run();
  a.run();
  Service.make();
  Service.make();
  const [first, second, again, made, madeAgain] = sessions();
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(again).toBe(first);
  expect(madeAgain).toBe(made);
  expect(new Set([first, second, made]).size).toBe(3);
});

it('an id is never invented', () => {
  class Service {
    @SessionScoped() @TraceFunction() run() {}
  }
  new Service().run();
  expect(sessions()).toEqual([undefined]);
  expect(log.warnings).toEqual([expect.stringContaining('(Service.run) has no session')]);
});

it('holds for everything that a call starts: promises, timers, streams', async () => {
  @SessionScoped({ sessionId: ({ args: [id] }) => id as string })
  class Service {
    async later(_: string) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      note();
    }
    *items(_: string) {
      note();
      yield 1;
      note();
    }
    async *stream(_: string) {
      await null;
      note();
      yield 1;
    }
  }
  const service = new Service();
  const [a, b] = [service.items('a'), service.items('b')];
  a.next();
  b.next();
  a.next();
  expect(sessions()).toEqual(['a', 'b', 'a']);
  await Promise.all([service.later('c'), service.later('d')]);
  for await (const _ of service.stream('e')) note();
  // the consumer's own span between two steps is not in the stream's scope
  expect(sessions().slice(3)).toEqual(['c', 'd', 'e', undefined]);
});
