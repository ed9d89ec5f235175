import { parseArgs } from 'node:util';

const USAGE = `node conformance/run.mjs [--only <pattern>]… [--subject <name>]… [--json] [--why]
  --only      cases whose group or name matches this regular expression; nothing is written then
  --subject   one of the subjects; nothing is written then
  --json      every answer with its reason, on stdout; nothing is written
  --why       the reasons of the failures of spandrel and of what is asked for with --subject`;

export function readArguments(subjects) {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      subject: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      why: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = values.subject.filter((name) => !subjects.includes(name));
  if (values.help || unknown.length > 0) {
    if (unknown.length > 0)
      console.error(`There is no subject ${unknown.join(', ')}. Subjects: ${subjects.join(', ')}.`);
    console.error(USAGE);
    process.exit(unknown.length > 0 ? 2 : 0);
  }
  return { ...values, only: values.only.map((pattern) => new RegExp(pattern, 'i')) };
}
