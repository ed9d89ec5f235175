// What importing an entry costs its users: bytes, and other packages. Fails above the budget. Needs a build.
//   node scripts/size.mjs
import { bundle, kilobytes } from './bundle.mjs';

const API = '@opentelemetry/api';

/** Entry -> minified and gzipped size that it may have, and the packages that it may load at once. */
const BUDGETS = {
  spandrel: [58_000, [API]],
  'spandrel/decorators': [54_000, [API]],
  'spandrel/setup': [45_000, [API]], // sdk-node when startTracing is called
  'spandrel/http': [30_000, [API]],
  'spandrel/langchain': [45_000, [API, '@langchain/core/callbacks/base']],
  'spandrel/tsyringe': [17_500, [API, 'tsyringe']],
  'spandrel/testing': [48_000, [API, '@opentelemetry/context-async-hooks', '@opentelemetry/sdk-trace']],
};
/** The price table, nine times the size of `spandrel`, comes with the first call that is priced. */
const LATER = ['@pydantic/genai-prices'];

const problems = [];
for (const [entry, [budget, packages]] of Object.entries(BUDGETS)) {
  const found = await bundle(`export * from '${entry}';`);
  console.log(
    `${entry.padEnd(20)} ${kilobytes(found.gzipped).padStart(8)} of ${kilobytes(budget)}   ${found.packages.join(' ')}`,
  );
  if (found.gzipped > budget)
    problems.push(
      `${entry} is ${kilobytes(found.gzipped)} minified and gzipped, more than its ${kilobytes(budget)}. Find out why; if it is worth it, raise the budget in scripts/size.mjs.`,
    );
  for (const name of found.packages.filter((name) => !packages.includes(name)))
    problems.push(`${entry} loads ${name}, which not every user of it needs.`);
  for (const name of found.laterPackages.filter((name) => !LATER.includes(name)))
    problems.push(`${entry} may load ${name}, which no user of it is told to install.`);
}
for (const problem of problems) console.error(problem);
if (problems.length) process.exitCode = 1;
