import { SpanStatusCode, trace } from '@opentelemetry/api';
import { REDACTOR, setResolver, traced, withPromptTemplate } from '../../lib/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
const foreign = trace.getTracer('another-library');
const key = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789';
afterEach(() => {
  tracing.reset();
  setResolver(undefined);
});
afterAll(() => tracing.shutdown());

/** All that an exporter would see of the recorded spans. */
const exported = () =>
  JSON.stringify(tracing.spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status })));

it('secrets on spans of other libraries are withheld: in attributes, lists, events and the status', () => {
  const span = foreign.startSpan('call', {
    attributes: { 'gen_ai.input.messages': `[{"content":"my key is ${key}"}]` },
  });
  span.setAttributes({
    'http.request.header.authorization': ['Basic dXNlcjpwYXNz'],
    'db.password': 'hunter2',
    'llm.token_count.prompt': 5,
    'http.url': 'http://127.0.0.1/',
    list: ['a', key],
  });
  span.recordException(new Error(`bad key ${key}`));
  span.setStatus({ code: SpanStatusCode.ERROR, message: `bad key ${key}` });
  span.end();
  expect(exported()).not.toMatch(/sk-proj-a|dXNlcjpwYXNz|hunter2/);
  expect(tracing.byName('call').attributes).toMatchObject({
    'gen_ai.input.messages': '[{"content":"my key is __REDACTED__"}]',
    'http.request.header.authorization': ['__REDACTED__'],
    'db.password': '__REDACTED__',
    'llm.token_count.prompt': 5,
    'http.url': 'http://127.0.0.1/',
    list: ['a', '__REDACTED__'],
  });
});

it('secrets that the user’s code sets by hand on a traced call’s span are withheld too', () => {
  traced(
    () => {
      const span = trace.getActiveSpan()!;
      span.setAttributes({
        note: `key ${key}`,
        'app.password': 'hunter2',
        'output.value': `mine ${key}`,
        plain: 'kept',
      });
      span.recordException(new Error(`bad key ${key}`));
      span.addEvent('login', { cookie: 'hunter2' });
    },
    { spanName: 'call' },
  )();
  expect(exported()).not.toMatch(/sk-proj-a|hunter2/);
  expect(tracing.byName('call').attributes).toMatchObject({
    note: 'key __REDACTED__',
    'output.value': 'mine __REDACTED__',
    plain: 'kept',
  });
});

it('the redactor of the container holds for them', () => {
  setResolver({ resolve: (token) => (token === REDACTOR ? (text: string) => text.replaceAll('Ann', '*') : undefined) });
  foreign.startSpan('call', { attributes: { who: 'Ann' } }).end();
  expect(tracing.byName('call').attributes['who']).toBe('*');
});

describe('OPENINFERENCE_HIDE_INPUTS and _OUTPUTS', () => {
  beforeEach(() => {
    process.env['OPENINFERENCE_HIDE_INPUTS'] = 'true';
    process.env['OPENINFERENCE_HIDE_OUTPUTS'] = '1';
    resetConfiguration();
  });
  afterEach(() => {
    delete process.env['OPENINFERENCE_HIDE_INPUTS'];
    delete process.env['OPENINFERENCE_HIDE_OUTPUTS'];
    resetConfiguration();
  });

  it('stand over every option, on our spans and on those of other libraries', async () => {
    withPromptTemplate({ template: 'Hi {name}', variables: { name: 'confidential' } }, () => {
      traced((text: string) => text, { spanName: 'call', captureArgs: true })('confidential');
      foreign
        .startSpan('other', {
          attributes: { 'llm.input_messages.0.message.content': 'confidential', 'output.value': 'confidential' },
        })
        .end();
    });
    const stream = traced(async function* () {
      yield 'confidential';
    }, { spanName: 'stream' }); // prettier-ignore
    for await (const chunk of stream()) expect(chunk).toBe('confidential');
    expect(exported()).not.toContain('confidential');
    expect(tracing.byName('call').attributes).toMatchObject({
      'input.value': '__REDACTED__',
      'output.value': '__REDACTED__',
    });
  });
});
