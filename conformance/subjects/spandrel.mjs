import { SpandrelSpanProcessor, withMetadata, withPromptTemplate } from '../../dist/esm/index.js';

/** What the decorator and the function form have in common. */
export const common = {
  features: [
    'spans',
    'capture',
    'mask',
    'hooks',
    'scopes',
    'nested metadata',
    'templates',
    'start attributes',
    'stream facts',
  ],
  processors: () => [new SpandrelSpanProcessor()],
  read: ({ attributes }) => ({ input: attributes['input.value'], output: attributes['output.value'] }),
  attributeNames: {
    kind: 'openinference.span.kind',
    session: 'session.id',
    user: 'user.id',
    tags: 'tag.tags',
    metadata: 'metadata',
    template: 'llm.prompt_template.template',
    templateVersion: 'llm.prompt_template.version',
    templateVariables: 'llm.prompt_template.variables',
    output: 'output.value',
    firstChunk: 'performance.time_to_first_chunk_ms',
    chunks: 'performance.chunks',
  },
  scope({ template, ...metadata }, fn) {
    const inner = template ? () => withPromptTemplate(template, fn) : fn;
    return Object.keys(metadata).length ? withMetadata(metadata, inner) : inner();
  },
};

/** The cases' options in this package's words. */
export function options({ name, kind, hooks = {}, mask }) {
  return {
    spanName: name,
    spanKind: kind,
    attributes: hooks.input && ((call) => hooks.input(...call.args)),
    resultAttributes: hooks.output,
    redact: mask,
  };
}
