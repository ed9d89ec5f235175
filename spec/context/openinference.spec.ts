import { clearSession, getAttributesFromContext, getMetadata, getPromptTemplate, getSession, getTags, getUser, setMetadata, setPromptTemplate, setSession, setTags, setUser } from '@arizeai/openinference-core'; // prettier-ignore
import { context, trace } from '@opentelemetry/api';
import { traced, withMetadata, withPromptTemplate } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

const other = trace.getTracer('other');
const call = () => {
  traced(() => other.startSpan('theirs').end(), { spanName: 'ours' })();
  return [tracing.byName('ours').attributes, tracing.byName('theirs').attributes];
};

it('OpenInference’s functions see a scope of ours', () => {
  withMetadata({ sessionId: 's1', userId: 'u1', tags: ['a'], metadata: { n: 1 } }, () =>
    withPromptTemplate({ template: 'Hi {name}', version: '2', variables: { name: 'Ann' } }, () => {
      const active = context.active();
      expect(getSession(active)).toEqual({ sessionId: 's1' });
      expect(getUser(active)).toEqual({ userId: 'u1' });
      expect(getTags(active)).toEqual(['a']);
      expect(getMetadata(active)).toEqual({ n: 1 });
      expect(getPromptTemplate(active)).toEqual({ template: 'Hi {name}', version: '2', variables: { name: 'Ann' } });
      expect(getAttributesFromContext(active)).toMatchObject({ 'session.id': 's1', 'user.id': 'u1' });
    }),
  );
});

it('what they set outside of any scope is on all spans', () => {
  let active = setSession(context.active(), { sessionId: 's2' });
  active = setTags(setMetadata(setUser(active, { userId: 'u2' }), { n: 2 }), ['b']);
  active = setPromptTemplate(active, { template: 'Hi {name}', version: '3', variables: { name: 'Ben' } });
  for (const attributes of context.with(active, call))
    expect(attributes).toMatchObject({
      'session.id': 's2',
      'user.id': 'u2',
      'tag.tags': ['b'],
      metadata: '{"n":2}',
      'llm.prompt_template.template': 'Hi {name}',
      'llm.prompt_template.version': '3',
      'llm.prompt_template.variables': '{"name":"Ben"}',
    });
});

it('whichever scope is the inner one wins, and the rest of the outer one stays', () => {
  const theirs = setTags(setSession(context.active(), { sessionId: 'outer' }), ['b']);
  context.with(theirs, () =>
    withMetadata({ sessionId: 'inner', tags: ['c'] }, () => {
      for (const attributes of call()) expect(attributes).toMatchObject({ 'session.id': 'inner', 'tag.tags': ['b', 'c'] }); // prettier-ignore
    }),
  );
  tracing.reset();
  withMetadata({ sessionId: 'outer', userId: 'u1' }, () =>
    context.with(setSession(context.active(), { sessionId: 'inner' }), () => {
      for (const attributes of call()) expect(attributes).toMatchObject({ 'session.id': 'inner', 'user.id': 'u1' });
      // inside a span of ours as well
      traced(() => context.with(setUser(context.active(), { userId: 'u3' }), () => other.startSpan('deep').end()))();
      expect(tracing.byName('deep').attributes).toMatchObject({ 'session.id': 'inner', 'user.id': 'u3' });
    }),
  );
  tracing.reset();
  withMetadata({ sessionId: 'outer', userId: 'u1' }, () =>
    context.with(clearSession(context.active()), () => {
      for (const attributes of call()) {
        expect(attributes).not.toHaveProperty(['session.id']);
        expect(attributes).toMatchObject({ 'user.id': 'u1' });
      }
    }),
  );
});

it('values that are no JSON are passed over', () => {
  const active = context.active();
  const key = (name: string) => Symbol.for(`OpenInference SDK Context Key ${name}`);
  const broken = active.setValue(key('metadata'), '{').setValue(key('tag.tags'), '7').setValue(key('session.id'), 7);
  for (const attributes of context.with(broken, call))
    for (const name of ['metadata', 'tag.tags', 'session.id']) expect(attributes).not.toHaveProperty([name]);
});

it('other keys pass through scopes and spans', () => {
  const key = Symbol('own');
  const seen: unknown[] = [];
  context.with(context.active().setValue(key, 1), () =>
    withMetadata({ sessionId: 's' }, () =>
      traced(() => {
        seen.push(context.active().getValue(key));
        seen.push(context.active().setValue(key, 2).getValue(key));
        seen.push(context.active().deleteValue(key).getValue(key));
        expect(getSession(context.active().deleteValue(key))).toEqual({ sessionId: 's' });
      })(),
    ),
  );
  expect(seen).toEqual([1, 2, undefined]);
});
