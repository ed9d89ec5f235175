import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { findings, type Finding } from './finding.js';

const found = findings('decorators');

interface CompilerOptions {
  readonly experimentalDecorators?: boolean;
  readonly emitDecoratorMetadata?: boolean;
  readonly target?: string;
}

/** Which decorators the project's tsconfig.json asks for. Both kinds work; what neither can do is said. */
export function checkCompiler(directory: string): Finding[] {
  const file = join(directory, 'tsconfig.json');
  if (!existsSync(file)) return [found.info('There is no tsconfig.json here, so the kind of decorators is not known.')];
  let options: CompilerOptions;
  try {
    options = optionsOf(file);
  } catch (error) {
    return [found.warning(`${file} cannot be read: ${(error as Error).message}`, 'Mend its JSON.')];
  }
  if (options.experimentalDecorators === true)
    return [
      found.ok(
        'The project compiles legacy decorators (experimentalDecorators): methods and classes are traced; for fields use traced().',
      ),
    ];
  const target = options.target?.toLowerCase();
  if (target === 'esnext')
    return [
      found.problem(
        'The target esnext leaves standard decorators in the output, where no Node.js reads them.',
        'Set "target": "es2022" in tsconfig.json.',
      ),
    ];
  return [
    found.ok('The project compiles standard decorators.'),
    ...(options.emitDecoratorMetadata
      ? [
          found.warning(
            'emitDecoratorMetadata does nothing without experimentalDecorators.',
            'Containers that read parameter types from it need experimentalDecorators too.',
          ),
        ]
      : []),
  ];
}

/** The compiler's options with those of the files it extends, which it overrides. */
function optionsOf(file: string, seen: readonly string[] = []): CompilerOptions {
  if (seen.includes(file)) return {};
  const { extends: parents = [], compilerOptions = {} } = JSON.parse(withoutComments(readFileSync(file, 'utf8'))) as {
    extends?: string | readonly string[];
    compilerOptions?: CompilerOptions;
  };
  const inherited = [parents].flat().map((parent) => optionsOf(pathOf(file, parent), [...seen, file]));
  return Object.assign({}, ...inherited, compilerOptions) as CompilerOptions;
}

function pathOf(file: string, parent: string): string {
  if (!parent.startsWith('.') && !parent.startsWith('/')) {
    const require = createRequire(file);
    try {
      return require.resolve(parent);
    } catch {
      return require.resolve(`${parent}/tsconfig.json`);
    }
  }
  const path = resolve(dirname(file), parent);
  return existsSync(path) && !path.endsWith('/') ? path : `${path}.json`;
}

/** tsconfig.json may hold comments and trailing commas. Strings are matched first, so that nothing in them is taken for either. */
function withoutComments(text: string): string {
  const parts = /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=\s*(?:\/\/[^\n]*\s*|\/\*[\s\S]*?\*\/\s*)*[}\]])/g;
  return text.replace(parts, (_, string?: string) => string ?? '');
}
