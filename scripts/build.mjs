// Builds dist/: one bundled file an entry and shared chunks, ESM and CommonJS, with a tree of declarations for each.
//   node scripts/build.mjs              builds
//   node scripts/build.mjs --if-stale   only when lib/ is newer than dist/ (specs of the built package use this)
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { transform } from 'esbuild';
import { rollup } from 'rollup';
import { emit, root } from './emit.mjs';
import { writePage } from './page.mjs';

const startedAt = Date.now();
const dist = join(root, 'dist');
const next = join(root, `dist.${process.pid}`); // swapped in at the end, so that nobody reads half a build
const compiled = join(next, 'tsc');

const entries = [
  'index',
  'decorators',
  'setup/index',
  'adapters/http/index',
  'adapters/langchain/index',
  'adapters/tsyringe/index',
  'testing/index',
  'testing/jest',
  'testing/vitest',
].filter(exists);
const cli = exists('cli/main') ? ['cli/main'] : [];

function exists(entry) {
  return existsSync(join(root, 'lib', `${entry}.ts`));
}

function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isFresh() {
  const built = join(dist, 'esm/index.js');
  const sources = ['lib', 'scripts', 'package.json', 'decorators.d.ts']
    .map((name) => join(root, name))
    .filter(existsSync);
  return existsSync(built) && Math.max(...sources.map(newest)) < statSync(built).mtimeMs;
}

/** What `spandrel` itself needs is one chunk: 40 small files import 1.4 times slower. Lazy parts stay apart. */
function chunkOf(id, { getModuleInfo }) {
  // A file of its own, so that package.json's sideEffects can name it and bundlers keep it and drop the rest.
  if (id.endsWith('/symbol-metadata.js')) return 'symbol-metadata';
  return staticImports(join(compiled, 'index.js'), getModuleInfo).has(id) ? 'core' : undefined;
}

let reached;
function staticImports(from, getModuleInfo) {
  if (reached) return reached;
  reached = new Set();
  const visit = (id) => {
    if (reached.has(id)) return;
    reached.add(id);
    for (const next of getModuleInfo(id)?.importedIds ?? []) visit(next);
  };
  visit(from);
  reached.delete(from); // entries keep their own file
  for (const entry of entries) reached.delete(join(compiled, `${entry}.js`));
  return reached;
}

const REQUIRE = `
const requireHere = () => globalThis.process.getBuiltinModule('node:module').createRequire(import.meta.url);
const require = globalThis.process?.getBuiltinModule && Object.assign((id) => requireHere()(id), { resolve: (id) => requireHere().resolve(id) });`;

/**
 * Gives an ES module that loads something synchronously its `require`, without an import that an edge runtime lacks; made when it is
 * called, since other bundles and runtimes have no address in import.meta.url.
 */
const requireInEsm = {
  name: 'require-in-esm',
  renderChunk(code, _chunk, { format }) {
    if (format !== 'es' || !/\btypeof require\b/.test(code)) return null;
    return `${REQUIRE}\n${code}`;
  },
};

/**
 * The docstrings are in the declarations; half of what is parsed at each import would be comments, and one letter beyond ASCII in them has
 * V8 keep all of it at two bytes a letter. They go with the spaces, which come back.
 */
const withoutComments = {
  name: 'without-comments',
  async renderChunk(code) {
    const options = { loader: 'js', target: 'node20', legalComments: 'none' };
    const bare = await transform(code, { ...options, minifyWhitespace: true });
    return (await transform(bare.code, options)).code;
  },
};

async function bundle(format, folder, names) {
  const input = Object.fromEntries(names.map((name) => [name, join(compiled, `${name}.js`)]));
  const build = await rollup({
    input,
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    onwarn: (warning) => {
      throw new Error(warning.message); // a cycle between chunks or an unresolved import is a mistake here
    },
  });
  await build.write({
    format,
    dir: next,
    entryFileNames: ({ name }) => (name === 'cli/main' ? 'cli/main.js' : `${folder}/${name}.js`),
    chunkFileNames: `${folder}/[name].js`,
    manualChunks: chunkOf,
    exports: 'named',
    externalLiveBindings: false,
    generatedCode: 'es2015',
    minifyInternalExports: false,
    hoistTransitiveImports: false,
    plugins: [requireInEsm, withoutComments],
  });
  await build.close();
}

/** Copies the declarations that the entries reach; the rest describes internals. */
function declarations(folder) {
  const seen = new Set();
  const copy = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    const target = join(next, folder, relative(compiled, file));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    for (const [, specifier] of text.matchAll(/(?:from |import\(|import )['"](\.[^'"]+)\.js['"]/g)) {
      copy(resolve(dirname(file), `${specifier}.d.ts`));
    }
  };
  for (const entry of entries) copy(join(compiled, `${entry}.d.ts`));
}

async function build() {
  emit(compiled);
  // spandrel/decorators ships the contract page itself as its types (scripts/contract.mjs makes it).
  const contract = join(root, 'decorators.d.ts');
  await bundle('es', 'esm', [...entries, ...cli]);
  reached = undefined;
  await bundle('cjs', 'cjs', entries);
  writeFileSync(join(next, 'cjs/package.json'), '{ "type": "commonjs" }\n');
  for (const folder of ['esm', 'cjs']) {
    declarations(folder);
    if (existsSync(contract)) cpSync(contract, join(next, folder, 'decorators.d.ts'));
  }
  await writePage(join(next, 'report/page.html')); // what `spandrel report` fills
  if (cli.length) chmodSync(join(next, 'cli/main.js'), 0o755);
  rmSync(compiled, { recursive: true });
  rmSync(dist, { recursive: true, force: true });
  renameSync(next, dist);
}

if (!process.argv.includes('--if-stale') || !isFresh()) {
  try {
    await build();
    console.log(`built dist/ in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  } catch (error) {
    console.error(`build failed: ${error.message}`);
    process.exitCode = 1;
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
}
