import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { isRemoteName, namesInEnvironment, remote, type RemoteName } from '../../setup/backends.js';
import type { Environment } from '../../setup/environment.js';
import { exportOnce } from '../../setup/export-once.js';
import { readableSpans } from '../../setup/readable-span.js';
import { tracingResource } from '../../setup/resource.js';
import { findings, type Finding } from './finding.js';

const TIMEOUT_MS = 30_000;

/** Sends one span to each backend that the environment names, and says in words what it answered. */
export async function checkBackends(env: Environment, send: boolean): Promise<Finding[]> {
  const names = namesInEnvironment(env);
  if (names === 'none') return [];
  const answers = await Promise.all(names.filter(isRemoteName).map((name) => checkRemote(name, env, send)));
  return [...names.flatMap(checkUnknown), ...answers.flat()];
}

function checkUnknown(name: string): Finding[] {
  if (isRemoteName(name) || name === 'file' || name === 'console') return [];
  return [
    findings(name).problem(
      `OTEL_TRACES_EXPORTER names "${name}", which is no backend of spandrel, so it is left out.`,
      'phoenix, arize, otlp, file or console.',
    ),
  ];
}

async function checkRemote(name: RemoteName, env: Environment, send: boolean): Promise<Finding[]> {
  const found = findings(name);
  let target;
  try {
    target = remote(name, {}, env);
  } catch (error) {
    return [found.problem(`The backend "${name}" ${(error as Error).message}`, 'See the message.')];
  }
  const address = withoutCredentials(target.address);
  if (!send) return [found.info(`No span is sent to ${address} (--offline).`)];
  const answer = await exportOnce(target.exporter, [probe(env)], TIMEOUT_MS);
  await target.exporter.shutdown();
  if (answer.is === 'taken') return [found.ok(`${address} took a span, named "spandrel doctor".`)];
  return [found.problem(`${address} did not take a span: ${messageOf(answer.cause)}`, cureOf(answer.cause, name))];
}

function probe(env: Environment): ReadableSpan {
  const now = `${Date.now()}000000`;
  const id = (length: number) => Array.from({ length }, () => Math.floor(Math.random() * 16).toString(16)).join('');
  const span = {
    traceId: id(32),
    spanId: id(16),
    name: 'spandrel doctor',
    startTimeUnixNano: now,
    endTimeUnixNano: now,
    attributes: [{ key: 'openinference.span.kind', value: { stringValue: 'CHAIN' } }],
  };
  const line = { resourceSpans: [{ scopeSpans: [{ scope: { name: 'spandrel' }, spans: [span] }] }] };
  const [read] = readableSpans(JSON.stringify(line)) as [ReadableSpan];
  return { ...read, resource: tracingResource({}, env) };
}

const CURES: readonly (readonly [RegExp, string])[] = [
  [
    /\b40[13]\b|unauthori[sz]ed|forbidden|UNAUTHENTICATED|PERMISSION_DENIED/i,
    'The key is missing, wrong, or for another space.',
  ],
  [
    /\b404\b|not found|UNIMPLEMENTED/i,
    'The address is not that of an OTLP receiver; over HTTP, /v1/traces is added where it is missing.',
  ],
  [
    /\b415\b|unsupported media/i,
    'It takes protobuf only: unset OTEL_EXPORTER_OTLP_PROTOCOL, or set it to http/protobuf.',
  ],
  [/\b429\b|too many/i, 'It limits how much it takes. What it refuses is kept and sent later.'],
  [
    /ECONNREFUSED/,
    'Nothing listens there: is it running, and is the port right? Over HTTP OTLP has 4318, Phoenix 6006; over gRPC 4317.',
  ],
  [/ENOTFOUND|EAI_AGAIN/, 'There is no host of that name, or the name service cannot be reached.'],
  [
    /certificate|self.signed|SSL|TLS/i,
    'Its certificate is not trusted: OTEL_EXPORTER_OTLP_CERTIFICATE or NODE_EXTRA_CA_CERTS names the authority.',
  ],
  [/timed? ?out|no answer|DEADLINE|ETIMEDOUT/i, 'It does not answer: a firewall or a proxy may be between.'],
];

function cureOf(cause: unknown, name: string): string {
  const text = messageOf(cause);
  const cure = CURES.find(([pattern]) => pattern.test(text))?.[1];
  return cure ?? `See what ${name} says. Until it takes them, spans are kept in .spandrel/unsent*.jsonl.`;
}

function messageOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return String(cause);
  const { message, errors, code } = cause as { message?: string; errors?: unknown[]; code?: unknown };
  if (!message && errors?.length) return messageOf(errors[0]);
  const shown = typeof code === 'number' || (typeof code === 'string' && !message?.includes(code));
  return [message || 'no reason given', ...(shown ? [`(${code})`] : [])].join(' ');
}

const withoutCredentials = (address: string) => address.replace(/\/\/[^/@\s]*@/, '//');

/** The folder of the local file: whether it can be written, who can read it, and what waits there to be sent. */
export function checkFolder(directory: string): Finding[] {
  const found = findings('local file');
  const folder = join(directory, '.spandrel');
  try {
    accessSync(existsSync(folder) ? folder : directory, constants.W_OK);
  } catch {
    return [
      found.warning(
        `${folder} cannot be written, so there is no local file, and what a backend does not take is lost.`,
        'Let the process write there, or name another folder: file.directory, unsent.directory.',
      ),
    ];
  }
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const open = names.filter((name) => process.platform !== 'win32' && statSync(join(folder, name)).mode & 0o077);
  const unsent = names.filter((name) => name.startsWith('unsent'));
  return [
    ...(open.length > 0
      ? [
          found.warning(
            `Others can read ${open.join(', ')}, which hold what users said.`,
            `chmod 600 ${folder}/*.jsonl`,
          ),
        ]
      : []),
    ...(unsent.length > 0
      ? [
          found.warning(
            `${unsent.length === 1 ? 'A file of unsent spans is' : `${unsent.length} files of unsent spans are`} in ${folder}.`,
            'npx spandrel replay',
          ),
        ]
      : []),
  ];
}
