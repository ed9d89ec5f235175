// decorators.d.ts: the public decorator contract on one page, rolled up from the entry lib/decorators.ts.
//   node scripts/contract.mjs           writes it
//   node scripts/contract.mjs --check   fails with a diff when it is not what the sources say
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import prettier from 'prettier';
import ts from 'typescript';
import { emit, root } from './emit.mjs';

const page = join(root, 'decorators.d.ts');
const work = join(root, `.contract.${process.pid}`); // inside the project: its declarations import installed packages

function rollUp() {
  const rolled = join(work, 'rolled.d.ts');
  emit(join(work, 'tsc'));
  writeFileSync(
    join(work, 'tsconfig.json'),
    JSON.stringify({ extends: '../tsconfig.build.json', compilerOptions: { rootDir: 'tsc' }, include: ['tsc'] }),
  );
  const extractorConfig = ExtractorConfig.prepare({
    packageJsonFullPath: join(root, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: work,
      mainEntryPointFilePath: join(work, 'tsc/decorators.d.ts'),
      compiler: { tsconfigFilePath: join(work, 'tsconfig.json') },
      newlineKind: 'lf',
      apiReport: { enabled: false },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: rolled },
      messages: {
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  });
  const problems = [];
  const { succeeded } = Extractor.invoke(extractorConfig, {
    showVerboseMessages: false,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === 'error') problems.push(message.text);
    },
  });
  if (!succeeded) throw new Error(problems.join('\n'));
  return readFileSync(rolled, 'utf8');
}

/** The order to read in; what takes options is followed by them. */
const READ = [
  'TraceFunction',
  'TraceAgent',
  'TraceLLM',
  'TraceTool',
  'TraceRetriever',
  'PromptTemplate',
  'definePrompt',
  'SessionScoped',
  'perInstance',
  'previousTurn',
  'CostBudget',
  'Untraced',
];

/** The rolled-up declarations in the order to read them in: the extractor sorts them by name. */
function arranged(rolled) {
  const source = ts.createSourceFile('rolled.d.ts', rolled, ts.ScriptTarget.ES2022, true);
  const declared = new Map();
  const imported = new Map();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const from = statement.moduleSpecifier.text;
      const names = statement.importClause.namedBindings.elements.map((element) => element.getText());
      imported.set(from, [...(imported.get(from) ?? []), ...names]);
      continue;
    }
    const name = (statement.name ?? statement.declarationList?.declarations[0].name)?.text;
    if (name) declared.set(name, [...(declared.get(name) ?? []), statement]);
  }
  const isExported = (name) =>
    declared.get(name)[0].modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  const written = new Set();
  const write = (name) => {
    if (written.has(name)) return '';
    written.add(name);
    return declared
      .get(name)
      .map((statement) => `${statement.getFullText().trim()}\n\n`)
      .join('');
  };
  const unnamed = [...declared.keys()].filter(
    (name) => ts.isFunctionDeclaration(declared.get(name)[0]) && !READ.includes(name),
  );
  if (unnamed.length) throw new Error(`say in READ where ${unnamed.join(', ')} is to be read`);

  let page =
    [...imported].map(([from, names]) => `import type { ${names.join(', ')} } from '${from}';\n`).join('') + '\n';
  for (const name of READ) {
    page += write(name);
    for (const option of mentioned(declared, [name])) if (option.endsWith('Options')) page += write(option);
  }
  const rest = new Set([...mentioned(declared, [...written]), ...declared.keys()]);
  for (const exported of [true, false]) {
    const names = [...rest].filter((name) => !written.has(name) && Boolean(isExported(name)) === exported);
    if (names.length) page += exported ? '// The types that appear above.\n\n' : '// What these are made of.\n\n';
    page += names.map(write).join('');
  }
  return page;
}

/** The declarations that these mention, and those that they mention, nearest first. */
function mentioned(declared, names) {
  const found = new Set(names);
  for (const name of found) {
    for (const statement of declared.get(name)) {
      const visit = (node) => {
        if (ts.isIdentifier(node) && declared.has(node.text)) found.add(node.text);
        ts.forEachChild(node, visit);
      };
      visit(statement);
    }
  }
  return [...found];
}

async function contract() {
  const options = await prettier.resolveConfig(page);
  const head =
    '// The decorators of spandrel: everything there is to read. Made by `npm run contract`; do not edit.\n\n';
  return prettier.format(head + arranged(rollUp()), { ...options, parser: 'typescript' });
}

mkdirSync(work);
try {
  const text = await contract();
  if (!process.argv.includes('--check')) {
    writeFileSync(page, text);
  } else if (!existsSync(page) || readFileSync(page, 'utf8') !== text) {
    writeFileSync(join(work, 'decorators.d.ts'), text);
    const from = existsSync(page) ? page : '/dev/null';
    spawnSync('git', ['--no-pager', 'diff', '--no-index', from, join(work, 'decorators.d.ts')], { stdio: 'inherit' });
    console.error('decorators.d.ts is not what lib/ says. If the change is meant: npm run contract');
    process.exitCode = 1;
  }
} catch (error) {
  console.error(`contract: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
