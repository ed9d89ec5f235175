import { createRequire } from 'node:module';

const MARKS = { passed: '✓', failed: '✗', 'n/a': '–' };
const PACKAGES = {
  OpenInference: '@arizeai/openinference-core',
  Langfuse: '@langfuse/tracing',
  'nestjs-otel': 'nestjs-otel',
  'OpenTelemetry SDK': '@opentelemetry/sdk-trace',
  openai: 'openai',
  anthropic: '@anthropic-ai/sdk',
  knex: 'knex',
  RxJS: 'rxjs',
};

/** How many a subject was asked, and how many it passed. */
export function totals(answers) {
  const verdicts = [...answers.values()].map(({ verdict }) => verdict);
  const passed = verdicts.filter((verdict) => verdict === 'passed').length;
  const asked = verdicts.filter((verdict) => verdict !== 'n/a').length;
  return { passed, asked };
}

/** docs/conformance.md. */
export function page(cases, subjects, answers) {
  const names = Object.keys(subjects);
  const row = (cells) => `| ${cells.join(' | ')} |`;
  const summary = names.map((name) => {
    const { passed, asked } = totals(answers.get(name));
    return row([subjects[name].title, subjects[name].short, passed, asked, cases.length - asked]);
  });
  const sections = [...new Set(cases.map(({ group }) => group))].map((group) => {
    const rows = cases
      .map((one, index) => ({ ...one, index }))
      .filter((one) => one.group === group)
      .map(({ name, index }) =>
        row([name.replaceAll('|', '\\|'), ...names.map((subject) => MARKS[answers.get(subject).get(index).verdict])]),
      );
    return [
      `## ${group}`,
      '',
      row(['', ...names.map((name) => subjects[name].short)]),
      row(['---', ...names.map(() => ':-:')]),
      ...rows,
    ].join('\n');
  });
  return `# Conformance

Does a traced function still behave as the bare one, and does its span tell the truth? ${cases.length} questions, put to this package and to
others by one script, on the real OpenTelemetry SDK. Made by \`npm run conformance\` (\`node conformance/run.mjs --help\` says more); do not edit.

Each question is a case in \`conformance/cases/\`: it compares the wrapped function with the bare one, or reads the finished spans. ✓ right,
✗ wrong, – does not apply (the package does not offer it, or has no such decorator). A case that hangs or ends the process counts as wrong.
Other packages are used as their documentation says, through \`conformance/subjects/\`. Questions that are wrong of the bare function would be wrong
questions; the last column shows that each question can be answered wrongly: it is a wrapper with the one mistake that the case exists to find.

| subject | column | right | asked | does not apply |
|---|---|--:|--:|--:|
${summary.join('\n')}

${versions()}

${sections.join('\n\n')}
`;
}

function versions() {
  const require = createRequire(import.meta.url);
  const found = Object.entries(PACKAGES).map(([title, name]) => `${title} ${versionOf(require, name)}`);
  const { version } = require('../../package.json');
  return `spandrel ${version}, Node ${process.versions.node}; ${found.join(', ')}.`;
}

/** From the package's own folder: an exports map may hide its package.json. */
function versionOf(require, name) {
  for (const folder of require.resolve.paths(name)) {
    try {
      return require(`${folder}/${name}/package.json`).version;
    } catch {
      // Further up.
    }
  }
  return '?';
}
