import { deliver } from '../delivery.js';
import type { Environment } from '../environment.js';
import type { BackendOptions, SpanExporter, SpanProcessor } from '../options.js';

/** An exporter of the user's own. */
export function customExporter(
  where: string,
  exporter: SpanExporter,
  options: BackendOptions,
  env: Environment,
): SpanProcessor {
  const given: unknown = exporter;
  if (typeof given !== 'object' || given === null || !('export' in given) || typeof given.export !== 'function') {
    throw new TypeError(
      `${where}: a backend is a name or an exporter with the method export(spans, done); got ${given === null ? 'null' : typeof given}.`,
    );
  }
  return deliver(nameOf(given), '', exporter, options, env);
}

function nameOf({ constructor }: object): string {
  return typeof constructor === 'function' && constructor !== Object && constructor.name
    ? constructor.name
    : 'the exporter';
}
