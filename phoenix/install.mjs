import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version that the tests have been written against: the field names of its GraphQL API change. */
export const VERSION = '20.26.1';

const folder = fileURLToPath(new URL('.venv', import.meta.url));
const ATTEMPTS = 3;
const MINUTES = 15;
/** What pip says when it cannot reach the index; anything else is a failure of this test. */
const UNREACHABLE =
  /NewConnectionError|Failed to establish a new connection|Temporary failure in name resolution|Network is unreachable|Max retries exceeded|Read timed out|ConnectTimeout|ProxyError|Could not fetch URL|No matching distribution found \(from versions: none\)/i;

/** The package index cannot be reached. */
export class Unreachable extends Error {}

/** Installs Phoenix from the Python package index into a folder of the project's own; gives the path of its command. Python 3.10 or later is needed. */
export function install() {
  const done = join(folder, `installed-${VERSION}`);
  const phoenix = join(folder, 'bin/phoenix');
  if (existsSync(done) && existsSync(phoenix)) return phoenix;
  rmSync(folder, { recursive: true, force: true });
  console.log(`installing arize-phoenix ${VERSION} into phoenix/.venv, a minute or two`);
  const made = run('python3', ['-m', 'venv', folder]);
  if (made.status !== 0) throw new Error(`python3 -m venv failed: ${made.text}`);
  let text = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const installed = run(join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', `arize-phoenix==${VERSION}`]);
    if (installed.status === 0) {
      writeFileSync(done, '');
      return phoenix;
    }
    text = installed.text;
    console.log(`attempt ${attempt} failed`);
  }
  if (UNREACHABLE.test(text)) throw new Unreachable(text);
  throw new Error(`arize-phoenix could not be installed: ${text}`);
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: MINUTES * 60_000,
    env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' },
  });
  return { status, text: [error?.message, stderr, stdout].filter(Boolean).join('\n').slice(-4_000) };
}
