import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { Spandrel } from './support/spandrel.js';

// The heap is held to a part of the file: a command that kept what it reads, or a row for each span, would run out of it.
const MEGABYTES = 100;
const HEAP = ['--max-old-space-size=40', '--max-semi-space-size=2'].join(' ');

let spandrel: Spandrel;
beforeAll(() => {
  spandrel = new Spandrel();
  const script = resolve(__dirname, '../../scripts/big-trace-file.mjs');
  execFileSync(process.execPath, [
    script,
    join(spandrel.directory, 'big.jsonl'),
    String(MEGABYTES),
    '--content',
    '400',
  ]);
}, 120_000);
afterAll(() => spandrel.delete('.'));

it.each([
  ['costs', '--by', 'session', '--json'],
  ['slow', '--by', 'session', '--where', 'kind = LLM and duration > 10ms'],
  ['tree', '--last'],
  ['tree', '--limit', '20', '--where', 'cost.total_usd > 0.02'],
])(
  'reads a file far larger than its memory: %s %s',
  async (...args) => {
    const { code, stdout, stderr } = await spandrel.run([...args, 'big.jsonl'], { env: { NODE_OPTIONS: HEAP } });
    expect({ code, stderr: stderr.replace(/^spandrel: .* more; --top shows them\n/, '') }).toEqual({ code: 0, stderr: '' }); // prettier-ignore
    expect(stdout.split('\n').length).toBeGreaterThanOrEqual(8);
  },
  120_000,
);
