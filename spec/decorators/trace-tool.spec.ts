import { configure, recordCost, TraceRetriever, TraceTool } from '../../lib/index.js';
import { resetConfiguration } from '../../lib/configuration.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => {
  tracing.reset();
  resetConfiguration();
});
afterAll(() => tracing.shutdown());

describe('@TraceTool', () => {
  class Tools {
    @TraceTool({
      name: 'lookup_account',
      description: 'Finds a customer by id',
      schema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    })
    lookup(id: string) {
      recordCost(0.002, 'one lookup');
      return { id, name: 'Acme' };
    }

    @TraceTool()
    plain(_a: number, _password: string) {
      return 1;
    }
  }

  it('says what the tool is, and what it was asked', () => {
    expect(new Tools().lookup('c7')).toEqual({ id: 'c7', name: 'Acme' });
    expect(tracing.byName('Tools.lookup').attributes).toMatchObject({
      'openinference.span.kind': 'TOOL',
      'tool.name': 'lookup_account',
      'tool.description': 'Finds a customer by id',
      'tool.json_schema': '{"type":"object","properties":{"id":{"type":"string"}},"required":["id"]}',
      'tool.parameters': expect.stringMatching(/^\{"\w+":"c7"\}$/) as string,
      'cost.total_usd': 0.002,
    });
  });

  it('is named as its method where nothing is said; arguments are redacted, hidden or left out as everywhere', () => {
    new Tools().plain(1, 'hunter2');
    const { attributes } = tracing.byName('Tools.plain');
    expect(attributes['tool.name']).toBe('plain');
    expect(attributes['tool.parameters']).toBe(attributes['input.value']);
    expect(attributes['tool.parameters']).not.toContain('hunter2');
    tracing.reset();
    configure({ hide: { inputs: true } });
    new Tools().plain(1, 'hunter2');
    expect(tracing.byName('Tools.plain').attributes['tool.parameters']).toBe('__REDACTED__');
    tracing.reset();
    configure({ captureArgs: false });
    new Tools().plain(1, 'hunter2');
    expect(tracing.byName('Tools.plain').attributes).not.toHaveProperty(['tool.parameters']);
  });

  it.each([
    [{ names: 'x' }, 'unknown option "names". Did you mean "name"?'],
    [{ name: '' }, 'expected name to be a text that is not empty, got ""'],
    [{ schema: 'object' }, 'expected schema to be a JSON Schema object, got "object"'],
  ])('%j is refused', (options, message) => {
    expect(() => TraceTool(options as never)).toThrow(message);
  });
});

describe('@TraceRetriever', () => {
  const found = (result: unknown, options: Parameters<typeof TraceRetriever>[0] = {}) => {
    class Notes {
      @TraceRetriever(options)
      search(_query: string) {
        return result;
      }
    }
    expect(new Notes().search('sso')).toBe(result);
    const { attributes } = tracing.byName('Notes.search');
    tracing.reset();
    expect(attributes).toMatchObject({ 'openinference.span.kind': 'RETRIEVER', 'input.value': 'sso' });
    return Object.fromEntries(
      Object.entries(attributes).flatMap(([name, value]) => (name.startsWith('retrieval.documents.') ? [[name.slice(20), value]] : [])), // prettier-ignore
    );
  };
  const whole = {
    '0.document.id': 'n1',
    '0.document.content': 'Acme wants SSO',
    '0.document.score': 0.92,
    '0.document.metadata': '{"source":"call"}',
  };

  it.each([
    ['a list', [{ id: 'n1', content: 'Acme wants SSO', score: 0.92, metadata: { source: 'call' } }]],
    ['a list within', { matches: [{ id: 'n1', text: 'Acme wants SSO', score: 0.92, metadata: { source: 'call' } }] }],
    ['LangChain’s pairs', [[{ id: 'n1', pageContent: 'Acme wants SSO', metadata: { source: 'call' } }, 0.92]]],
    ['a document inside a hit', { results: [{ document: { id: 'n1', text: 'Acme wants SSO', metadata: { source: 'call' } }, score: 0.92 }] }],
  ])('%s', (_, result) => {
    expect(found(result)).toEqual(whole);
  }); // prettier-ignore

  it('texts, and an option that finds them', () => {
    expect(found(['a', 'b'])).toEqual({ '0.document.content': 'a', '1.document.content': 'b' });
    expect(found({ rows: [{ body: 'a' }] }, { documents: (result) => (result as { rows: unknown[] }).rows })).toEqual({
      '0.document.content': 'a',
    });
    expect(found('nothing')).toEqual({});
  });

  it('is bounded, redacted and hidden as everywhere', () => {
    expect(
      found([{ content: 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789', metadata: { password: 'hunter2' } }]),
    ).toEqual({
      '0.document.content': '__REDACTED__',
      '0.document.metadata': '{"password":"__REDACTED__"}',
    });
    configure({ limits: { entries: 2 } });
    expect(Object.keys(found(['a', 'b', 'c']))).toHaveLength(2);
    configure({ hide: { outputs: true } });
    expect(found(['a'])).toEqual({});
  });
});
