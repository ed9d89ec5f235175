// Runs the commands of docs/looking.md on a fresh trace of the demo.
//   node scripts/looking-doc.mjs            writes what they print into the page
//   node scripts/looking-doc.mjs --check    fails when they print something else: times, ids and order aside
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoTrace } from './demo-trace.mjs';
import { root } from './emit.mjs';

const page = join(root, 'docs/looking.md');
const BLOCK = /(```text\n)\$ npx spandrel ([^\n]+)\n([^]*?)(```)/g;

const directory = mkdtempSync(join(tmpdir(), 'spandrel-looking-'));
try {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), '--if-stale'], { stdio: 'ignore' });
  demoTrace(directory);
  const text = readFileSync(page, 'utf8');
  const wrong = [];
  const next = text.replace(BLOCK, (_, open, command, shown, close) => {
    const printed = spandrel(command);
    if (comparable(printed) !== comparable(shown)) wrong.push(`$ npx spandrel ${command}\n${printed}`);
    return `${open}$ npx spandrel ${command}\n${printed}${close}`;
  });
  if (!process.argv.includes('--check')) writeFileSync(page, next);
  else if (wrong.length > 0) {
    console.error(`docs/looking.md shows something else than these print; node scripts/looking-doc.mjs writes it anew.\n\n${wrong.join('\n')}`); // prettier-ignore
    process.exitCode = 1;
  } else console.log(`docs/looking.md: ${text.match(BLOCK)?.length ?? 0} commands print what it shows`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** What the command prints, on both of its streams, as a person sees it in a shell. */
function spandrel(command) {
  const args = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
  const main = join(root, 'dist/cli/main.js');
  const { stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd: directory, encoding: 'utf8', env: { PATH: process.env.PATH } }); // prettier-ignore
  return (stdout + stderr).replaceAll(directory, '.');
}

/** Without what differs from run to run: times, ids, the bars of a waterfall, and the order that comes of them. */
function comparable(printed) {
  return printed
    .replace(/\b[0-9a-f]{16,32}\b/g, '<id>')
    .replace(/(call-[A-Z]{2}-\d{4})-[0-9a-f]{8}/g, '$1-<id>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/\d+(?:\.\d+)? (?:ms|s)\b/g, '<duration>')
    .replace(/█+/g, '')
    .replace(/ +/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .sort()
    .join('\n');
}
