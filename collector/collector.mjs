import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.mjs';
import { Process } from './processes.mjs';
import { until } from './until.mjs';

/** A real Collector with a configuration of docs/collector/, on ports and a queue folder that it keeps when it starts anew. */
export class Collector {
  url = '';
  grpcUrl = '';
  #binary;
  #config;
  #env;
  #ports;
  #process;

  /** `env` sets what the configuration reads from the environment. */
  constructor(binary, { config, directory, sink, env = {} }) {
    this.#binary = binary;
    this.#config = fileURLToPath(new URL(`../docs/collector/${config}`, import.meta.url));
    this.#env = { BACKEND_ENDPOINT: sink.url, QUEUE_DIRECTORY: join(directory, 'queue'), ...env };
  }

  /** `changes` of the configuration, as YAML with `::` between keys. */
  async start(changes = []) {
    this.#ports ??= [await freePort(), await freePort()];
    const [http, grpc] = this.#ports;
    this.url = `http://127.0.0.1:${http}`;
    this.grpcUrl = `http://127.0.0.1:${grpc}`;
    const settings = ['service::telemetry::metrics::level: none', ...changes]; // its own metrics have a fixed port
    const started = new Process(
      this.#binary,
      ['--config', this.#config, ...settings.map((setting) => `--config=yaml:${setting}`)],
      { env: { ...this.#env, OTLP_HTTP: `127.0.0.1:${http}`, OTLP_GRPC: `127.0.0.1:${grpc}` } },
    );
    this.#process = started;
    let listens = false;
    await until(
      () => `the Collector listens\n${this.log}`,
      () => {
        if (started.exited) throw new Error(`the Collector ended:\n${this.log}`);
        const socket = connect(http, '127.0.0.1');
        socket.on('connect', () => ((listens = true), socket.destroy()));
        socket.on('error', () => {});
        return listens;
      },
    );
  }

  get log() {
    return this.#process?.stderr.slice(-4_000) ?? '';
  }

  /** kill -9 */
  kill() {
    return this.#process.signal('SIGKILL');
  }

  /** SIGTERM, and waits for its end. */
  async stop() {
    if (this.#process && !this.#process.exited) await this.#process.signal('SIGTERM');
  }

  /** Hands it spans of its own making, as any client may, and gives their ids once it has taken them. */
  async take(count) {
    const ids = Array.from({ length: count }, () => randomBytes(8).toString('hex'));
    const traceId = randomBytes(16).toString('hex');
    const at = `${Date.now()}000000`;
    const spans = ids.map((spanId) => ({
      traceId,
      spanId,
      name: 'sent',
      kind: 1,
      startTimeUnixNano: at,
      endTimeUnixNano: at,
    }));
    const answer = await fetch(`${this.url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
    });
    if (!answer.ok) throw new Error(`the Collector answered ${answer.status}: ${await answer.text()}`);
    return ids;
  }
}
