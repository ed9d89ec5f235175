import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TraceFile } from '../../lib/setup/trace-file.js';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'spandrel-rotation-'))));
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true, force: true });
});

const rotation = { maxBytes: 100, maxDays: 7, maxFiles: 3 };
const file = (options = rotation) => new TraceFile(join(directory, 'traces.jsonl'), options);
const files = () =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
const text = (name: string) => readFileSync(join(directory, name), 'utf8');
const later = (ms: number) => jest.spyOn(Date, 'now').mockReturnValue(Date.now() + ms);

it('begins a new file when the old one is too large, which is put aside under its time', () => {
  const traces = file();
  traces.append([`${'a'.repeat(120)}\n`]);
  traces.append(['b\n']);
  traces.append(['c\n']);
  const [aside, current] = files();
  expect(aside).toMatch(/^traces-\d{8}T\d{9}Z-[0-9a-f]{8}\.jsonl$/);
  expect(current).toBe('traces.jsonl');
  expect([text(aside as string).length, text('traces.jsonl')]).toEqual([121, 'b\nc\n']);
  expect(statSync(join(directory, 'traces.jsonl')).mode & 0o777).toBe(0o600);
});

it('begins a new file when the old one is too old', () => {
  const traces = file();
  traces.append(['a\n']);
  later(6 * 86_400_000);
  traces.append(['b\n']);
  expect(files()).toHaveLength(1);
  later(86_400_000);
  traces.append(['c\n']);
  expect(files()).toHaveLength(2);
  expect(text('traces.jsonl')).toBe('c\n');
});

it('keeps as many files as it may, the newest', async () => {
  const traces = file();
  for (let i = 0; i < 6; i++) {
    traces.append([`${i}${'a'.repeat(120)}\n`]);
    await new Promise((resolve) => setTimeout(resolve, 2)); // their names are milliseconds
  }
  expect(files()).toHaveLength(3);
  expect(files().map((name) => text(name)[0])).toEqual(['3', '4', '5']);
});

it('several writers lose no line while they put files aside', () => {
  const writers = [0, 1, 2].map(() => file({ ...rotation, maxFiles: 1_000 }));
  const lines = Array.from({ length: 60 }, (_, i) => `${String(i).padStart(2, '0')}-${'a'.repeat(30)}`);
  for (const [i, line] of lines.entries()) writers[i % 3]?.append([`${line}\n`]);
  const found = files().flatMap((name) => text(name).split('\n').filter(Boolean));
  expect(found.sort()).toEqual(lines);
});
