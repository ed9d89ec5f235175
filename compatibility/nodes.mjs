// The Nodes that cells run on, each a package of the npm registry without install scripts.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, work } from './workshop.mjs';

const LINES = [20, 22, 24, 26];

/** [{ line, version, binary }]; what is missing is fetched. */
export function nodes(say) {
  const directory = join(work, 'nodes');
  const binaryOf = (line) =>
    Number(process.versions.node.split('.')[0]) === line
      ? process.execPath
      : join(directory, `node_modules/node${line}/bin/node`);
  if (LINES.some((line) => !existsSync(binaryOf(line)))) {
    say(`fetching Node ${LINES.join(', ')}`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'package.json'), '{"private":true}');
    npm(
      directory,
      'install',
      '--force',
      ...LINES.map((line) => `node${line}@npm:node-${process.platform}-${process.arch}@${line}`),
    );
  }
  return LINES.map((line) => {
    const binary = binaryOf(line);
    return { line, binary, version: execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim() };
  });
}
