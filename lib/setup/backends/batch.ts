import { BatchedProcessor } from '../batched-processor.js';
import { envCount, type Environment } from '../environment.js';
import type { SpanExporter } from '../options.js';

/** A batch processor before an exporter, with the `OTEL_BSP_*` settings, which only NodeSDK's own processors read. */
export function batched(name: string, exporter: SpanExporter, env: Environment): BatchedProcessor {
  const settings = {
    maxQueueSize: envCount(env, 'OTEL_BSP_MAX_QUEUE_SIZE'),
    scheduledDelayMillis: envCount(env, 'OTEL_BSP_SCHEDULE_DELAY'),
    exportTimeoutMillis: envCount(env, 'OTEL_BSP_EXPORT_TIMEOUT'),
    maxExportBatchSize: envCount(env, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE'),
  };
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return new BatchedProcessor(name, exporter, given);
}
