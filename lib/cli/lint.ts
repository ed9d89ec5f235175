import type { TreeSpan } from '../tree/tree-span.js';
import { oneLine } from '../tree/format.js';
import { Linter } from '../lint/linter.js';
import type { Finding, LintSpan } from '../lint/lint-span.js';
import { RULE_NAMES } from '../lint/rules.js';
import { CliError, type Command } from './command.js';
import { attributesOf, type AttributeNames } from './otlp-span.js';
import { TraceFiles } from './trace-files.js';
import { wholeNumber } from './whole-number.js';
import type { Paint } from '../tree/paint.js';
import { nearest } from '../options.js';

const MAX = 1_000; // findings shown, unless --limit says otherwise: one fault is often in every span
const ALL: AttributeNames = { has: () => true };

/** `spandrel lint` */
export const command: Command = {
  help: `Usage: spandrel lint [options] [file...]

Holds the spans of a trace file, of any library, against the conventions of OpenInference, OpenTelemetry and spandrel:
types, names, JSON that is none, tokens and dollars that do not add up or stand on the wrong span, secrets.
Exit code 1 when there is a finding. Without a file: .spandrel/traces*.jsonl

  --rule <names>   only these rules, apart by commas: ${RULE_NAMES.join(', ')}
  --except <names> all rules but these
  --limit <n>      show so many findings (default: ${MAX}; 0: all); all are counted
  --json           one array, an object a finding
  -h, --help`,
  options: {
    rule: { type: 'string' },
    except: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean' },
  },

  async run(values, named, terminal) {
    const only = ruleNames('rule', values['rule']);
    const except = ruleNames('except', values['except']);
    const limit = wholeNumber('limit', values['limit']) ?? MAX;
    const shown: Finding[] = [];
    const counts = new Map<string, number>();
    const linter = new Linter((finding) => {
      if ((only && !only.includes(finding.rule)) || except?.includes(finding.rule)) return;
      counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1);
      if (limit === 0 || shown.length < limit) shown.push(finding);
    });
    let spans = 0;
    await new TraceFiles(named, terminal).forEachSpan(ALL, (span, json) => {
      spans++;
      linter.add(lintSpan(span, json));
    });
    linter.end();
    if (spans === 0) throw new CliError('there is no span to look at.');

    const total = [...counts.values()].reduce((a, b) => a + b, 0);
    if (values['json']) terminal.printJson(shown);
    else for (const finding of shown) terminal.print(line(finding, terminal.paint));
    if (shown.length < total) terminal.note(`spandrel: ${total - shown.length} more findings; --limit 0 shows all`);
    const rules = [...counts].map(([rule, count]) => `${rule} ${count}`).join(', ');
    const sum = `${total === 0 ? 'no findings' : total === 1 ? '1 finding' : `${total} findings`} in ${spans} ${spans === 1 ? 'span' : 'spans'}`;
    if (!values['json']) terminal.print(total === 0 ? sum : `\n${sum}: ${rules}`);
    if (total > 0) process.exitCode = 1;
  },
};

function ruleNames(option: string, value: unknown): readonly string[] | undefined {
  if (typeof value !== 'string') return undefined;
  return value.split(',').map((one) => {
    const name = one.trim();
    if (RULE_NAMES.includes(name)) return name;
    const near = nearest(name, RULE_NAMES);
    throw new CliError(
      `--${option}: there is no rule "${name}".${near ? ` Did you mean "${near}"?` : ''} Rules: ${RULE_NAMES.join(', ')}.`,
      2,
    );
  });
}

function lintSpan(
  { traceId, spanId, parentSpanId, name, startNs, endNs, status, attributes }: TreeSpan,
  json: any,
): LintSpan {
  return {
    ...{ traceId, spanId, parentSpanId, name, status, attributes },
    ended: endNs !== undefined && endNs !== 0n,
    isBackwards: endNs !== undefined && endNs !== 0n && endNs < startNs,
    events: eventsOf(json),
  };
}

/** None where they are no events: the file may hold anything. */
function eventsOf({ events = [] }: any): LintSpan['events'] {
  try {
    return events.map(({ name, attributes = [] }: any) => ({
      name: String(name),
      attributes: attributesOf(attributes, ALL),
    }));
  } catch {
    return [];
  }
}

/** A span and its fault, in one line each, safe to print. */
function line({ span, spanId, attribute, says, rule, source }: Finding, paint: Paint): string {
  const where = attribute === undefined ? '' : `${paint('cyan', oneLine(attribute))} `;
  return `${paint('bold', oneLine(span))} ${paint('dim', oneLine(spanId))}\n  ${where}${oneLine(says)}  ${paint('dim', `[${rule}; ${source}]`)}`;
}
