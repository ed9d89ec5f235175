import { BROKEN } from '../broken/index.mjs';
import { brokenPlaces } from '../broken/places.mjs';

let variant;

/** Each case names the mistake that it exists to find; this subject makes just that one. */
export const subject = {
  has: [
    ...[
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
    ...['decorator', 'private methods', 'fields', 'class decorator', 'untraced'],
  ],
  begin(one) {
    variant = BROKEN[one.broken];
    if (!variant) throw new Error(`${one.name}: there is no broken wrapper "${one.broken}"`);
  },
  wrap: (fn, options = {}) => variant.wrap(fn, options),
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
  scope: (values, fn) => (variant.scope ?? ((_values, run) => run()))(values, fn),
  processors: () => [
    {
      onStart: (span, ctx) => variant?.onStart?.(span, ctx),
      onEnd() {},
      forceFlush: async () => {},
      shutdown: async () => {},
    },
  ],
  places: brokenPlaces((fn) => variant.wrap(fn, {})),
};
