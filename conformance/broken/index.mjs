import { calling, promising, throwing } from './as-bare.mjs';
import { capture, faults } from './capture.mjs';
import { scopes } from './scopes.mjs';
import { spanned, spans } from './spans.mjs';
import { streaming } from './streams.mjs';

const wrappers = { ...calling, ...throwing, ...promising, ...streaming, ...spans, ...capture, ...faults };

/** Every mistake by name: a wrapper, and for mistakes about scopes a scope. */
export const BROKEN = {
  ...Object.fromEntries(Object.entries(wrappers).map(([name, wrap]) => [name, { wrap }])),
  ...Object.fromEntries(Object.entries(scopes).map(([name, rest]) => [name, { wrap: (fn) => spanned(fn), ...rest }])),
};
