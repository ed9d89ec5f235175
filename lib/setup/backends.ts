import { nearest } from '../options.js';
import { arize } from './backends/arize.js';
import { console } from './backends/console.js';
import { customExporter } from './backends/custom-exporter.js';
import { file } from './backends/file.js';
import { otlp } from './backends/otlp.js';
import { phoenix } from './backends/phoenix.js';
import { Delivery } from './delivery.js';
import { envList, envText, type Environment } from './environment.js';
import type { BackendName, BackendOptions, SpanExporter, SpanProcessor } from './options.js';
import { say } from './say.js';
import { TraceFileProcessor } from './trace-file-processor.js';

/** A place that spans can go to. */
export interface Backend {
  /** Whether the environment alone says where it is. */
  isInEnvironment(env: Environment): boolean;
  /** Makes the processor that sends spans there. Throws a sentence that names a setting which is missing or wrong. */
  open(options: BackendOptions, env: Environment): SpanProcessor;
}

const BACKENDS = { phoenix, arize, otlp, file, console } satisfies Record<BackendName, Backend>;

const BACKEND_NAMES = Object.keys(BACKENDS) as readonly BackendName[];

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
    return BACKENDS[backend].open(options, env);
  } catch (cause) {
    throw new Error(`${where}: the backend "${backend}" ${(cause as Error).message}`, { cause });
  }
}

/** `OTEL_TRACES_EXPORTER` decides; without it, the backends whose address the environment holds. */
function namesInEnvironment(env: Environment): readonly string[] | 'none' {
  const listed = [...new Set(envList(env, 'OTEL_TRACES_EXPORTER'))];
  if (listed.includes('none')) return 'none';
  return listed.length > 0 ? listed : BACKEND_NAMES.filter((name) => BACKENDS[name].isInEnvironment(env));
}

function openFromEnvironment(where: string, name: string, options: BackendOptions, env: Environment): SpanProcessor[] {
  try {
    if (!isBackendName(name)) throw new Error(unknownBackend(name));
    return [BACKENDS[name].open(options, env)];
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

const isBackendName = (name: string): name is BackendName => Object.hasOwn(BACKENDS, name);

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
