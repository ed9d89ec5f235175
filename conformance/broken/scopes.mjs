import { context, createContextKey } from '@opentelemetry/api';

const KEY = createContextKey('broken scope');
let current = {};

const NAMES = { sessionId: 'session.id', userId: 'user.id', tags: 'tag.tags' };

function write(span, values) {
  for (const [key, name] of Object.entries(NAMES)) if (values[key] !== undefined) span.setAttribute(name, values[key]);
  if (values.metadata) span.setAttribute('metadata', JSON.stringify(values.metadata));
  if (values.template) {
    const { template, version, variables } = values.template;
    span.setAttribute('llm.prompt_template.template', template);
    if (version) span.setAttribute('llm.prompt_template.version', version);
    if (variables) span.setAttribute('llm.prompt_template.variables', JSON.stringify(variables));
  }
}

/** Mistakes about what surrounds a call. Each has a scope, and what it writes on spans that start. */
export const scopes = {
  'scopes replace': {
    scope: (values, fn) =>
      context.with(context.active().setValue(KEY, { ...context.active().getValue(KEY), ...values }), fn),
    onStart: (span, ctx) => write(span, ctx.getValue(KEY) ?? {}),
  },
  'template parts leak': {
    scope: (values, fn) => {
      const outer = context.active().getValue(KEY);
      const template = { ...outer?.template, ...values.template };
      return context.with(context.active().setValue(KEY, { ...outer, ...values, template }), fn);
    },
    onStart: (span, ctx) => write(span, ctx.getValue(KEY) ?? {}),
  },
  'scopes are global': {
    scope: (values, fn) => {
      current = values;
      return fn();
    },
    onStart: (span) => write(span, current),
  },
  'scopes trust values': {
    scope: (values, fn) => {
      JSON.stringify(values);
      return fn();
    },
  },
  'scopes reach no others': { scope: (_values, fn) => fn() },
};
