import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';

const root = new URL('../', import.meta.url);
const { name, exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

/** The rows of OpenTelemetry's API, in the two forms of a module: beginning to import takes Node time too. */
const API = { require: '@opentelemetry/api, CommonJS', import: '@opentelemetry/api, ES module' };

/** Each entry of the package, and the other packages, as a program that does no more than load it. */
function programs() {
  const all = {
    'node -e 0': '0',
    [API.require]: "require('@opentelemetry/api')",
    [API.import]: "import('@opentelemetry/api')",
  };
  for (const [entry, { require, import: esm }] of Object.entries(exports)) {
    if (!require || !esm) continue;
    const shown = name + entry.slice(1);
    all[`${shown}, CommonJS`] = `require(${JSON.stringify(fileURLToPath(new URL(require.default, root)))})`;
    all[`${shown}, ES module`] = `import(${JSON.stringify(new URL(esm.default, root).href)})`;
  }
  const others = ['@arizeai/openinference-core', '@langfuse/tracing', 'langsmith/traceable', '@traceloop/node-server-sdk', 'braintrust', '@lmnr-ai/lmnr']; // prettier-ignore
  for (const other of others) all[other] = `import(${JSON.stringify(other)})`;
  const apart = createRequire(new URL('apart/package.json', import.meta.url));
  for (const other of ['logfire', 'autotel']) all[other] = `require(${JSON.stringify(apart.resolve(other))})`;
  return all;
}

/** Whole cold processes that load one thing: medians, as a ratio to one that loads OpenTelemetry's API alone in the same form. */
export function imports(node, rounds) {
  const all = programs();
  const times = Object.fromEntries(Object.keys(all).map((one) => [one, []]));
  for (let i = 0; i < rounds * 5; i++)
    for (const [one, program] of Object.entries(all)) {
      const start = process.hrtime.bigint();
      try {
        execFileSync(node, ['-e', program], { cwd: fileURLToPath(new URL('.', import.meta.url)), stdio: 'ignore' });
        times[one].push(Number(process.hrtime.bigint() - start));
      } catch {
        delete all[one]; // its optional companions are not installed here (a test runner's matchers, a container)
        delete times[one];
      }
    }
  const apiOf = (one) => median(times[all[one].startsWith('import(') ? API.import : API.require]);
  return Object.entries(times).map(([one, list]) => ({ name: one, ms: median(list) / 1e6, ratio: median(list) / apiOf(one) })); // prettier-ignore
}
