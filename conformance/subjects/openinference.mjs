import { context } from '@opentelemetry/api';
import * as openinference from '@arizeai/openinference-core';

/** What the decorator and the function form have in common. */
export const common = {
  // No function that masks text: it can only hide inputs or outputs whole.
  features: ['spans', 'capture', 'hooks', 'scopes', 'nested metadata', 'templates', 'start attributes'],
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
  },
  /** As its documentation says: context setters, and `context.with`. */
  scope({ sessionId, userId, tags, metadata, template }, fn) {
    let ctx = context.active();
    if (sessionId !== undefined) ctx = openinference.setSession(ctx, { sessionId });
    if (userId !== undefined) ctx = openinference.setUser(ctx, { userId });
    if (tags) ctx = openinference.setTags(ctx, tags);
    if (metadata) ctx = openinference.setMetadata(ctx, metadata);
    if (template) ctx = openinference.setPromptTemplate(ctx, template);
    return context.with(ctx, fn);
  },
};

/** The cases' options in this package's words. A hook comes beside its own capture, as in the others. */
export function options({ name, kind, hooks = {} }) {
  const { defaultProcessInput, defaultProcessOutput } = openinference;
  return {
    ...(name && { name }),
    ...(kind && { kind }),
    ...(hooks.input && { processInput: (...args) => ({ ...defaultProcessInput(...args), ...hooks.input(...args) }) }),
    ...(hooks.output && { processOutput: (value) => ({ ...defaultProcessOutput(value), ...hooks.output(value) }) }),
  };
}
