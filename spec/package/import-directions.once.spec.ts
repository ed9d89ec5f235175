// Dependencies point one way: the table of who may import whom, held by reading the imports of lib/.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import ts from 'typescript';

const lib = join(__dirname, '../../lib');

const FACTS = ['context', 'cost', 'attributes', 'messages', 'capture', 'conventions'];

/** Folder -> folders it may import. `types:x` allows only `import type`. Files directly in lib/ (`.`) may be used by all. */
const MAY_IMPORT: Record<string, string[]> = {
  '.': FACTS,
  conventions: [],
  capture: ['conventions'],
  messages: ['capture'], // a provider's chat -> messages of one form
  attributes: ['capture', 'conventions', 'types:context', 'types:cost', 'types:messages'],
  context: ['capture', 'attributes', 'conventions'],
  cost: ['capture', 'attributes', 'conventions', 'context'],
  span: ['context', 'capture', 'attributes', 'conventions'],
  plan: ['span', ...FACTS], // options -> the plan of one call
  processor: ['plan', 'span', ...FACTS],
  decorators: ['plan', 'span', ...FACTS],
  blocks: ['decorators', 'plan', 'span', ...FACTS],
  adapters: ['decorators', 'blocks', 'plan', 'span', ...FACTS],
  tree: ['conventions'], // reads finished spans, for testing and cli
  lint: ['conventions', 'capture'], // rules about finished spans
  where: ['conventions', 'tree'], // questions about finished spans
};
/** Entries and tools at the edge: they may use all of it, and nothing inside imports them. */
const OUTSIDE = ['setup', 'testing', 'cli', 'report'];
/** Lists of exports, not modules to build on. */
const ENTRIES = ['index.ts', 'decorators.ts'];

const CORE_PACKAGES = ['@opentelemetry/api'];
const LAZY_PACKAGES = ['@pydantic/genai-prices'];

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly how: 'static' | 'dynamic' | 'type';
}

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, how: Import['how']): void => void found.push({ from: file, specifier, how });
  const source = ts.createSourceFile(file, readFileSync(join(lib, file), 'utf8'), ts.ScriptTarget.ES2022, true);
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = node.importClause;
      add(node.moduleSpecifier.text, clause && isTypeOnly(clause) ? 'type' : 'static');
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      const named = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : undefined;
      add(node.moduleSpecifier.text, node.isTypeOnly || named?.every((name) => name.isTypeOnly) ? 'type' : 'static');
    } else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    ) {
      add(node.argument.literal.text, 'type');
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) add(argument.text, 'dynamic');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(clause: ts.ImportClause): boolean {
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names =
    clause.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : undefined;
  return !clause.name && names !== undefined && names.length > 0 && names.every((name) => name.isTypeOnly);
}

const files = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts'));
const imports = files.flatMap(importsOf);

const folderOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '.');
const isEntry = (file: string): boolean => ENTRIES.includes(file);
const show = ({ from, specifier, how }: Import): string => `${from} -> ${specifier} (${how})`;

it('knows every folder of lib/', () => {
  const unknown = new Set(files.map(folderOf).filter((folder) => !(folder in MAY_IMPORT) && !OUTSIDE.includes(folder)));
  expect([...unknown]).toEqual([]);
});

it('lets the folders import only what is below them', () => {
  const wrong = imports.filter(({ from, specifier, how }) => {
    if (!specifier.startsWith('.') || OUTSIDE.includes(folderOf(from))) return false;
    const target = posix.join(dirname(from), specifier).replace(/\.js$/, '.ts');
    const [here, there] = [folderOf(from), folderOf(target)];
    if (isEntry(from)) return OUTSIDE.includes(there);
    if (isEntry(target)) return true;
    if (there === '.' || here === there) return false;
    const allowed = MAY_IMPORT[here] ?? [];
    return !(allowed.includes(there) || (how === 'type' && allowed.includes(`types:${there}`)));
  });
  expect(wrong.map(show)).toEqual([]);
});

it('keeps foreign packages at the edge', () => {
  const wrong = imports.filter(({ from, specifier, how }) => {
    if (specifier.startsWith('.') || OUTSIDE.includes(folderOf(from)) || folderOf(from) === 'adapters') return false;
    if (CORE_PACKAGES.includes(specifier)) return false;
    if (LAZY_PACKAGES.includes(specifier)) return how === 'static';
    return !(how === 'type' && specifier.startsWith('node:')); // Node's own modules would keep edge runtimes out
  });
  expect(wrong.map(show)).toEqual([]);
});

it('lets the page of a report import only what a browser can run', () => {
  const shared = ['report/report-data.ts', 'tree/format.ts', 'conventions/openinference.ts'];
  const wrong = imports.filter(({ from, specifier }) => {
    if (!from.startsWith('report/page/')) return false;
    const target = posix.join(dirname(from), specifier).replace(/\.js$/, '.ts');
    return !(specifier === 'uplot' || target.startsWith('report/page/') || shared.includes(target));
  });
  expect(wrong.map(show)).toEqual([]);
});

it('imports an OpenTelemetry SDK only in setup, testing and cli', () => {
  const wrong = imports.filter(
    ({ from, specifier }) =>
      specifier.startsWith('@opentelemetry/') &&
      specifier !== '@opentelemetry/api' &&
      !OUTSIDE.includes(folderOf(from)),
  );
  expect(wrong.map(show)).toEqual([]);
});

it('has no cycle of imports', () => {
  const graph = new Map<string, string[]>(files.map((file) => [file, []]));
  for (const { from, specifier, how } of imports) {
    if (how === 'static' && specifier.startsWith('.')) {
      graph.get(from)?.push(posix.join(dirname(from), specifier).replace(/\.js$/, '.ts'));
    }
  }
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (file: string, path: string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  expect(cycles).toEqual([]);
});
