// docs/api/: what each entry exports, with its types. A change there is a change for users: `npm run release` reads the version from it.
// (decorators.d.ts is the same for spandrel/decorators; scripts/contract.mjs makes it.)
//   node scripts/api.mjs           writes them
//   node scripts/api.mjs --check   fails with a diff when they are not what the sources say
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { emit, root } from './emit.mjs';

const ENTRIES = {
  spandrel: 'index',
  setup: 'setup/index',
  http: 'adapters/http/index',
  langchain: 'adapters/langchain/index',
  tsyringe: 'adapters/tsyringe/index',
  testing: 'testing/index',
};
const folder = join(root, 'docs/api');
const work = join(root, `.contract.api.${process.pid}`); // inside the project: its declarations import installed packages
const said = join(work, 'said');

function configOf(name, entry) {
  return ExtractorConfig.prepare({
    packageJsonFullPath: join(root, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: work,
      mainEntryPointFilePath: join(work, 'tsc', `${entry}.d.ts`),
      compiler: { tsconfigFilePath: join(work, 'tsconfig.json') },
      newlineKind: 'lf',
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: said,
        reportTempFolder: join(work, 'temp'),
      },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  });
}

function report() {
  emit(join(work, 'tsc'));
  mkdirSync(said);
  writeFileSync(
    join(work, 'tsconfig.json'),
    JSON.stringify({ extends: '../tsconfig.build.json', compilerOptions: { rootDir: 'tsc' }, include: ['tsc'] }),
  );
  const configs = Object.entries(ENTRIES).map(([name, entry]) => configOf(name, entry));
  const compilerState = CompilerState.create(configs[0], {
    additionalEntryPoints: configs.slice(1).map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
  });
  for (const config of configs) {
    const problems = [];
    const { succeeded } = Extractor.invoke(config, {
      localBuild: true,
      compilerState,
      messageCallback: (message) => {
        message.handled = true;
        if (message.logLevel === 'error') problems.push(message.text);
      },
    });
    if (!succeeded) throw new Error(problems.join('\n'));
  }
}

mkdirSync(work);
try {
  report();
  if (process.argv.includes('--check')) {
    const { status } = spawnSync('git', ['--no-pager', 'diff', '--no-index', '--stat', '--patch', folder, said], {
      stdio: 'inherit',
    });
    if (status !== 0) {
      console.error('docs/api/ is not what lib/ says. If the change is meant: npm run api');
      process.exitCode = 1;
    }
  } else {
    rmSync(folder, { recursive: true, force: true });
    cpSync(said, folder, { recursive: true });
    console.log(readdirSync(folder).join('\n'));
  }
} catch (error) {
  console.error(`api: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
