import { LangfuseSpanProcessor } from '@langfuse/otel';
import { observe, propagateAttributes } from '@langfuse/tracing';

// A mask is set once for the processor and not for a function: the case that asks for one sets it here.
let mask;

const nowhere = { export: (_spans, done) => done({ code: 0 }), shutdown: async () => {} };

export const subject = {
  has: ['spans', 'capture', 'mask', 'scopes', 'start attributes'],
  processors: () => [
    new LangfuseSpanProcessor({
      exporter: nowhere,
      exportMode: 'immediate',
      publicKey: 'pk-lf-none',
      secretKey: 'sk-lf-none',
      mediaUploadEnabled: false,
      mask: (params) => (mask ? mask(params) : params.data),
    }),
  ],
  begin() {
    mask = undefined;
  },
  wrap(fn, { name, kind, mask: text }) {
    if (text) mask = ({ data }) => (typeof data === 'string' ? text(data) : data);
    return observe(fn, { ...(name && { name }), ...(kind && { asType: kind === 'LLM' ? 'generation' : 'chain' }) });
  },
  read: ({ attributes }) => ({
    input: attributes['langfuse.observation.input'],
    output: attributes['langfuse.observation.output'],
  }),
  // Its own way to say that an observation failed.
  failed: ({ attributes, status }) => status.code === 2 || attributes['langfuse.observation.level'] === 'ERROR',
  attributeNames: {
    kind: 'langfuse.observation.type',
    session: 'session.id',
    user: 'user.id',
    tags: 'langfuse.trace.tags',
    metadata: 'langfuse.trace.metadata',
    output: 'langfuse.observation.output',
  },
  scope: (values, fn) => propagateAttributes(values, fn),
};
