import { transformSync } from 'esbuild';
import { readFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where compiled files lie: below node_modules, so that neither git nor a linter meets them. */
const folder = fileURLToPath(new URL('../node_modules/.decorated/', import.meta.url));

/** Compiles a file of `decorated/` with that decorator protocol, and imports it. */
export async function decorated(name, protocol) {
  const source = readFileSync(new URL(`../decorated/${name}.ts`, import.meta.url), 'utf8');
  const { code } = transformSync(source, {
    loader: 'ts',
    format: 'esm',
    target: 'es2022',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: protocol === 'legacy' } },
  });
  mkdirSync(folder, { recursive: true });
  const file = `${folder}${name}.${protocol}.${process.pid}.mjs`;
  writeFileSync(file, code);
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(file);
  }
}
