import type { Environment } from '../environment.js';
import type { BackendOptions, SpanExporter } from '../options.js';

/** A place that spans are sent to over the network. */
export interface RemoteBackend {
  /** Whether the environment alone says where it is. */
  isInEnvironment(env: Environment): boolean;
  /** Throws a sentence that names a setting which is missing or wrong. */
  exporter(options: BackendOptions, env: Environment): Remote;
}

/** One such place. */
export interface Remote {
  /** Where it is, in words that may be shown. */
  readonly address: string;
  readonly exporter: SpanExporter;
}
