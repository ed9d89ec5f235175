import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import {
  PromptTemplate,
  SESSION_PROVIDER,
  SessionScoped,
  setResolver,
  TraceFunction,
  traced,
  withMetadata,
  withPromptTemplate,
} from '../../lib/index.js';
import { configure } from '../../lib/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

const tracing = testTracing();
const log = diagLog();
const foreign = trace.getTracer('another-library');
afterEach(() => {
  tracing.reset();
  setResolver(undefined);
  resetConfiguration();
  log.warnings.length = 0;
});
afterAll(async () => {
  log.stop();
  await tracing.shutdown();
});

const attributes = (name: string) => tracing.byName(name).attributes;

it('a span of another library inside @SessionScoped and @PromptTemplate carries session, user, tags, metadata and template', () => {
  @SessionScoped({
    sessionId: 's-1',
    userId: 'u-1',
    tags: ['production', 'v2'],
    metadata: { call_id: 'c-1', customer: { name: 'Acme' } },
  })
  class Service {
    @PromptTemplate({ template: 'Analyze {transcript}', version: '2.0' }, { transcript: 'hello' })
    analyze() {
      foreign.startSpan('their span').end();
    }
  }
  new Service().analyze();
  expect(attributes('their span')).toEqual({
    'session.id': 's-1',
    'user.id': 'u-1',
    'tag.tags': ['production', 'v2'],
    metadata: '{"call_id":"c-1","customer":{"name":"Acme"}}',
    'llm.prompt_template.template': 'Analyze {transcript}',
    'llm.prompt_template.version': '2.0',
    'llm.prompt_template.variables': '{"transcript":"hello"}',
  });
  expect(tracing.spans).toHaveLength(1);
});

describe('nested scopes', () => {
  it('override ids, unite tags and deep-merge metadata; leaving one restores the outer', () => {
    withMetadata(
      { sessionId: 'outer', userId: 'u', tags: ['a', 'b'], metadata: { x: 1, deep: { p: 1, q: 1 } } },
      () => {
        withMetadata(
          { sessionId: 'inner', userId: undefined, tags: ['b', 'c'], metadata: { y: 2, deep: { q: 2 } } },
          () => foreign.startSpan('inner').end(),
        );
        foreign.startSpan('outer').end();
      },
    );
    foreign.startSpan('outside').end();
    expect(attributes('inner')).toEqual({
      'session.id': 'inner',
      'user.id': 'u',
      'tag.tags': ['a', 'b', 'c'],
      metadata: '{"x":1,"deep":{"p":1,"q":2},"y":2}',
    });
    expect(attributes('outer')).toMatchObject({ 'session.id': 'outer', metadata: '{"x":1,"deep":{"p":1,"q":1}}' });
    expect(attributes('outside')).toEqual({});
  });

  it('replace a prompt template whole', () => {
    withPromptTemplate({ template: 'A {x}', version: '1', variables: { x: 1 } }, () =>
      withPromptTemplate({ template: 'B' }, () => foreign.startSpan('inner').end()),
    );
    expect(attributes('inner')).toEqual({
      'llm.prompt_template.template': 'B',
      'llm.prompt_template.version': expect.stringMatching(/^[0-9a-f]{16}$/),
      'llm.prompt_template.variables': '{}',
    });
  });
});

it.each([
  // outer, inner, recorded
  [{ sessionId: 'a' }, {}, { 'session.id': 'a' }],
  [{ sessionId: 'a' }, { sessionId: undefined }, { 'session.id': 'a' }],
  [{ sessionId: 'a' }, { sessionId: 'b' }, { 'session.id': 'b' }],
  [{ sessionId: 'a' }, { userId: 'u' }, { 'session.id': 'a', 'user.id': 'u' }],
  [{ tags: ['a'] }, { tags: ['b', 'a'] }, { 'tag.tags': ['a', 'b'] }],
  [{ tags: ['a'] }, { tags: [] }, { 'tag.tags': ['a'] }],
  [{ metadata: { a: 1 } }, { metadata: { b: 2 } }, { metadata: '{"a":1,"b":2}' }],
  [{ metadata: { a: 1 } }, { metadata: { a: undefined } }, { metadata: '{"a":1}' }],
  [{ metadata: { a: 1 } }, { metadata: { a: null } }, { metadata: '{"a":null}' }],
  [{ metadata: { a: { b: 1, c: 1 } } }, { metadata: { a: { c: 2 } } }, { metadata: '{"a":{"b":1,"c":2}}' }],
  [{ metadata: { a: { b: 1 } } }, { metadata: { a: [2] } }, { metadata: '{"a":[2]}' }],
  [{ metadata: { a: [1, 2] } }, { metadata: { a: [3] } }, { metadata: '{"a":[3]}' }],
  [{ metadata: { a: 1 } }, { metadata: { a: { b: 1 } } }, { metadata: '{"a":{"b":1}}' }],
])('outer %j, inner %j: recorded %j', (outer, inner, recorded) => {
  withMetadata(outer as never, () => withMetadata(inner as never, () => foreign.startSpan('span').end()));
  expect(attributes('span')).toEqual(recorded);
});

it('metadata is JSON, flat, or both', () => {
  const record = (form: 'json' | 'flat' | 'both') => {
    configure({ metadata: form });
    withMetadata({ metadata: { a: 1, b: 'x', c: { d: true }, password: 'p' } }, () => foreign.startSpan(form).end());
    return attributes(form);
  };
  const flat = { 'metadata.a': 1, 'metadata.b': 'x', 'metadata.c': '{"d":true}', 'metadata.password': '__REDACTED__' };
  const json = { metadata: '{"a":1,"b":"x","c":{"d":true},"password":"__REDACTED__"}' };
  expect(record('json')).toEqual(json);
  expect(record('flat')).toEqual(flat);
  expect(record('both')).toEqual({ ...json, ...flat });
});

it.each([
  ['an empty session', { sessionId: '  ' }, 'sessionId is empty'],
  ['a session that is no text', { sessionId: { id: 1 } }, 'sessionId: expected a string'],
  ['tags that are no list', { tags: 'a' }, 'tags: expected a list'],
  ['metadata that is no object', { metadata: [1] }, 'metadata: expected an object'],
])('%s is left out, with one warning', (_, options, warning) => {
  for (const name of ['one', 'two']) withMetadata(options as never, () => foreign.startSpan(name).end());
  expect(attributes('two')).toEqual({});
  expect(log.warnings).toEqual([expect.stringContaining(warning)]);
});

it('ids are trimmed, and numbers become text', () => {
  withMetadata({ sessionId: ' s ', userId: 42 as never }, () => foreign.startSpan('span').end());
  expect(attributes('span')).toEqual({ 'session.id': 's', 'user.id': '42' });
});

describe('@SessionScoped without a session', () => {
  class Service {
    @SessionScoped()
    @TraceFunction()
    run() {}
  }

  it('takes the enclosing one', () => {
    withMetadata({ sessionId: 'outer' }, () => new Service().run());
    expect(attributes('Service.run')['session.id']).toBe('outer');
    expect(log.warnings).toEqual([]);
  });

  it('else asks the session provider', () => {
    const provider = () => ({ sessionId: 'provided', userId: 'u' });
    setResolver({ resolve: (token) => (token === SESSION_PROVIDER ? provider : undefined) });
    new Service().run();
    expect(attributes('Service.run')).toMatchObject({ 'session.id': 'provided', 'user.id': 'u' });
  });

  it('else has none, and one warning', () => {
    new Service().run();
    new Service().run();
    expect(tracing.spans.map((span) => span.attributes['session.id'])).toEqual([undefined, undefined]);
    expect(log.warnings).toEqual([expect.stringContaining('register a SESSION_PROVIDER')]);
  });
});

it('a scope reaches spans started under a bare context that holds only their parent', () => {
  withMetadata({ sessionId: 's' }, () => {
    const parent = foreign.startSpan('parent');
    context.with(ROOT_CONTEXT, () => foreign.startSpan('child', {}, trace.setSpan(ROOT_CONTEXT, parent)).end());
    parent.end();
  });
  expect(attributes('child')['session.id']).toBe('s');
});

it('a variable without a value is recorded as missing, with one warning', () => {
  withPromptTemplate({ template: 'Hi {name}, {age}', variables: { name: 'Bob' } }, () =>
    foreign.startSpan('span').end(),
  );
  expect(attributes('span')['llm.prompt_template.variables']).toBe('{"name":"Bob","age":"[missing]"}');
  expect(log.warnings).toEqual([expect.stringContaining('the variable "age" got no value')]);
});

it('scopes hold across awaits, timers and streams, thousands of calls interleaved', async () => {
  const call = traced(
    async function* (id: number) {
      for (let i = 0; i < 3; i++) {
        await new Promise((resolve) => (id % 2 ? setImmediate(resolve) : process.nextTick(resolve)));
        foreign.startSpan(`chunk ${id}`).end();
        yield i;
      }
    },
    { spanName: 'stream' },
  );
  await Promise.all(
    Array.from({ length: 2_000 }, (_, id) =>
      withMetadata({ sessionId: `s-${id}` }, async () => {
        for await (const _ of call(id)) await null;
      }),
    ),
  );
  const chunks = tracing.spans.filter(({ name }) => name.startsWith('chunk'));
  expect(chunks).toHaveLength(6_000);
  for (const span of chunks) expect(span.attributes['session.id']).toBe(`s-${span.name.slice(6)}`);
  expect(tracing.open()).toEqual([]);
});
