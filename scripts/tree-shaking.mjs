// What a bundler leaves of the package when one name of it is imported. Fails where the rest comes along. Needs a build.
//   node scripts/tree-shaking.mjs
import { bundle, kilobytes } from './bundle.mjs';

/** Names, the minified and gzipped size that they may have together, and what must not be among it. */
const CASES = [
  { names: 'definePrompt', budget: 15_500, without: ['agent.role', 'performance.latency_ms', 'cost.rollup.'] },
  { names: 'createSpanLink', budget: 15_000, without: ['agent.role', 'performance.latency_ms', 'cost.rollup.'] },
  { names: 'calculateCost', budget: 20_500, without: ['performance.latency_ms', 'llm.input_messages'] },
  { names: 'withMetadata', budget: 28_500, without: ['cost.rollup.', 'llm.input_messages'] },
  { names: 'SpandrelSpanProcessor', budget: 25_000, without: ['agent.role', 'performance.latency_ms'] },
  { names: 'TraceFunction, PromptTemplate, SessionScoped', budget: 52_000, without: [] },
];

const problems = [];

const nothing = await bundle(`import 'spandrel';`);
if (nothing.gzipped > 300)
  problems.push(`an import for nothing leaves ${nothing.gzipped} bytes; sideEffects in package.json names too much`);

const all = await bundle(`export * from 'spandrel';`);
for (const { names, budget, without } of CASES) {
  const { gzipped, code } = await bundle(`export { ${names} } from 'spandrel';`);
  console.log(`${names.padEnd(46)} ${kilobytes(gzipped).padStart(8)} of ${kilobytes(budget)}`);
  if (gzipped > budget) problems.push(`${names}: ${kilobytes(gzipped)} minified and gzipped, not ${kilobytes(budget)}`);
  for (const text of without) {
    if (!all.code.includes(text)) problems.push(`"${text}" is nowhere in the package: name something else in CASES`);
    else if (code.includes(text)) problems.push(`${names}: what writes "${text}" comes along`);
  }
}
for (const problem of problems) console.error(problem);
if (problems.length) process.exitCode = 1;
