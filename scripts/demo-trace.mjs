// The demo's trace, in a directory of the caller's: what docs/looking.md and its pictures show.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './emit.mjs';

/** Runs the demo; its spans are then in `.spandrel/traces.jsonl` of that directory. */
export function demoTrace(directory) {
  const demo = join(root, 'examples/call-analyzer');
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const env = { ...process.env, INIT_CWD: directory, OTEL_EXPORTER_OTLP_ENDPOINT: '' };
  execFileSync(process.execPath, [tsx, '--tsconfig', join(demo, 'tsconfig.json'), join(demo, 'main.ts')], {
    cwd: directory,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}
