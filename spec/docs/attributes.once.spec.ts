import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/attributes.md'), 'utf8');

it('is what the constants say; else: node scripts/attributes-doc.mjs', () => {
  const made = execFileSync(process.execPath, ['scripts/attributes-doc.mjs', '--print'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(page).toBe(made);
});

it('has every name of lib/conventions/', () => {
  const conventions = join(root, 'lib/conventions');
  const names = readdirSync(conventions).flatMap((file) =>
    [...readFileSync(join(conventions, file), 'utf8').matchAll(/^export const \w+ = '([^']+)'/gm)].map(
      ([, name]) => name,
    ),
  );
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
