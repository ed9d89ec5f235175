import { nearest } from '../options.js';
import { arize } from './backends/arize.js';
import { console } from './backends/console.js';
import { customExporter } from './backends/custom-exporter.js';
import { file } from './backends/file.js';
import { otlp } from './backends/otlp.js';
import { phoenix } from './backends/phoenix.js';
import type { Remote, RemoteBackend } from './backends/remote-backend.js';
import { deliver, Delivery } from './delivery.js';
import { envList, envText, type Environment } from './environment.js';
import type { BackendName, BackendOptions, SpanExporter, SpanProcessor } from './options.js';
import { say } from './say.js';
import { TraceFileProcessor } from './trace-file-processor.js';

const REMOTE = { phoenix, arize, otlp } satisfies Partial<Record<BackendName, RemoteBackend>>;
const LOCAL = { file, console } satisfies Partial<Record<BackendName, object>>;

/** The backends that spans are sent to over the network. */
export type RemoteName = keyof typeof REMOTE;

const BACKEND_NAMES = [...Object.keys(REMOTE), ...Object.keys(LOCAL)] as readonly BackendName[];

/** The processors of the backends that the options name, else of those that the environment names, else of the local file. */
export function openBackends(where: string, options: BackendOptions, env: Environment): SpanProcessor[] {
  if (options.backends !== undefined) {
    if (!Array.isArray(options.backends)) throw new TypeError(`${where}: backends is a list, such as ['otlp'].`);
    return options.backends.map((backend) => openNamed(where, backend, options, env));
  }
  const names = namesInEnvironment(env);
  if (names === 'none') return [];
  const opened = names.flatMap((name) => openFromEnvironment(where, name, options, env));
  return opened.length > 0 ? opened : openLocalFile(where, options, env);
}

function openNamed(
  where: string,
  backend: BackendName | SpanExporter,
  options: BackendOptions,
  env: Environment,
): SpanProcessor {
  if (typeof backend !== 'string') return customExporter(where, backend, options, env);
  if (!isBackendName(backend)) throw new TypeError(`${where}: ${unknownBackend(backend)}`);
  try {
    return open(backend, options, env);
  } catch (cause) {
    throw new Error(`${where}: the backend "${backend}" ${(cause as Error).message}`, { cause });
  }
}

/** The names of the backends that the environment asks for, known or not. `OTEL_TRACES_EXPORTER` decides; without it, the backends whose address the environment holds. */
export function namesInEnvironment(env: Environment): readonly string[] | 'none' {
  const listed = [...new Set(envList(env, 'OTEL_TRACES_EXPORTER'))];
  if (listed.includes('none')) return 'none';
  return listed.length > 0
    ? listed
    : Object.keys(REMOTE).filter((name) => REMOTE[name as RemoteName].isInEnvironment(env));
}

function openFromEnvironment(where: string, name: string, options: BackendOptions, env: Environment): SpanProcessor[] {
  try {
    if (!isBackendName(name)) throw new Error(unknownBackend(name));
    return [open(name, options, env)];
  } catch (error) {
    const what = `the backend "${name}", which the environment asks for,`;
    const why = (error as Error).message;
    if (options.strict) throw new Error(`${where}: ${what} cannot be used: it ${why}`, { cause: error });
    say(`${what} is left out: ${why}`);
    return [];
  }
}

function openLocalFile(where: string, options: BackendOptions, env: Environment): SpanProcessor[] {
  if (envText(env, 'NODE_ENV') === 'production') {
    const why =
      'nothing is exported: no backend is configured, and NODE_ENV is production. Set OTEL_EXPORTER_OTLP_ENDPOINT, or name a backend in code.';
    if (options.strict) throw new Error(`${where}: ${why}`);
    say(why);
    return [];
  }
  const processor = file.open(options);
  say(`no backend is configured, so spans go to ${processor.path}; look at them with: npx spandrel tree`);
  return [processor];
}

function open(name: BackendName, options: BackendOptions, env: Environment): SpanProcessor {
  if (!isRemoteName(name)) return LOCAL[name].open(options);
  const { address, exporter } = REMOTE[name].exporter(options, env);
  return deliver(name, address, exporter, options, env);
}

/** Where a backend is, and the exporter for it. Throws a sentence that names a setting which is missing or wrong. */
export const remote = (name: RemoteName, options: BackendOptions, env: Environment): Remote =>
  REMOTE[name].exporter(options, env);

const isBackendName = (name: string): name is BackendName => BACKEND_NAMES.includes(name as BackendName);

/** Whether there is a backend of that name, over the network. */
export const isRemoteName = (name: string): name is RemoteName => Object.hasOwn(REMOTE, name);

function unknownBackend(name: string): string {
  const near = nearest(name, BACKEND_NAMES);
  return `there is no backend "${name}".${near ? ` Did you mean "${near}"?` : ''} Backends: ${BACKEND_NAMES.join(', ')}, or an exporter object.`;
}

/** The trace files among the processors. */
export const traceFiles = (processors: readonly SpanProcessor[]) =>
  processors.filter(
    (processor): processor is SpanProcessor & TraceFileProcessor => processor instanceof TraceFileProcessor,
  );

const ownProcessors = (processors: readonly SpanProcessor[]) =>
  processors.filter((processor) => processor instanceof TraceFileProcessor || processor instanceof Delivery);

/** Writes what has not arrived, because of `cause`, to the local and the unsent files, before it returns. Never throws. */
export function writeAllNow(processors: readonly SpanProcessor[], cause: string): void {
  for (const processor of ownProcessors(processors)) processor.writeNow(cause);
}

/** The same, and lets every backend say what it lost. */
export function concludeAll(processors: readonly SpanProcessor[], cause: string): void {
  for (const processor of ownProcessors(processors)) processor.conclude(cause);
}
