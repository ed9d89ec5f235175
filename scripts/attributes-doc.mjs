// docs/attributes.md from the constants of lib/conventions/ and their trailing comments.
//   node scripts/attributes-doc.mjs           writes the file
//   node scripts/attributes-doc.mjs --print   prints it
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A file of constants: where its names come from, unless a comment ends with `; guide`. */
const files = {
  openinference: ['OpenInference', 'OpenInference', 'Phoenix and Arize AX read these.'],
  cost: [
    'Cost',
    'spandrel',
    'In USD and tokens, on the span that owns the model call; `cost.rollup.*` on the spans above it; `cost.budget.*` inside a budget. Events: `cost.budget.exceeded`, `cost.recorded`.',
  ],
  performance: ['Performance', 'spandrel', 'On every traced span; the last two on streams.'],
  agent: ['Agents', 'spandrel', 'On spans of kind AGENT, beside `agent.name`.'],
  error: [
    'Failures',
    'OpenTelemetry',
    '`error.type` on every span that a failure passed; `exception.*` on one event `exception`, on the first of them.',
  ],
  spandrel: ['The recording itself', 'spandrel', ''],
  metrics: [
    'Metrics',
    'OpenTelemetry GenAI',
    'Histograms, recorded where a meter provider is registered, sampled or not; the last line is an attribute of the first.',
  ],
  'gen-ai': [
    'OpenTelemetry GenAI',
    'OpenTelemetry',
    "Read from spans of instrumented clients, whose model calls are priced under the names above; those of `gen_ai.*` are written beside OpenInference's with `configure({ conventions: ['gen_ai'] })`.",
  ],
};

/** By first word, where a file holds names of several owners. */
const owners = { gen_ai: 'OpenTelemetry GenAI', anthropic: 'the Anthropic SDK', ai: 'the Vercel AI SDK' };

/** Names that are made at run time. */
const MADE = `## With an index or a key in them

| attribute | value | source |
|---|---|---|
| \`link.<i>.trace_id\`, \`link.<i>.span_id\` | hexadecimal ids: each span link once more, because Phoenix drops links | spandrel |
| \`link.<i>.type\` | the link's own \`link.type\` | guide |
| \`llm.input_messages.<i>.message.*\`, \`llm.output_messages.<i>.message.*\` | the messages of a chat, by \`@TraceLLM\` | OpenInference |
| \`llm.tools.<i>.tool.json_schema\` | a tool the model may call, by \`@TraceLLM\` | OpenInference |
| \`retrieval.documents.<i>.document.*\` | what a retriever found, by \`@TraceRetriever\` | OpenInference |
| \`metadata.<key>\` | instead of \`metadata\`, or beside it: \`configure({ metadata: 'flat' })\` or \`'both'\` | guide |
`;

const CONSTANT = /^export const (\w+) = '([^']*)';(?: \/\/ (.*))?$/gm;
const KINDS = /export const SPAN_KINDS = \[([^\]]*)\]/;

function rows(file, source) {
  const text = readFileSync(`${root}lib/conventions/${file}.ts`, 'utf8');
  const constants = [...text.matchAll(CONSTANT)].map(([, name, value, comment = '']) => ({ name, value, comment }));
  const values = new Map(constants.filter(isValue).map(({ name, value }) => [name, `\`${value}\``]));
  const kinds = KINDS.exec(text)?.[1].match(/\w+/g);
  if (kinds) values.set('SPAN_KINDS', kinds.map((kind) => `\`${kind}\``).join(', '));
  return constants
    .filter((constant) => !isValue(constant))
    .map(({ value, comment }) => {
      const [, from] = /; (guide|spandrel)$/.exec(comment) ?? [];
      const meaning = comment
        .replace(/; (?:guide|spandrel)$/, '')
        .replace(/\b[A-Z_]{5,}\b/g, (name) => values.get(name) ?? name)
        .replaceAll('|', 'or');
      return `| \`${value}\` | ${meaning} | ${from ?? owners[value.split('.')[0]] ?? source} |`;
    });
}

/** A constant that stands for a value or for an event, not for an attribute. */
const isValue = ({ name }) => name.startsWith('MIME_') || name.endsWith('_EVENT');

const sections = Object.entries(files).map(([file, [title, source, note]]) =>
  [
    `## ${title}`,
    ...(note ? [note] : []),
    ['| attribute | value | source |', '|---|---|---|', ...rows(file, source)].join('\n'),
  ].join('\n\n'),
);

const page = `# Attributes

Made by \`scripts/attributes-doc.mjs\` from \`lib/conventions/\`; do not edit.
Source \`guide\`: a name of the Python guide that this package answers ([guide.md](guide.md)), so that its filters and dashboards work unchanged.
A withheld value is \`__REDACTED__\`.

${sections.join('\n\n')}

${MADE}`;

if (process.argv.includes('--print')) process.stdout.write(page);
else writeFileSync(`${root}docs/attributes.md`, page);
