import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Who takes a text for the log first. */
const REPORTERS = new Set(['reportOnce', 'safely', 'unwatchable']);

/** Leaves alone what the log says of a fault: a changed text there is no changed behaviour. Errors' texts are mutated as all else. */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'reports', {
    shouldIgnore(path) {
      const isText = path.isStringLiteral() || path.isTemplateLiteral();
      const isFirst = path.listKey === 'arguments' && path.key === 0;
      return isText && isFirst && REPORTERS.has(path.parent.callee?.name) ? 'a text of the log' : undefined;
    },
  }),
];
