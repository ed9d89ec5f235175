import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../collector/free-port.mjs';
import { until } from '../collector/until.mjs';

const STARTS_WITHIN = { seconds: 180, everyMs: 250 };

/** A Phoenix on loopback, with its data in a folder that is gone with it; it tells nobody that it runs. */
export async function startPhoenix(command) {
  const directory = mkdtempSync(join(tmpdir(), 'spandrel-phoenix-'));
  const [port, grpcPort] = [await freePort(), await freePort()];
  let log = '';
  const child = spawn(command, ['serve'], {
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PHOENIX_|OTEL_|ARIZE_)/.test(name))),
      PHOENIX_WORKING_DIR: directory,
      PHOENIX_HOST: '127.0.0.1',
      PHOENIX_PORT: String(port),
      PHOENIX_GRPC_PORT: String(grpcPort),
      PHOENIX_TELEMETRY_ENABLED: 'false',
      PHOENIX_ALLOW_EXTERNAL_RESOURCES: 'false',
    },
  });
  const ended = new Promise((end) => child.on('close', end));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log = (log + chunk).slice(-20_000)));
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', () => child.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  try {
    await until(
      () => 'it answers',
      async () => {
        if (child.exitCode !== null) throw new Error(`Phoenix ended with ${child.exitCode}:\n${log}`);
        return (await fetch(`${url}/healthz`).catch(() => undefined))?.ok === true;
      },
      STARTS_WITHIN,
    );
  } catch (error) {
    await stop();
    throw new Error(`Phoenix did not start: ${error.message}\n${log}`, { cause: error });
  }
  return { url, grpcPort, stop };
}
