// What a user's bundler makes of code that imports the built package: one minified ES module, other packages left outside.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './emit.mjs';

/** Bundles `code`; gives its size minified and gzipped, in bytes, and the packages that it loads at once and later. */
export async function bundle(code) {
  const result = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'node',
    minify: true,
    write: false,
    metafile: true,
    logLevel: 'silent',
    tsconfigRaw: '{}', // not ours: its paths lead to lib/
    plugins: [{ name: 'packages-outside', setup: outside }],
  });
  const { contents } = result.outputFiles[0];
  const [output] = Object.values(result.metafile.outputs);
  const loaded = (lazily) =>
    [...new Set(output.imports.filter(({ kind }) => (kind === 'dynamic-import') === lazily).map(({ path }) => path))]
      .filter((path) => !path.startsWith('node:'))
      .sort();
  return {
    code: result.outputFiles[0].text,
    gzipped: gzipSync(contents).length,
    packages: loaded(false),
    laterPackages: loaded(true),
  };
}

function outside(build) {
  build.onResolve({ filter: /^[^./]/ }, ({ path }) =>
    path === 'spandrel' || path.startsWith('spandrel/') ? undefined : { path, external: true },
  );
}

/** `1234` as `1.2 kB`. */
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
