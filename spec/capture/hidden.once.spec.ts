import { hiddenBy, hiddenByEnvironment, isHidden, type Hidden } from '../../lib/capture/hidden.js';

const NOTHING: Hidden = {
  inputs: false,
  outputs: false,
  images: false,
  embeddingVectors: false,
  embeddingText: false,
  invocationParameters: false,
  prompts: false,
  choices: false,
  tools: false,
  metadata: false,
  exceptions: false,
};
const EVERYTHING: Hidden = {
  inputs: true,
  outputs: true,
  images: true,
  embeddingVectors: true,
  embeddingText: true,
  invocationParameters: true,
  prompts: true,
  choices: true,
  tools: true,
  metadata: true,
  exceptions: true,
};
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

describe.each<[keyof Hidden, string[], string[]]>([
  [
    'inputs',
    [
      'input.value',
      'llm.input_messages.0.message.content',
      'llm.prompts.0.prompt.text',
      'llm.prompt_template.variables',
      'llm.invocation_parameters',
      'tool.parameters',
      'gen_ai.input.messages',
      'gen_ai.system_instructions',
      'gen_ai.prompt.0.content',
      'gen_ai.tool.call.arguments',
      'ai.prompt.messages',
      'ai.toolCall.args',
      'traceloop.entity.input',
      'embedding.embeddings.10.embedding.text',
      'reranker.query',
      'reranker.input_documents.0.document.content',
    ],
    [
      'input.mime_type',
      'my.input.value',
      'llm.model_name',
      'llm.prompt_template.template',
      'llm.token_count.prompt',
      'tool.name',
      'gen_ai.tool.call.id',
      'ai.toolCall.name',
      'my.llm.prompts',
      'output.value',
      'embedding.embeddings.x.embedding.text',
      'embedding.embeddings.0.embedding.vector',
      'reranker.top_k',
    ],
  ],
  [
    'outputs',
    [
      'output.value',
      'llm.output_messages.0.message.content',
      'llm.choices.0.completion.text',
      'retrieval.documents.0.document.content',
      'reranker.output_documents.0.document.id',
      'gen_ai.output.messages',
      'gen_ai.completion.0.content',
      'gen_ai.tool.call.result',
      'ai.response.text',
      'ai.response.object',
      'ai.response.toolCalls',
      'ai.response.reasoning',
      'ai.toolCall.result',
      'traceloop.entity.output',
    ],
    ['output.mime_type', 'my.output.value', 'input.value', 'ai.response.id', 'ai.toolCall.args', 'llm.token_count.completion'],
  ],
  [
    'images',
    ['llm.input_messages.0.message.contents.1.message_content.image.image.url', 'llm.output_messages.0.message.contents.0.message_content.image'],
    ['llm.input_messages.0.message.content', 'input.image', 'my.llm.input_messages.0.image', 'llm.input_messages.0.imagery'],
  ],
  [
    'embeddingVectors',
    ['embedding.embeddings.0.embedding.vector', 'embedding.embeddings.12.embedding.vector'],
    ['embedding.embeddings.0.embedding.text', 'embedding.embeddings.x.embedding.vector', 'my.embedding.embeddings.0.embedding.vector'],
  ],
  [
    'embeddingText',
    ['embedding.embeddings.0.embedding.text', 'embedding.embeddings.12.embedding.text'],
    ['embedding.embeddings.0.embedding.vector', 'embedding.embeddings.x.embedding.text', 'my.embedding.embeddings.0.embedding.text'],
  ],
  [
    'invocationParameters',
    ['llm.invocation_parameters', 'ai.settings.temperature'],
    ['llm.invocation_parameters_hash', 'my.llm.invocation_parameters', 'ai.settingsCount', 'my.ai.settings.x'],
  ],
  [
    'prompts',
    ['llm.prompts', 'llm.prompts.0.prompt.text', 'llm.prompt_template.template', 'llm.prompt_template.variables'],
    ['llm.prompt_template.version', 'llm.prompt_template.template_id', 'my.llm.prompts', 'my.llm.prompt_template.template', 'llm.promptsize'],
  ],
  ['choices', ['llm.choices', 'llm.choices.0.completion.text'], ['llm.choicesCount', 'my.llm.choices']],
  ['tools', ['llm.tools', 'llm.tools.0.tool.json_schema', 'gen_ai.tool.definitions', 'ai.prompt.tools'], ['llm.toolset', 'my.llm.tools', 'ai.prompt.messages', 'gen_ai.tool.name']],
  ['metadata', ['metadata', 'metadata.order'], ['metadatas', 'my.metadata']],
  ['exceptions', ['exception.message', 'exception.stacktrace', 'error.message'], ['exception.type', 'exception.message_id', 'error.type', 'my.error.message']],
])('%s', (kind, hidden, shown) => {
  const only = { ...NOTHING, [kind]: true };
  it.each(hidden)('hides %s', (name) => {
    expect(isHidden(name, only)).toBe(true);
    expect(isHidden(name, NOTHING)).toBe(false);
  });
  it.each(shown)('does not hide %s', (name) => {
    expect(isHidden(name, only)).toBe(false);
  });
}); // prettier-ignore

describe('the environment', () => {
  it('hides nothing by itself', () => {
    expect(hiddenByEnvironment()).toEqual(NOTHING);
  });

  it.each<[string, Partial<Hidden>]>([
    ['INPUTS', { inputs: true, exceptions: true }],
    ['INPUT_TEXT', { inputs: true, exceptions: true }],
    ['INPUT_MESSAGES', { inputs: true, exceptions: true }],
    ['OUTPUTS', { outputs: true, exceptions: true }],
    ['OUTPUT_TEXT', { outputs: true, exceptions: true }],
    ['OUTPUT_MESSAGES', { outputs: true, exceptions: true }],
    ['INPUT_IMAGES', { images: true }],
    ['OUTPUT_IMAGES', { images: true }],
    ['EMBEDDING_VECTORS', { embeddingVectors: true }],
    ['EMBEDDINGS_VECTORS', { embeddingVectors: true }],
    ['EMBEDDINGS_TEXT', { embeddingText: true }],
    ['LLM_INVOCATION_PARAMETERS', { invocationParameters: true }],
    ['PROMPTS', { prompts: true }],
    ['LLM_PROMPTS', { prompts: true }],
    ['CHOICES', { choices: true }],
    ['LLM_TOOLS', { tools: true }],
    ['METADATA', {}],
  ])('OPENINFERENCE_HIDE_%s', (name, expected) => {
    process.env[`OPENINFERENCE_HIDE_${name}`] = 'true';
    expect(hiddenByEnvironment()).toEqual({ ...NOTHING, ...expected });
  });

  it.each([
    ['true', true],
    [' TRUE ', true],
    ['1', true],
    ['false', false],
    ['0', false],
    ['', false],
    ['11', false],
    ['untrue', false],
    ['true-ish', false],
  ])('a switch that is "%s" is %p', (value, expected) => {
    process.env['OPENINFERENCE_HIDE_CHOICES'] = value;
    expect(hiddenByEnvironment().choices).toBe(expected);
  });

  it('may be missing', () => {
    const { process: node } = globalThis;
    try {
      Object.assign(globalThis, { process: undefined });
      expect(hiddenByEnvironment()).toEqual(NOTHING);
      Object.assign(globalThis, { process: {} });
      expect(hiddenByEnvironment()).toEqual(NOTHING);
    } finally {
      Object.assign(globalThis, { process: node });
    }
  });
});

describe('the hide key', () => {
  it('hides all, nothing, or kinds', () => {
    expect(hiddenBy(true)).toEqual(EVERYTHING);
    expect(hiddenBy(false)).toEqual(NOTHING);
    expect(hiddenBy({})).toEqual(NOTHING);
    expect(hiddenBy({ tools: true, metadata: undefined as never })).toEqual({ ...NOTHING, tools: true });
    expect(hiddenBy({ outputs: true })).toEqual({ ...NOTHING, outputs: true, exceptions: true });
    expect(hiddenBy({ exceptions: true })).toEqual({ ...NOTHING, exceptions: true });
  });

  it('does not turn off what the environment hides', () => {
    process.env['OPENINFERENCE_HIDE_LLM_TOOLS'] = '1';
    expect(hiddenBy(false)).toEqual({ ...NOTHING, tools: true });
    expect(hiddenBy({ tools: false, choices: true })).toEqual({ ...NOTHING, tools: true, choices: true });
    expect(hiddenBy(true)).toEqual(EVERYTHING);
  });

  it('of an unknown kind, or not true or false, is a TypeError', () => {
    expect(() => hiddenBy({ tool: true } as object)).toThrow(
      /^configure\(\{ hide \}\): unknown option "tool"\. Did you mean "tools"\?/,
    );
    expect(() => hiddenBy({ tools: 'yes' } as object)).toThrow(
      new TypeError('configure({ hide }): expected tools to be true or false, got string.'),
    );
  });
});
