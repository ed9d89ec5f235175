// Compilers × decorator protocol × module format × Node: one consumer, compiled once each, run on every Node.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fault, run } from './process.mjs';
import { cellFolder, consumer, work } from './workshop.mjs';

const SOURCES = ['service.ts', 'show.ts', 'main.ts'];
const STANDARD = [...SOURCES, 'places.ts', 'main-standard.ts'];

/** name, protocols, and how a folder's .ts files become .js files; `on`: the Node that it needs itself. */
const COMPILERS = [
  ...['59', '6', '7'].map((version) => ({
    name: `tsc ${{ 59: '5.9', 6: '6.0', 7: '7.0' }[version]}`,
    protocols: ['standard', 'legacy'],
    compile: (job) => tsc(`typescript${version}`, job),
  })),
  { name: 'esbuild', protocols: ['standard', 'legacy'], compile: esbuild },
  { name: 'swc 2022-03', protocols: ['standard'], compile: (job) => swc(job, { decoratorVersion: '2022-03' }) },
  { name: 'swc 2023-11', protocols: ['standard'], compile: (job) => swc(job, { decoratorVersion: '2023-11' }) },
  { name: 'swc legacy', protocols: ['legacy'], compile: (job) => swc(job, { legacyDecorator: true }) },
  { name: 'Babel 7', protocols: ['standard', 'legacy'], compile: (job) => babel(job, 'line2', process.execPath) },
  { name: 'Babel 8', protocols: ['standard', 'legacy'], compile: (job) => babel(job, 'babel8', job.nodes[2].binary) },
];

export const compilers = {
  title: 'Compilers, decorator protocols, Nodes and module formats',
  says: 'One service under both protocols (class, method, static, generator, override and prompt decorators, constructor injection; under standard decorators `#private` methods and fields too), compiled by each, run on each Node: the same spans, the same text.',
  columns: ['ESM', 'CommonJS'],
  places: ['line2', 'babel8'],
  async *cells({ nodes, wanted }) {
    const expected = readFileSync(join(consumer, 'expected.txt'), 'utf8');
    const expectedStandard = readFileSync(join(consumer, 'expected-standard.txt'), 'utf8');
    for (const { name, protocols, compile } of COMPILERS)
      for (const protocol of protocols) {
        if (!wanted(`${name}, ${protocol}`)) continue;
        const emitted = {};
        for (const format of ['esm', 'cjs']) {
          const type = format === 'esm' ? 'module' : 'commonjs';
          const files = protocol === 'standard' ? STANDARD : SOURCES;
          const directory = cellFolder('line2', `${name}-${protocol}-${format}`, files, { 'package.json': { type } });
          emitted[format] = { directory, failed: await compile({ directory, files, protocol, format, nodes }) };
        }
        const entry = protocol === 'standard' ? 'main-standard.js' : 'main.js';
        for (const { line, binary } of nodes) {
          const results = {};
          for (const [format, { directory, failed }] of Object.entries(emitted))
            results[format === 'esm' ? 'ESM' : 'CommonJS'] =
              failed ??
              fault(
                await run(binary, [entry], { cwd: directory }),
                protocol === 'standard' ? expectedStandard : expected,
              );
          yield { row: `${name}, ${protocol}, Node ${line}`, results };
        }
      }
  },
};

function tsconfig({ protocol, files }) {
  return {
    compilerOptions: {
      ...{ target: 'es2022', module: 'nodenext', moduleResolution: 'nodenext', strict: true, types: ['node'] },
      ...(protocol === 'legacy' && { experimentalDecorators: true, useDefineForClassFields: false }),
    },
    files,
  };
}

async function tsc(name, job) {
  writeFileSync(join(job.directory, 'tsconfig.json'), JSON.stringify(tsconfig(job)));
  const binary = join(work, 'line2/node_modules', name, 'bin/tsc');
  const { code, out } = await run(process.execPath, [binary, '-p', job.directory], { cwd: job.directory });
  return code === 0 ? undefined : `does not compile: ${out.split('\n')[0]}`;
}

async function esbuild({ directory, files, protocol, format }) {
  const { build } = requireFrom('line2')('esbuild');
  try {
    await build({
      ...{ entryPoints: files.map((file) => join(directory, file)), outdir: directory, format, platform: 'node' },
      ...{ target: 'es2022', logLevel: 'silent', keepNames: true }, // else a class with static private members is called _Places, traced or not
      tsconfigRaw: {
        compilerOptions: protocol === 'legacy' ? { experimentalDecorators: true, useDefineForClassFields: false } : {},
      },
    });
    return undefined;
  } catch (error) {
    return `does not compile: ${error.message}`;
  }
}

async function swc({ directory, files, format }, transform) {
  const { transformFileSync } = requireFrom('line2')('@swc/core');
  return each(
    directory,
    files,
    (file) =>
      transformFileSync(file, {
        swcrc: false,
        jsc: {
          ...{ target: 'es2022', parser: { syntax: 'typescript', decorators: true } },
          transform: { useDefineForClassFields: !transform.legacyDecorator, ...transform },
        },
        module: { type: format === 'esm' ? 'nodenext' : 'commonjs' },
      }).code,
  );
}

/** Babel, in the Node that it runs on. */
async function babel({ directory, files, protocol, format }, place, node) {
  const script = `
    const { createRequire } = require('node:module');
    const from = createRequire(${JSON.stringify(join(work, place, 'package.json'))});
    const babel = from('@babel/core');
    const { readFileSync, writeFileSync } = require('node:fs');
    for (const file of ${JSON.stringify(files.map((file) => join(directory, file)))}) {
      const { code } = babel.transformSync(readFileSync(file, 'utf8'), {
        filename: file, configFile: false, babelrc: false,
        presets: [[from.resolve('@babel/preset-typescript'), { allowDeclareFields: true }].slice(0, ${place === 'babel8' ? 1 : 2})],
        plugins: [
          [from.resolve('@babel/plugin-proposal-decorators'), ${protocol === 'legacy' ? "{ version: 'legacy' }" : "{ version: '2023-11' }"}],
          ${protocol === 'legacy' && place === 'line2' ? "from.resolve('@babel/plugin-transform-class-properties')," : ''}
          ${format === 'cjs' ? "from.resolve('@babel/plugin-transform-modules-commonjs')," : ''}
        ],
      });
      writeFileSync(file.replace(/\\.ts$/, '.js'), code);
    }`;
  const { code, err } = await run(node, ['-e', script], { cwd: directory });
  return code === 0 ? undefined : `does not compile: ${err.split('\n').find((line) => /Error/.test(line)) ?? err}`;
}

function each(directory, files, transform) {
  try {
    for (const file of files)
      writeFileSync(join(directory, file.replace(/\.ts$/, '.js')), transform(join(directory, file)));
    return undefined;
  } catch (error) {
    return `does not compile: ${error.message}`;
  }
}

export const requireFrom = (place) => createRequire(join(work, place, 'package.json'));
