export { backendProcessors, startTracing } from './start-tracing.js';
export type { Tracing } from './start-tracing.js';
export type {
  ArizeOptions,
  BackendName,
  BackendOptions,
  FileOptions,
  OtlpOptions,
  PhoenixOptions,
  SpanExporter,
  SpanProcessor,
  StartTracingOptions,
  UnsentOptions,
} from './options.js';
export type { SamplingOptions, SamplingRule } from './sampling.js';
