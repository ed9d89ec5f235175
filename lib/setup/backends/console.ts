import type { SpanProcessor } from '../options.js';
import { loadSdk } from '../sdk.js';

/** Spans on stdout, one by one as they end, as the SDK prints them. */
export const console = {
  open(): SpanProcessor {
    const { trace } = loadSdk();
    return new trace.SimpleSpanProcessor({ exporter: new trace.ConsoleSpanExporter() });
  },
};
