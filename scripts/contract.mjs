// decorators.d.ts: the public decorator contract on one page, rolled up from the entry lib/decorators.ts.
//   node scripts/contract.mjs           writes it
//   node scripts/contract.mjs --check   fails with a diff when it is not what the sources say
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import prettier from 'prettier';
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

async function contract() {
  const options = await prettier.resolveConfig(page);
  const head =
    '// The decorators of spandrel: everything there is to read. Made by `npm run contract`; do not edit.\n\n';
  return prettier.format(head + rollUp(), { ...options, parser: 'typescript' });
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
