// The package as it is shipped: what its entries load, and what a bundler makes of it.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  bin: Record<string, string>;
  exports: Record<string, string | Record<string, Record<string, string>>>;
};

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build.mjs', '--if-stale'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}, 60_000);

/** The files that loading `file` loads, and the packages it needs; lazy imports are not followed. */
function loads(file: string, pattern: RegExp, seen = new Set<string>(), packages = new Set<string>()): Set<string> {
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(pattern)) {
    if (specifier.startsWith('.')) loads(join(dirname(file), specifier), pattern, seen, packages);
    else packages.add(specifier);
  }
  return packages;
}
const ESM = /^(?:import|export)\b(?:[^'";]* from)? "([^"]+)"/gm;
const CJS = /^(?:(?:const|var) \w+ = )?require\("([^"]+)"\)/gm;

const bundled = async (code: string): Promise<string> => {
  const result = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
    external: ['@opentelemetry/*', '@pydantic/genai-prices'],
    logLevel: 'silent',
    tsconfigRaw: '{}', // not ours: its paths lead to lib/
  });
  return result.outputFiles[0]?.text ?? '';
};

it('has every file that package.json names', () => {
  const named = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry).flatMap((format) => Object.values(format)),
  );
  expect([...named, ...Object.values(manifest.bin)].filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

it.each([
  ['esm', ESM],
  ['cjs', CJS],
])('loads only the OpenTelemetry api for `spandrel` and `spandrel/decorators` (%s)', (format, pattern) => {
  for (const entry of ['index.js', 'decorators.js']) {
    expect([...loads(join(root, 'dist', format, entry), pattern)]).toEqual(['@opentelemetry/api']);
  }
});

it('registers nothing globally when an entry is imported', () => {
  const api = Symbol.for('opentelemetry.js.api.1').toString();
  const script = `for (const entry of ['spandrel', 'spandrel/decorators', 'spandrel/setup', 'spandrel/testing']) await import(entry);
    console.log(Object.getOwnPropertySymbols(globalThis).map(String).includes(${JSON.stringify(api)}))`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  expect(out.trim()).toBe('false');
});

it('keeps the Symbol.metadata polyfill when a bundler shakes the rest off', async () => {
  expect(await bundled(`import { TraceFunction } from 'spandrel'; console.log(TraceFunction);`)).toContain(
    'Symbol.metadata',
  );
});

it('lets a bundler drop what is not used', async () => {
  const all = await bundled(`import * as all from 'spandrel'; console.log(all);`);
  const one = await bundled(`import { definePrompt } from 'spandrel'; console.log(definePrompt);`);
  expect(one.length).toBeLessThan(all.length / 2);
});
