import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HOSTILE_TITLE, hostileTrace } from './hostile-trace.mjs';
import { knownTraces } from './known-traces.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The reports that the cases look at, made by the built `spandrel report` when one is first wanted. */
export class Reports {
  #directory;
  #files = new Map();

  constructor(directory) {
    this.#directory = directory;
  }

  async file(name) {
    if (!this.#files.has(name)) this.#files.set(name, this.#make(name));
    return this.#files.get(name);
  }

  #make(name) {
    const traces = join(this.#directory, `${name}.jsonl`);
    const report = join(this.#directory, `${name}.html`);
    const options = [];
    if (name === 'many') node('scripts/big-trace-file.mjs', traces, '--spans', '50000', '--content', '600');
    else if (name === 'hostile') writeFileSync(traces, hostileTrace());
    else writeFileSync(traces, knownTraces());
    if (name === 'hostile') options.push('--title', HOSTILE_TITLE);
    else if (name === 'bare') options.push('--no-content', '--title', 'Bare');
    else options.push('--title', 'Known');
    node('dist/cli/main.js', 'report', traces, '-o', report, ...options);
    return report;
  }
}

function node(script, ...args) {
  return execFileSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] }); // prettier-ignore
}
