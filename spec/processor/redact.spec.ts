import { SpanStatusCode, trace } from '@opentelemetry/api';
import {
  configure,
  REDACTOR,
  setResolver,
  traced,
  traceAgentExecution,
  withMetadata,
  withPromptTemplate,
} from '../../lib/index.js';
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

it('secrets in names, addresses, links and JSON texts are withheld, and a link stays its maker’s', () => {
  const link = {
    context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 },
    attributes: { note: `key ${key}`, 'link.type': 'follows' },
  };
  const span = foreign.startSpan('GET /files?api_key=hunter2');
  span.addLink(link);
  span.setAttributes({
    'url.full': 'https://user:hunter2@host/x?token=hunter2&page=2',
    'input.value': JSON.stringify({
      tool_calls: [{ arguments: JSON.stringify({ password: 'hunter2', city: 'Rome' }) }],
    }),
    'db.connection': 'postgres://app:hunter2@db/calls',
  });
  span.end();
  const [recorded] = tracing.spans as [(typeof tracing.spans)[number]];
  expect(JSON.stringify([recorded.name, recorded.attributes, recorded.links])).not.toMatch(/hunter2|sk-proj-a/);
  expect(recorded).toMatchObject({
    name: 'GET /files?api_key=__REDACTED__',
    attributes: { 'url.full': 'https://user:__REDACTED__@host/x?token=__REDACTED__&page=2' },
    links: [{ attributes: { note: 'key __REDACTED__', 'link.type': 'follows' } }],
  });
  expect(recorded.attributes['input.value']).toContain('Rome');
  expect(link.attributes.note).toBe(`key ${key}`);
});

it('a name and a thrown object cannot carry a secret', () => {
  const fail = traced(
    (given: string) => {
      throw { name: `Failed for ${given}`, message: 'x' };
    },
    { spanName: ({ args }) => `call ${args[0]}` },
  );
  expect(() => fail(key)).toThrow();
  const [recorded] = tracing.spans as [(typeof tracing.spans)[number]];
  expect(recorded).toMatchObject({ name: 'call __REDACTED__', attributes: { 'error.type': 'Object' } });
  expect(JSON.stringify([recorded.name, recorded.attributes, recorded.events])).not.toContain(key);
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

describe('each switch hides its own kind of content, and nothing else', () => {
  const content: Readonly<Record<string, string>> = {
    'llm.input_messages.0.message.content': 'INPUTS',
    'llm.output_messages.0.message.content': 'OUTPUTS',
    'tool.parameters': 'INPUTS',
    'retrieval.documents.0.document.content': 'OUTPUTS',
    'llm.input_messages.0.message.contents.1.message_content.image.image.url': 'INPUT_IMAGES',
    'embedding.embeddings.0.embedding.vector': 'EMBEDDING_VECTORS',
    'embedding.embeddings.0.embedding.text': 'EMBEDDINGS_TEXT',
    'llm.invocation_parameters': 'LLM_INVOCATION_PARAMETERS',
    'llm.prompts.0.prompt.text': 'PROMPTS',
    'llm.choices.0.completion.text': 'CHOICES',
    'llm.tools.0.tool.json_schema': 'LLM_TOOLS',
  };
  const also: Readonly<Record<string, readonly string[]>> = {
    INPUTS: ['INPUT_IMAGES', 'EMBEDDINGS_TEXT', 'LLM_INVOCATION_PARAMETERS', 'PROMPTS'],
    OUTPUTS: ['CHOICES'],
  };

  it.each([...new Set(Object.values(content))])('OPENINFERENCE_HIDE_%s', (name) => {
    process.env[`OPENINFERENCE_HIDE_${name}`] = 'TRUE';
    resetConfiguration();
    delete process.env[`OPENINFERENCE_HIDE_${name}`];
    foreign.startSpan('call', { attributes: Object.fromEntries(Object.keys(content).map((key) => [key, 'x'])) }).end();
    const { attributes } = tracing.byName('call');
    const hidden = Object.keys(content).filter((key) => attributes[key] === '__REDACTED__');
    const expected = Object.keys(content).filter((key) => [name, ...(also[name] ?? [])].includes(content[key]!));
    expect(hidden.toSorted()).toEqual(expected.toSorted());
    resetConfiguration();
  });
});

describe('configure({ hide })', () => {
  afterEach(() => resetConfiguration());

  it('true hides all content, and leaves structure, times, tokens, ids and tags', async () => {
    configure({ hide: true });
    await expect(
      withMetadata({ sessionId: 's1', tags: ['t'], metadata: { note: 'confidential' } }, () =>
        withPromptTemplate({ template: 'confidential {name}', version: '1', variables: { name: 'confidential' } }, () =>
          traceAgentExecution(
            { agentName: 'reader', taskDescription: () => 'confidential', inputData: 'confidential' },
            async () => {
              const embed = traced(() => [0.1], { spanName: 'embed', spanKind: 'EMBEDDING' });
              embed();
              foreign.startSpan('other', { attributes: { 'gen_ai.input.messages': 'confidential' } }).end();
              throw new Error('confidential', { cause: new Error('confidential') });
            },
          ),
        ),
      ),
    ).rejects.toThrow('confidential');
    expect(exported()).not.toContain('confidential');
    expect(tracing.byName('agent.reader')).toMatchObject({
      attributes: { 'session.id': 's1', 'tag.tags': ['t'], 'error.type': 'Error', metadata: '__REDACTED__' },
      events: [{ attributes: { 'exception.type': 'Error', 'exception.message': '__REDACTED__' } }],
      status: { message: '__REDACTED__' },
    });
  });

  it('takes kinds of content one by one, and does not turn off what the environment hides', () => {
    process.env['OPENINFERENCE_HIDE_OUTPUTS'] = 'true';
    configure({ hide: { embeddingText: true, outputs: false } });
    delete process.env['OPENINFERENCE_HIDE_OUTPUTS'];
    traced((text: string) => text, { spanName: 'embed', spanKind: 'EMBEDDING' })('a');
    traced((text: string) => text, { spanName: 'chain' })('a');
    expect(tracing.byName('embed').attributes).toMatchObject({
      'input.value': '__REDACTED__',
      'output.value': '__REDACTED__',
    });
    expect(tracing.byName('chain').attributes).toMatchObject({ 'input.value': 'a', 'output.value': '__REDACTED__' });
  });

  it('a result that holds vectors is hidden on EMBEDDING spans', () => {
    configure({ hide: { embeddingVectors: true } });
    traced(() => [0.125], { spanName: 'embed', spanKind: 'EMBEDDING' })();
    expect(tracing.byName('embed').attributes['output.value']).toBe('__REDACTED__');
  });

  it('holds for attributes that options give under the names of content', () => {
    configure({ hide: { inputs: true } });
    traced(() => 1, { spanName: 'call', attributes: { 'llm.input_messages.0.message.content': 'x', plain: 'x' } })();
    expect(tracing.byName('call').attributes).toMatchObject({
      'llm.input_messages.0.message.content': '__REDACTED__',
      plain: 'x',
    });
  });

  it.each([
    [{ input: true }, 'unknown option "input". Did you mean "inputs"?'],
    [{ inputs: 'yes' }, 'expected inputs to be true or false, got string'],
    ['all', 'expected an options object, got string'],
  ])('%j is refused', (hide, message) => {
    expect(() => configure({ hide: hide as never })).toThrow(message);
  });
});
