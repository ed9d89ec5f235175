import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where compiled subjects lie: below node_modules, so that neither git nor a linter meets them and packages resolve as here. */
const out = fileURLToPath(new URL('../node_modules/.subjects/', import.meta.url));

/** Compiles a subject and its places with the decorator protocol it is for, and imports it. */
export async function compiled(file, experimentalDecorators) {
  const { buildSync } = createRequire(import.meta.url)('esbuild');
  const outfile = `${out}${file.replace(/\.ts$/, '')}.${process.pid}.mjs`;
  const bundled = new Set(['./places.ts', './private-place.ts']);
  buildSync({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    outfile,
    bundle: true,
    // Only the places are compiled along: everything else must be the one copy that the cases use too.
    external: ['../*', './*.mjs', '@*', 'nestjs-otel', 'reflect-metadata'].filter((name) => !bundled.has(name)),
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    keepNames: false,
    tsconfigRaw: { compilerOptions: { experimentalDecorators } },
    logLevel: 'error',
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    createRequire(import.meta.url)('node:fs').rmSync(outfile);
  }
}
