import type { Environment } from '../environment.js';
import type { SpanExporter, SpanProcessor } from '../options.js';
import { batched } from './batch.js';

/** An exporter of the user's own. */
export function customExporter(where: string, exporter: SpanExporter, env: Environment): SpanProcessor {
  const given: unknown = exporter;
  if (typeof given !== 'object' || given === null || !('export' in given) || typeof given.export !== 'function') {
    throw new TypeError(
      `${where}: a backend is a name or an exporter with the method export(spans, done); got ${given === null ? 'null' : typeof given}.`,
    );
  }
  return batched(nameOf(given), exporter, env);
}

function nameOf({ constructor }: object): string {
  return typeof constructor === 'function' && constructor !== Object && constructor.name
    ? constructor.name
    : 'the exporter';
}
