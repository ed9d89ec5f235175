// The code fences of a Markdown page, as programs.
//
//   ```ts             compiled in both decorator modes, and run
//   ```ts no-run      compiled only
//   ```ts test        compiled, and its it() run
//   ```ts standard    compiled and run under standard decorators only (`legacy`: the other one)
//
// What a sample needs and a reader does not stands in comments that Markdown does not show:
//   <!-- before …code… -->   in front of the fence     <!-- after …code… -->   behind it
//   <!-- prints -->          in front of a text fence: it is what the sample before it prints
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(__dirname, '../../..');

/** A TypeScript fence, with what belongs to it. */
export interface Sample {
  /** `README.md:12` */
  readonly name: string;
  readonly words: readonly string[];
  /** The code to compile: the fence, and what is before and after it. */
  code: string;
  /** What it prints, where the page says so. */
  prints: string | undefined;
}

/** The pages that hold samples: the README and the guides. */
export const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);

const PART = /^<!-- (before|after|prints)\b(.*?)-->$|^```(\S*) ?(.*?)\n(.*?)^```$/gms;

/** The samples of one page. */
export function samplesOf(page: string): Sample[] {
  const samples: Sample[] = [];
  const text = readFileSync(join(root, page), 'utf8');
  let before = '';
  let printing = false;
  for (const { 1: comment, 2: hidden = '', 3: language, 4: words = '', 5: code = '', index } of text.matchAll(PART)) {
    const last = samples.at(-1);
    if (comment === 'before') before = hidden;
    else if (comment === 'after' && last) last.code += hidden;
    else if (comment === 'prints') printing = true;
    else if (language === 'ts') {
      const line = text.slice(0, index).split('\n').length;
      samples.push({
        name: `${page}:${line}`,
        words: words.split(' ').filter(Boolean),
        code: `${before}\n${code}`,
        prints: undefined,
      });
      before = '';
    } else if (printing && last) {
      last.prints = (last.prints ?? '') + code;
      printing = false;
    }
  }
  return samples;
}

/** What the compiler says of the samples, as `page:line message`. The page's lines count, hidden ones included. */
export function typeErrors(samples: readonly Sample[], experimentalDecorators: boolean): string[] {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config as object;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root, { experimentalDecorators, noEmit: true });
  // beside this folder's specs, so that a sample finds what they import
  const files = new Map(
    samples.map((sample) => [join(__dirname, '..', `${sample.name.replace(/\W+/g, '-')}.ts`), sample]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists } = host;
  const getSourceFile: typeof host.getSourceFile = (path, languageVersion) => {
    const known = parsed.get(path) ?? host.readFile(path);
    if (known === undefined) return undefined;
    const source = typeof known === 'string' ? ts.createSourceFile(path, known, languageVersion, true) : known;
    parsed.set(path, source);
    return source;
  };
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, languageVersion) => {
    const sample = files.get(path);
    // every sample is a module of its own
    return sample
      ? ts.createSourceFile(path, `${sample.code}\nexport {};`, languageVersion, true)
      : getSourceFile(path, languageVersion);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([path, { name }]) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) =>
        `${name} ${lineAt(source, start)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

/** The sources that every program shares: parsing them is most of the work. */
const parsed = new Map<string, ts.SourceFile>();

function lineAt(source: ts.SourceFile | undefined, at: number): string {
  const text = source?.text ?? '';
  return JSON.stringify(text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n')[0]);
}

/** Runs a sample; gives what it printed. `load` is the `require` of the spec, so that a sample gets the package under test. */
export async function run(sample: Sample, load: NodeJS.Require, experimentalDecorators: boolean): Promise<string> {
  const { outputText } = ts.transpileModule(sample.code, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      experimentalDecorators,
    },
  });
  const printed: string[] = [];
  const print = (...values: unknown[]): void => void printed.push(values.map(String).join(' '));
  const cases: (() => unknown)[] = [];
  const eachTime: (() => unknown)[] = [];
  const atLast: (() => unknown)[] = [];
  const given = {
    ...{ require: load, exports: {}, console: { ...console, log: print } },
    it: (_name: string, test: () => unknown) => cases.push(test),
    afterEach: (hook: () => unknown) => eachTime.push(hook),
    afterAll: (hook: () => unknown) => atLast.push(hook),
  };
  await Reflect.construct(AsyncFunction, [...Object.keys(given), outputText])(...Object.values(given));
  for (const step of [...cases.flatMap((test) => [test, ...eachTime]), ...atLast]) await step();
  if (sample.words.includes('test') && cases.length === 0) throw new Error(`${sample.name} has no it()`);
  return printed.join('\n');
}

const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (...args: unknown[]) => Promise<void>;
