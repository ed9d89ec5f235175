import { resolve } from 'node:path';
import type { BackendOptions } from '../options.js';
import { TraceFileProcessor } from '../trace-file-processor.js';

/** The local file: OTLP/JSON lines that need no account, read by `npx spandrel tree`. */
export const file = {
  open({ file: options = {} }: BackendOptions): TraceFileProcessor {
    const { directory = '.spandrel', maxMegabytes = 100, maxDays = 7, maxFiles = 10 } = options;
    const rotation = { maxBytes: maxMegabytes * 1e6, maxDays, maxFiles };
    return new TraceFileProcessor(resolve(process.cwd(), directory, 'traces.jsonl'), rotation);
  },
};
