import { resolve } from 'node:path';
import type { BackendOptions } from '../options.js';
import { TraceFileProcessor } from '../trace-file-processor.js';

/** The local file: OTLP/JSON lines that need no account, read by `npx spandrel tree`. */
export const file = {
  isInEnvironment: () => false,
  open: ({ file: { directory = '.spandrel' } = {} }: BackendOptions) =>
    new TraceFileProcessor(resolve(process.cwd(), directory, 'traces.jsonl')),
};
