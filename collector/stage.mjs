import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Collector } from './collector.mjs';
import { Process } from './processes.mjs';
import { Sink } from './sink.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What one case plays on: a folder, a backend, a Collector, and programs whose spans go to it. */
export class Stage {
  sink = new Sink();
  collector;
  directory = mkdtempSync(join(tmpdir(), 'spandrel-collector-'));
  #binary;

  constructor(binary) {
    this.#binary = binary;
  }

  /** The backend, and a Collector before it. */
  async set(config, { env, changes } = {}) {
    await this.sink.start();
    this.collector = new Collector(this.#binary, { config, directory: this.directory, sink: this.sink, env });
    await this.collector.start(changes);
  }

  /** A program of programs/, on this package as it is built, in the stage's folder. */
  program(name, settings, { protocol = 'http/protobuf' } = {}) {
    return this.#node([join(root, `collector/programs/${name}.mjs`)], {
      [name.toUpperCase()]: JSON.stringify(settings),
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_ENDPOINT: protocol === 'grpc' ? this.collector.grpcUrl : this.collector.url,
    });
  }

  demo() {
    const example = join(root, 'examples/call-analyzer');
    const tsx = import.meta.resolve('tsx');
    return this.#node(['--import', tsx, join(example, 'main.ts')], {
      TSX_TSCONFIG_PATH: join(example, 'tsconfig.json'),
    });
  }

  spandrel(...args) {
    return this.#node([join(root, 'dist/cli/main.js'), ...args]);
  }

  /** Spans in the files of the stage's folder whose name begins so: `{ traceId, spanId, … }`, as OTLP/JSON has them. */
  spansInFiles(start) {
    const folder = join(this.directory, '.spandrel');
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.startsWith(start))
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
      .filter((line) => line !== '')
      .flatMap((line) => JSON.parse(line).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans }) => spans);
  }

  async clear() {
    await this.collector?.stop();
    await this.sink.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  #node(args, env = {}) {
    return new Process(process.execPath, args, {
      cwd: this.directory,
      env: {
        PATH: process.env.PATH,
        OTEL_EXPORTER_OTLP_ENDPOINT: this.collector.url,
        ...env,
      },
    });
  }
}
