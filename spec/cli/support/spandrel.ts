import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

/** The `spandrel` command, built from the sources, and a directory to run it in. */
export class Spandrel {
  readonly directory = mkdtempSync(join(tmpdir(), 'spandrel-cli-'));
  readonly #main = join(this.directory, '.bin/cli/main.cjs');

  constructor() {
    const entryPoints = [resolve(__dirname, '../../../lib/cli/main.ts')];
    buildSync({
      entryPoints,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      packages: 'external',
      logLevel: 'error',
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(this.#main)) },
      outfile: this.#main,
    });
  }

  /** Builds the page that `spandrel report` fills; only its specs need it. */
  buildPage(): void {
    const builder = pathToFileURL(resolve(__dirname, '../../../scripts/page.mjs')).href;
    const page = join(this.directory, '.bin/report/page.html');
    const script = `(await import(${JSON.stringify(builder)})).writePage(${JSON.stringify(page)})`;
    execFileSync(process.execPath, ['--input-type=module', '--eval', script]);
  }

  /** Runs it; `firstChunkOnly` closes the pipe after the first output, as `| head` does. */
  run(
    args: readonly string[],
    { env = {}, firstChunkOnly = false }: { env?: NodeJS.ProcessEnv; firstChunkOnly?: boolean } = {},
  ) {
    const child = spawn(process.execPath, [this.#main, ...args], {
      cwd: this.directory,
      env: { PATH: process.env['PATH'], ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (firstChunkOnly) child.stdout.destroy();
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise<{ code: number | null; stdout: string; stderr: string }>((ended, failed) => {
      child.on('error', failed);
      child.on('close', (code) => ended({ code, stdout, stderr }));
    });
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.directory, name)), { recursive: true });
    writeFileSync(join(this.directory, name), text);
  }

  /** Links installed packages, as if they had been installed there. */
  link(...packages: readonly string[]): void {
    for (const name of packages) {
      const path = join(this.directory, 'node_modules', name);
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(resolve(__dirname, '../../../node_modules', name), path);
    }
  }

  read(name: string): string {
    return readFileSync(join(this.directory, name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(join(this.directory, name));
  }

  delete(name: string): void {
    rmSync(join(this.directory, name), { recursive: true, force: true });
  }
}

interface SpanOptions {
  readonly id: string;
  readonly parent?: string;
  readonly trace?: string;
  readonly name?: string;
  /** Milliseconds since the trace's start. */
  readonly from?: number;
  readonly to?: number;
  readonly error?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** One line of a trace file. */
export function line(...spans: readonly SpanOptions[]): string {
  return `${JSON.stringify({ resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: { name: 'spec' }, spans: spans.map(wire) }] }] })}\n`;
}

const START = Date.UTC(2026, 10, 22, 9, 30);

function wire({
  id,
  parent,
  trace = 'a',
  name = id,
  from = 0,
  to = from + 1,
  error,
  attributes = {},
}: SpanOptions): object {
  const nanos = (ms: number) => String(BigInt(START) * 1_000_000n + BigInt(Math.round(ms * 1e6)));
  return {
    ...{ traceId: trace.padEnd(32, '0'), spanId: id, parentSpanId: parent, name },
    ...{ startTimeUnixNano: nanos(from), endTimeUnixNano: nanos(to) },
    status: error === undefined ? {} : { code: 2, message: error },
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: wireValue(value) })),
  };
}

function wireValue(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { arrayValue: { values: (value as string[]).map(wireValue) } };
}
