// Test runners, loaders and bundlers.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireFrom } from './compilers.mjs';
import { fault, run } from './process.mjs';
import { cellFolder, consumer, work } from './workshop.mjs';

const bin = (place, path) => join(work, place, 'node_modules', path);
const LEGACY = { experimentalDecorators: true, useDefineForClassFields: false };
const tsconfig = (protocol, more = {}) => ({
  compilerOptions: {
    ...{ target: 'es2022', module: 'esnext', moduleResolution: 'bundler', strict: true, skipLibCheck: true, ...more },
    ...(protocol === 'legacy' && LEGACY),
  },
});

export const runners = {
  title: 'Runners',
  says: 'The same service, by what compiles it on the way: its spans, and the kit of `spandrel/testing` under the test runners.',
  columns: ['standard', 'legacy'],
  places: ['line2', 'tools'],
  async *cells({ wanted }) {
    for (const [name, cell] of Object.entries({ tsx, 'ts-jest': tsJest, '@swc/jest': swcJest, Vitest: vitest })) {
      if (!wanted(name)) continue;
      yield { row: name, results: { standard: await cell('standard'), legacy: await cell('legacy') } };
    }
  },
};

async function tsx(protocol) {
  const files = ['service.ts', 'show.ts', 'main.ts'];
  const directory = cellFolder('line2', `tsx-${protocol}`, files, {
    'package.json': { type: 'module' },
    'tsconfig.json': tsconfig(protocol),
  });
  const result = await run(process.execPath, [bin('line2', 'tsx/dist/cli.mjs'), 'main.ts'], { cwd: directory });
  return fault(result, readFileSync(join(consumer, 'expected.txt'), 'utf8'));
}

function tsJest(protocol) {
  const transform = {
    '^.+\\.ts$': [
      'ts-jest',
      {
        tsconfig: {
          ...tsconfig(protocol).compilerOptions,
          module: 'commonjs',
          moduleResolution: 'node10',
          ignoreDeprecations: '6.0',
          isolatedModules: true,
          types: ['jest', 'node'],
        },
        diagnostics: false,
      },
    ],
  };
  return jest('ts-jest', protocol, transform);
}

function swcJest(protocol) {
  const transform =
    protocol === 'legacy' ? { legacyDecorator: true, useDefineForClassFields: false } : { decoratorVersion: '2022-03' };
  return jest('swc-jest', protocol, {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true }, transform },
        module: { type: 'commonjs' },
      },
    ],
  });
}

async function jest(name, protocol, transform) {
  const config = {
    testEnvironment: 'node',
    transform,
    setupFiles: ['reflect-metadata'],
    setupFilesAfterEnv: ['spandrel/testing/jest'],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    testMatch: ['**/kit.test.ts'],
  };
  const directory = cellFolder('tools', `${name}-${protocol}`, ['service.ts', 'kit.test.ts'], {
    'jest.config.json': config,
    'package.json': {},
  });
  const result = await run(
    process.execPath,
    [bin('tools', 'jest/bin/jest.js'), '--ci', '--config', 'jest.config.json'],
    { cwd: directory },
  );
  return fault(result) ?? (/Tests: +1 passed/.test(result.err) ? undefined : 'no test ran');
}

async function vitest(protocol) {
  const config = `export default { esbuild: { target: 'es2022' }, test: { globals: true, setupFiles: ['reflect-metadata', 'spandrel/testing/vitest'], include: ['kit.test.ts'] } };`;
  const directory = cellFolder('tools', `vitest-${protocol}`, ['service.ts', 'kit.test.ts'], {
    'vitest.config.mjs': config,
    'package.json': { type: 'module' },
    'tsconfig.json': tsconfig(protocol),
  });
  const result = await run(process.execPath, [bin('tools', 'vitest/vitest.mjs'), 'run', '--root', directory], {
    cwd: directory,
  });
  return fault(result) ?? (/Tests +1 passed/.test(result.out) ? undefined : 'no test ran');
}

// -- bundlers -----------------------------------------------------------------------------------------------------------

const EXTERNAL = /^(?:node:|@pydantic\/genai-prices$)/;
const BUNDLERS = {
  'esbuild, ESM': (job) => esbuild(job, 'esm'),
  'esbuild, CommonJS': (job) => esbuild(job, 'cjs'),
  Rollup: rollup,
  Vite: vite,
  webpack,
  Rspack: rspack,
};

export const bundlers = {
  title: 'Bundlers',
  says: 'Spandrel and the OpenTelemetry SDK bundled with a service into one minified file, whose span and parameter names are given by option. Rollup leaves the SDK outside, which is CommonJS.',
  columns: ['standard', 'legacy'],
  places: ['tools'],
  async *cells({ wanted }) {
    for (const [name, bundle] of Object.entries(BUNDLERS)) {
      if (!wanted(name)) continue;
      const results = {};
      for (const protocol of ['standard', 'legacy']) results[protocol] = await bundled(name, protocol, bundle);
      yield { row: name, results };
    }
  },
};

async function bundled(name, protocol, bundle) {
  const directory = cellFolder('tools', `${name}-${protocol}`, ['named.ts'], {
    'package.json': { type: 'module' },
    'tsconfig.json': tsconfig(protocol),
  });
  try {
    const file = await bundle({ directory, protocol, entry: join(directory, 'named.ts') });
    return fault(
      await run(process.execPath, [file], { cwd: directory }),
      readFileSync(join(consumer, 'expected-named.txt'), 'utf8'),
    );
  } catch (error) {
    return `does not bundle: ${error.message.split('\n')[0]}`;
  }
}

/** The service alone as JavaScript, for bundlers without TypeScript of their own. */
async function compiled({ directory, entry, protocol }) {
  const { build } = requireFrom('tools')('esbuild');
  const outfile = join(directory, 'named.js');
  await build({
    entryPoints: [entry],
    outfile,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
    tsconfigRaw: tsconfig(protocol),
  });
  return outfile;
}

async function esbuild({ directory, entry, protocol }, format) {
  const { build } = requireFrom('tools')('esbuild');
  const outfile = join(directory, format === 'esm' ? 'out.mjs' : 'out.cjs');
  const banner =
    format === 'esm'
      ? { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" }
      : {};
  await build({ entryPoints: [entry], outfile, bundle: true, minify: true, format, platform: 'node', target: 'node20', logLevel: 'silent', banner, external: ['@pydantic/genai-prices'], tsconfigRaw: tsconfig(protocol) }); // prettier-ignore
  return outfile;
}

async function rollup(job) {
  const { rollup: bundle } = requireFrom('tools')('rollup');
  const require = requireFrom('tools');
  const input = await compiled(job);
  // Rollup leaves what is CommonJS (the SDK) outside
  const build = await bundle({
    input,
    external: (id) => EXTERNAL.test(id) || !(id.startsWith('.') || id.startsWith('/') || id.startsWith('spandrel')),
    plugins: [{ name: 'spandrel', resolveId: (id) => (id.startsWith('spandrel') ? esmEntry(require, id) : null) }],
    onwarn: () => {},
  });
  const file = join(job.directory, 'out.mjs');
  await build.write({ file, format: 'esm', inlineDynamicImports: true });
  await build.close();
  const { transformSync } = requireFrom('tools')('esbuild');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(file, transformSync(readFileSync(file, 'utf8'), { minify: true, format: 'esm' }).code);
  return file;
}

function esmEntry(require, id) {
  const manifest = JSON.parse(readFileSync(join(work, 'tools/node_modules/spandrel/package.json'), 'utf8'));
  return join(work, 'tools/node_modules/spandrel', manifest.exports[id.replace(/^spandrel/, '.')].import.default);
}

async function vite({ directory, entry }) {
  const { build } = await import(join(work, 'tools/node_modules/vite/dist/node/index.js'));
  await build({ root: directory, configFile: false, logLevel: 'silent', esbuild: { target: 'es2022' }, ssr: { noExternal: true, external: ['@pydantic/genai-prices'] }, build: { ssr: entry, outDir: join(directory, 'out'), minify: 'esbuild', target: 'node20' } }); // prettier-ignore
  return join(directory, 'out/named.js');
}

const packed = (bundler) => async (job) => {
  const input = await compiled(job);
  const compiler = bundler({ mode: 'production', target: 'node20', entry: input, output: { path: job.directory, filename: 'out.cjs', library: { type: 'commonjs2' } }, externals: { '@pydantic/genai-prices': 'commonjs @pydantic/genai-prices' }, ignoreWarnings: [/./] }); // prettier-ignore
  await new Promise((resolve, reject) =>
    compiler.run((error, stats) => {
      if (error ?? stats.hasErrors()) reject(error ?? new Error(stats.toString({ all: false, errors: true })));
      else compiler.close(() => resolve());
    }),
  );
  return join(job.directory, 'out.cjs');
};

function webpack(job) {
  return packed(requireFrom('tools')('webpack'))(job);
}

function rspack(job) {
  return packed(requireFrom('tools')('@rspack/core').rspack)(job);
}
