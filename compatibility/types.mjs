// The declarations of the packed package, under every compiler, protocol and resolution that is in use, with nothing skipped.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './process.mjs';
import { cellFolder, consumer, work } from './workshop.mjs';

const COMPILERS = { 'tsc 5.9': 'typescript59', 'tsc 6.0': 'typescript6', 'tsc 7.0': 'typescript7' };
const SOURCES = ['service.ts', 'show.ts', 'main.ts'];
const RESOLUTIONS = {
  node16: { module: 'node16', moduleResolution: 'node16' },
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

export const types = {
  title: 'Declarations',
  says: 'With `strict`, `exactOptionalPropertyTypes`, `noUncheckedIndexedAccess`, `isolatedDeclarations`, `verbatimModuleSyntax` and `skipLibCheck: false`; each line of OpenTelemetry installed alone. The last column: seven wrong uses are errors, in words a person understands.',
  columns: [...Object.keys(RESOLUTIONS), 'wrong uses'],
  places: ['line2', 'line3'],
  async *cells({ wanted }) {
    for (const place of ['line2', 'line3'])
      for (const [name, compiler] of Object.entries(COMPILERS))
        for (const protocol of ['standard', 'legacy']) {
          const row = `${name}, ${protocol}, OpenTelemetry ${place.at(-1)}.x`;
          if (!wanted(row)) continue;
          const results = {};
          for (const [resolution, options] of Object.entries(RESOLUTIONS)) {
            const { code, out } = await check(place, compiler, protocol, options, SOURCES);
            results[resolution] = code === 0 ? undefined : out.split('\n')[0];
          }
          if (place === 'line2') results['wrong uses'] = await wrongUses(compiler, protocol);
          yield { row, results };
        }
  },
};

async function check(place, compiler, protocol, options, files) {
  const directory = cellFolder(place, `types-${compiler}-${protocol}-${options.moduleResolution}`, files, {
    'package.json': { type: 'module' },
    'tsconfig.json': {
      compilerOptions: {
        ...{ target: 'es2022', lib: ['es2022'], noEmit: true, strict: true, skipLibCheck: false, types: ['node'] },
        ...{
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          noPropertyAccessFromIndexSignature: true,
        },
        ...{ declaration: true, isolatedDeclarations: true, verbatimModuleSyntax: true, noImplicitOverride: true },
        ...options,
        ...(protocol === 'legacy' && { experimentalDecorators: true }),
      },
      files,
    },
  });
  // the compilers are installed once; what they read is the place's own
  return run(process.execPath, [join(work, 'line2/node_modules', compiler, 'bin/tsc'), '-p', directory], {
    cwd: directory,
  });
}

/** Undefined where each marked line is an error that says so, and no other line is one. */
async function wrongUses(compiler, protocol) {
  for (const options of Object.values(RESOLUTIONS)) {
    const wrong = await wrongUsesUnder(compiler, protocol, options);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

async function wrongUsesUnder(compiler, protocol, options) {
  const { out } = await check('line2', compiler, protocol, options, ['wrong.ts']);
  const found = new Map();
  let line;
  for (const text of out.split('\n')) {
    const [, number] = /^wrong\.ts\((\d+),/.exec(text) ?? [];
    if (number) line = Number(number);
    if (line) found.set(line, `${found.get(line) ?? ''}${text}\n`);
  }
  const expected = new Map();
  for (const [i, text] of readFileSync(join(consumer, 'wrong.ts'), 'utf8').split('\n').entries()) {
    const [, says] = /\/\/ says: (.+)$/.exec(text) ?? [];
    if (says) expected.set(i + 1, says);
  }
  for (const [at, says] of expected)
    if (!found.get(at)?.includes(says))
      return `line ${at} does not say "${says}": ${(found.get(at) ?? 'no error').split('\n')[0]}`;
  const more = [...found.keys()].find((at) => !expected.has(at));
  return more === undefined ? undefined : `line ${more}: ${found.get(more).split('\n')[0]}`;
}
