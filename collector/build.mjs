// The Collector of builder.yaml, made by the OpenTelemetry Collector Builder from the Go module proxy, in .collector/.
//   node collector/build.mjs     builds it where that has not been done
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const manifest = fileURLToPath(new URL('builder.yaml', import.meta.url));
const folder = fileURLToPath(new URL('../.collector/', import.meta.url));

/** The path of the built Collector; undefined where there is no Go. Throws when it cannot be built. */
export function buildCollector() {
  const binary = join(folder, 'otelcol');
  const built = join(folder, 'built-from.yaml');
  const wanted = readFileSync(manifest, 'utf8');
  if (existsSync(binary) && existsSync(built) && readFileSync(built, 'utf8') === wanted) return binary;
  if (spawnSync('go', ['version']).status !== 0) return undefined;

  const version = /^ {2}version: (\S+)$/m.exec(wanted)[1];
  const source = join(folder, 'source');
  mkdirSync(source, { recursive: true });
  console.log(`building the OpenTelemetry Collector ${version}, which takes minutes …`);
  const startedAt = Date.now();
  const builder = join(folder, `builder-${version}`);
  if (!existsSync(builder)) {
    run('go', ['install', `go.opentelemetry.io/collector/cmd/builder@v${version}`], { GOBIN: folder });
    renameSync(join(folder, 'builder'), builder);
  }
  const settings = join(folder, 'builder.yaml');
  writeFileSync(settings, wanted.replace('dist:', `dist:\n  output_path: ${source}`));
  run(builder, ['--config', settings]);
  renameSync(join(source, 'otelcol'), binary);
  writeFileSync(built, wanted);
  console.log(`built in ${Math.round((Date.now() - startedAt) / 1_000)} s`);
  return binary;
}

/** With the lowest claim on the processor, for others may work on the machine. */
function run(command, args, env = {}) {
  try {
    execFileSync('nice', ['-n', '10', command, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
      maxBuffer: 1e8,
    });
  } catch (cause) {
    const said = (cause.stderr || cause.message).toString().slice(-2_000);
    throw new Error(`the Collector could not be built: ${command}: ${said}`, { cause });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(buildCollector() ?? '!!! There is no Go on this machine to build the Collector with.');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
