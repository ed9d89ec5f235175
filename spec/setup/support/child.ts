import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const root = resolve(__dirname, '../../..');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program of its own on the SDK line of this jest project, built from TypeScript that imports `./lib/…` of the project. */
export class Program {
  readonly directory = mkdtempSync(join(tmpdir(), 'spandrel-child-'));
  readonly #file = join(this.directory, 'program.cjs');
  /** Where the program writes its spans, when it does. */
  readonly traceFile = join(this.directory, '.spandrel/traces.jsonl');

  constructor(source: string) {
    // import() does not look where NODE_PATH says
    const scope = join(this.directory, 'node_modules/@pydantic');
    mkdirSync(scope, { recursive: true });
    symlinkSync(join(root, 'node_modules/@pydantic/genai-prices'), join(scope, 'genai-prices'));
    buildSync({
      stdin: { contents: source, loader: 'ts', resolveDir: root },
      ...{
        bundle: true,
        platform: 'node',
        format: 'cjs',
        packages: 'external',
        logLevel: 'error',
        outfile: this.#file,
      },
    });
  }

  /** Runs it, in its own directory. `onStdout` may act on the process when it has said something. */
  run(env: NodeJS.ProcessEnv = {}, onStdout?: (child: ReturnType<typeof spawn>) => void): Promise<Ended> {
    const modules = [...(OTEL_LINE === 3 ? [join(root, 'otel3/node_modules')] : []), join(root, 'node_modules')];
    const child = spawn(process.execPath, [this.#file], {
      cwd: this.directory,
      env: { PATH: process.env['PATH'], NODE_PATH: modules.join(delimiter), ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      onStdout?.(child);
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise((ended, failed) => {
      child.on('error', failed);
      child.on('close', (code, signal) => ended({ code, signal, stdout, stderr }));
    });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
