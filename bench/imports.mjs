import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const entry = (name) => fileURLToPath(new URL(`../dist/cjs/${name}.js`, import.meta.url));
const PROGRAMS = {
  'node -e 0': '0',
  '@opentelemetry/api': "require('@opentelemetry/api')",
  spandrel: `require(${JSON.stringify(entry('index'))})`,
  'spandrel/setup': `require(${JSON.stringify(entry('setup/index'))})`,
  '@arizeai/openinference-core': "require('@arizeai/openinference-core')",
  '@langfuse/tracing': "require('@langfuse/tracing')",
  'langsmith/traceable': "require('langsmith/traceable')",
  '@traceloop/node-server-sdk': "require('@traceloop/node-server-sdk')",
};

/** Whole cold processes that import one thing: medians, as a ratio to one that imports OpenTelemetry's API alone. */
export function imports(node, rounds) {
  const times = Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, []]));
  for (let i = 0; i < rounds * 3; i++)
    for (const [name, program] of Object.entries(PROGRAMS)) {
      const start = process.hrtime.bigint();
      execFileSync(node, ['-e', program], { cwd: fileURLToPath(new URL('.', import.meta.url)), stdio: 'ignore' });
      times[name].push(Number(process.hrtime.bigint() - start));
    }
  const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
  const api = median(times['@opentelemetry/api']);
  return Object.entries(times).map(([name, list]) => ({ name, ms: median(list) / 1e6, ratio: median(list) / api }));
}
