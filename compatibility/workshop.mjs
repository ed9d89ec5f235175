// The consumers' folder: the packed package, installed with everything that a cell needs, never the source tree.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
export const root = fileURLToPath(new URL('..', import.meta.url));
export const consumer = join(here, 'consumer');
export const work = join(here, '.work');

/** Packages of a consumer, by the line of OpenTelemetry's SDK: a folder of .work/ each. */
export const PLACES = JSON.parse(readFileSync(join(here, 'packages.json'), 'utf8'));

/** Packs the package and installs it, with the rest, where a cell runs. */
export function install(place, say) {
  const directory = join(work, place);
  const tarball = pack();
  const wanted = JSON.stringify(PLACES[place]);
  const stamp = join(directory, '.installed');
  mkdirSync(directory, { recursive: true });
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    say(`installing ${Object.keys(PLACES[place]).length} packages into .work/${place}`);
    rmSync(join(directory, 'node_modules'), { recursive: true, force: true });
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, dependencies: PLACES[place] }));
    npm(directory, 'install');
    writeFileSync(stamp, wanted);
  }
  const target = join(directory, 'node_modules/spandrel');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  if (place === 'babel8') return directory; // compiles only
  const { dependencies } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies))
    if (!existsSync(join(directory, 'node_modules', name)))
      throw new Error(`${place} lacks ${name}; name it in packages.json`);
  return directory;
}

let packed;
export function pack() {
  if (packed) return packed;
  mkdirSync(work, { recursive: true });
  for (const name of readdirSync(work)) if (name.endsWith('.tgz')) rmSync(join(work, name));
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  ); // prettier-ignore
  return (packed = join(work, filename));
}

/** npm, three times: what comes over the network may fail. */
export function npm(directory, ...args) {
  for (let attempt = 1; ; attempt++) {
    const { status, stderr } = spawnSync(
      'npm',
      [
        ...args,
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        '--prefer-offline',
        '--ignore-scripts',
        '--legacy-peer-deps',
      ],
      { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
    );
    if (status === 0) return;
    if (attempt === 3) throw new Error(`npm ${args.join(' ')}: ${stderr}`);
  }
}

/** A fresh folder for one cell, below the place's node_modules, with some of the consumer's files and others that are made up. */
export function cellFolder(place, name, files, made = {}) {
  const directory = join(work, place, 'cells', name.replace(/[^\w.-]+/g, '-'));
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const file of files) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    cpSync(join(consumer, file), join(directory, file));
  }
  // a tsconfig.json of its own, or Bun would take the repository's, and with it the sources
  for (const [file, text] of Object.entries({ 'tsconfig.json': '{}', ...made })) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), typeof text === 'string' ? text : JSON.stringify(text));
  }
  return directory;
}
