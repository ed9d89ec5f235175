import { ROOT_CONTEXT, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { checkConventions, testTracing, type Finding } from '../../lib/testing/index.js';
import '../../lib/testing/jest.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

const tracer = trace.getTracer('by hand');

/** A model call without a fault. */
const CALL: Attributes = {
  'openinference.span.kind': 'LLM',
  'input.value': '{"question":"Where?"}',
  'input.mime_type': 'application/json',
  'output.value': 'There.',
  'output.mime_type': 'text/plain',
  'llm.model_name': 'gpt-4o',
  'llm.provider': 'openai',
  'llm.system': 'openai',
  'llm.invocation_parameters': '{"temperature":0}',
  'llm.input_messages.0.message.role': 'user',
  'llm.input_messages.0.message.content': 'Where?',
  'llm.output_messages.0.message.role': 'assistant',
  'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'call_1',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'find',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"what":"it"}',
  'llm.token_count.prompt': 1_000,
  'llm.token_count.completion': 500,
  'llm.token_count.total': 1_500,
  'llm.token_count.prompt_details.cache_read': 200,
  'llm.cost.prompt': 0.00025,
  'llm.cost.completion': 0.000625,
  'llm.cost.total': 0.000875,
  'cost.input_cost_usd': 0.00025,
  'cost.output_cost_usd': 0.000625,
  'cost.total_usd': 0.000875,
  'llm.prompt_template.template': 'Say {word}',
  'llm.prompt_template.version': '1.0',
  'llm.prompt_template.variables': '{"word":"hi"}',
  'session.id': 's-1',
  'user.id': 'ada',
  'tag.tags': ['a', 'b'],
  metadata: '{"tier":"gold"}',
  'graph.node.id': 'agent',
  'http.request.method': 'POST', // of another convention: nobody's business here
};

const spanOf = (attributes: Attributes, name = 'call', more?: (span: Span) => void): void => {
  const span = tracer.startSpan(name, { attributes }, ROOT_CONTEXT);
  more?.(span);
  span.end();
};

const found = (): Finding[] => checkConventions([...tracing.spans, ...tracing.open()]);

it('finds nothing in a span without a fault', () => {
  spanOf(CALL);
  expect(found()).toEqual([]);
});

/** What is planted, in which attributes (undefined: taken out), and where it is found. */
const FAULTS: readonly (readonly [what: string, planted: Attributes, rule: string, attribute: string])[] = [
  ['no kind', { 'openinference.span.kind': undefined }, 'kind', 'openinference.span.kind'],
  ['a kind in lower case', { 'openinference.span.kind': 'llm' }, 'kind', 'openinference.span.kind'],
  ['a kind that is none', { 'openinference.span.kind': 'MODEL' }, 'kind', 'openinference.span.kind'],
  ['tokens as text', { 'llm.token_count.prompt': '1000' }, 'type', 'llm.token_count.prompt'],
  ['tokens with a fraction', { 'llm.token_count.completion': 500.5 }, 'type', 'llm.token_count.completion'],
  ['tokens below zero', { 'llm.token_count.total': -1 }, 'type', 'llm.token_count.total'],
  ['dollars below zero', { 'llm.cost.total': -0.01 }, 'type', 'llm.cost.total'],
  ['dollars as text', { 'cost.total_usd': '$0.000875' }, 'type', 'cost.total_usd'],
  ['a session that is a number', { 'session.id': 42 }, 'type', 'session.id'],
  ['tags as one text', { 'tag.tags': 'a,b' }, 'type', 'tag.tags'],
  ['metadata that is no object', { metadata: '["gold"]' }, 'type', 'metadata'],
  ['metadata cut in the middle', { metadata: '{"tier":"go' }, 'type', 'metadata'],
  ['parameters that are no JSON', { 'llm.invocation_parameters': 'temperature=0' }, 'type', 'llm.invocation_parameters'], // prettier-ignore
  ['variables that are no JSON', { 'llm.prompt_template.variables': '{word}' }, 'type', 'llm.prompt_template.variables'], // prettier-ignore
  [
    'arguments of a tool call that are no JSON',
    { 'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': 'what=it' },
    'type',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments',
  ],
  ['a misspelt name', { 'llm.token_count.promt': 1_000 }, 'name', 'llm.token_count.promt'],
  ['a name in the wrong case', { 'llm.modelName': 'gpt-4o' }, 'name', 'llm.modelName'],
  ['an underscore for a dot', { session_id: 's-1' }, 'name', 'session_id'],
  ['a name of nobody’s under a standard prefix', { 'llm.temperature': 0 }, 'name', 'llm.temperature'],
  ['an empty session', { 'session.id': ' ' }, 'id', 'session.id'],
  ['a user that was missing', { 'user.id': 'undefined' }, 'id', 'user.id'],
  ['a session that was an object', { 'session.id': '[object Object]' }, 'id', 'session.id'],
  ['an input that is no JSON, and says so', { 'input.value': '{"question":' }, 'mime', 'input.value'],
  ['a mime type that is none', { 'output.mime_type': 'json' }, 'type', 'output.mime_type'],
  ['a mime type of nothing', { 'output.value': undefined }, 'mime', 'output.mime_type'],
  ['tokens that do not add up', { 'llm.token_count.total': 1_400 }, 'tokens', 'llm.token_count.total'],
  ['more cached tokens than tokens', { 'llm.token_count.prompt_details.cache_read': 1_200 }, 'tokens', 'llm.token_count.prompt'], // prettier-ignore
  [
    'more reasoning than completion',
    { 'llm.token_count.completion_details.reasoning': 501 },
    'tokens',
    'llm.token_count.completion_details.reasoning',
  ],
  ['dollars that do not add up', { 'cost.total_usd': 0.001 }, 'cost', 'cost.total_usd'],
  ['a whole that is less than its parts', { 'llm.cost.total': 0.0008 }, 'cost', 'llm.cost.total'],
  ['a model without a price that cost something', { 'cost.unpriced_model': 'gpt-4o' }, 'cost', 'cost.unpriced_model'],
  ['cost on an agent', { 'openinference.span.kind': 'AGENT' }, 'owner', 'llm.cost.total'],
  ['tokens on a chain', { 'openinference.span.kind': 'CHAIN', 'llm.cost.total': undefined }, 'owner', 'llm.token_count.prompt'], // prettier-ignore
  ['tokens of no model', { 'llm.model_name': undefined }, 'model', 'llm.model_name'],
  ['a provider in capitals', { 'llm.provider': 'OpenAI' }, 'model', 'llm.provider'],
  ['a message without a role', { 'llm.input_messages.0.message.role': undefined }, 'messages', 'llm.input_messages.0'],
  ['a gap in the messages', { 'llm.input_messages.2.message.role': 'user' }, 'messages', 'llm.input_messages'],
  ['a version of no prompt', { 'llm.prompt_template.template': undefined }, 'prompt', 'llm.prompt_template.version'],
  ['a node that is its own parent', { 'graph.node.parent_id': 'agent' }, 'graph', 'graph.node.parent_id'],
  ['a node below one that is not there', { 'graph.node.parent_id': 'nobody' }, 'graph', 'graph.node.parent_id'],
  ['an error type without an error', { 'error.type': 'RangeError' }, 'status', 'error.type'],
];

it.each(FAULTS)('finds %s', (_, planted, rule, attribute) => {
  spanOf({ ...CALL, ...planted });
  const findings = found();
  expect(findings).toContainEqual(expect.objectContaining({ rule, attribute, span: 'call' }));
  expect(findings.every(({ says, source }) => says.length > 0 && source.length > 0)).toBe(true);
});

it('drags no other finding along', () => {
  const several = FAULTS.filter(([, planted]) => {
    tracing.reset();
    spanOf({ ...CALL, ...planted });
    return found().length > 1;
  }).map(([what]) => what);
  expect(several).toEqual([
    'tokens with a fraction',
    'tokens below zero',
    'dollars below zero',
    'a version of no prompt',
  ]);
});

describe('of spans and traces as wholes', () => {
  const rules = () => found().map(({ rule, says }) => `${rule}: ${says}`);

  it('finds a span that has not ended', () => {
    const span = tracer.startSpan('open', { attributes: CALL });
    expect(rules()).toEqual(['span: it has not ended']);
    span.end();
  });

  it('finds a span that ended before it started', () => {
    spanOf(CALL);
    // the SDK sets such times right; other libraries' files hold them
    const span = Object.create(tracing.byName('call'), { startTime: { value: [2_000_000_000, 1] }, endTime: { value: [2_000_000_000, 0] } }) as ReadableSpan; // prettier-ignore
    expect(checkConventions([span]).map(({ says }) => says)).toEqual(['it ended before it started']);
  });

  it('finds a span without a name', () => {
    spanOf(CALL, ' ');
    expect(rules()).toEqual(['span: it has no name']);
  });

  it('finds a span twice', () => {
    spanOf(CALL);
    expect(checkConventions([...tracing.spans, ...tracing.spans]).map(({ says }) => says)).toEqual([
      'another span of its trace has the same id',
    ]);
  });

  it('finds a secret', () => {
    spanOf(CALL);
    // on its way through ours it would be withheld
    const attributes = { ...CALL, 'input.value': '{"note":"sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789"}' };
    const span = Object.create(tracing.byName('call'), { attributes: { value: attributes } }) as ReadableSpan;
    expect(checkConventions([span])).toMatchObject([{ rule: 'secret', attribute: 'input.value' }]);
  });

  it('finds an exception that says nothing', () => {
    spanOf(CALL, 'call', (span) => {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.addEvent('exception', { why: 'unknown' });
    });
    expect(rules()).toEqual(['status: an exception event has neither exception.type nor exception.message']);
  });

  it('finds a second session in a trace', () => {
    const root = tracer.startSpan('root', { attributes: CALL }, ROOT_CONTEXT);
    const below = trace.setSpan(ROOT_CONTEXT, root);
    tracer.startSpan('child', { attributes: { ...CALL, 'session.id': 's-2' } }, below).end();
    root.end();
    expect(rules()).toEqual(['session: its trace has another session too']);
  });
});

it('takes what a scope writes on spans of other libraries for no fault', () => {
  const scope = { 'session.id': 's-1', 'user.id': 'ada', metadata: '{"tier":"gold"}', 'metadata.tier': 'gold' };
  spanOf({ ...scope, 'http.request.method': 'GET', 'llm.prompt_template.template': 'Say {word}' }, 'GET');
  expect(found()).toEqual([]);
});

it('takes what was cut or withheld, and says so, for no fault', () => {
  const cut = { metadata: '{"tier":"go', 'spandrel.truncated': ['metadata'], 'input.value': '__REDACTED__' };
  spanOf({ ...CALL, ...cut });
  expect(found()).toEqual([]);
});

it('takes a cost by hand on a tool for no fault', () => {
  spanOf({ 'openinference.span.kind': 'TOOL', 'cost.total_usd': 0.01, 'cost.other_cost_usd': 0.01, 'cost.source': 'recorded' }); // prettier-ignore
  expect(found()).toEqual([]);
});

it('is a matcher, whose message has a line a finding', () => {
  spanOf(CALL);
  expect(tracing).toFollowConventions();
  expect(tracing.spans).toFollowConventions();
  spanOf({ ...CALL, 'llm.token_count.total': 1, 'session.id': '' }, 'second');
  expect(tracing.byName('call')).toFollowConventions();
  expect(tracing.byName('second')).not.toFollowConventions();
  expect(() => expect(tracing).toFollowConventions()).toThrowErrorMatchingInlineSnapshot(`
   "expected tracing to follow the conventions

     second: session.id is empty, so a backend ignores it  [id; OpenInference, spec/semantic_conventions.md]
     second: llm.token_count.total is 1, but prompt and completion make 1500  [tokens; OpenInference, spec/semantic_conventions.md]"
  `);
  expect(() => expect(tracing.byName('call')).not.toFollowConventions()).toThrowErrorMatchingInlineSnapshot(`
   "expected span "call" not to follow the conventions

   1 span does."
  `);
});
