export { backendProcessors, startTracing } from './start-tracing.js';
export type { Tracing } from './start-tracing.js';
export type {
  BackendName,
  BackendOptions,
  FileOptions,
  OtlpOptions,
  SpanExporter,
  SpanProcessor,
  StartTracingOptions,
} from './options.js';
