// Clients, frameworks, containers, other instrumentations and runtimes.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireFrom } from './compilers.mjs';
import { fault, firstOf, run } from './process.mjs';
import { cellFolder, consumer, npm, root, work } from './workshop.mjs';

const LEGACY = { experimentalDecorators: true, emitDecoratorMetadata: true, useDefineForClassFields: false };
const ONCE = '$0.000875';

/** A folder with the consumer's world, compiled by esbuild (Nest's own decorators: by tsc, which knows their metadata). */
let standard;
async function worldFolder() {
  if (standard) return standard;
  const files = readdirSync(join(consumer, 'world')).filter((name) => name !== 'nest-app.ts').map((name) => `world/${name}`); // prettier-ignore
  const directory = cellFolder('world', 'standard', files, { 'package.json': { type: 'module' } });
  for (const name of readdirSync(join(root, 'examples/http')).filter((file) => file.endsWith('.ts')))
    copyFileSync(join(root, 'examples/http', name), join(directory, 'world', name));
  mkdirSync(join(directory, 'containers'));
  for (const name of readdirSync(join(root, 'examples/containers')).filter((file) => file.endsWith('.ts')))
    copyFileSync(join(root, 'examples/containers', name), join(directory, 'containers', name));
  const { build } = requireFrom('world')('esbuild');
  for (const folder of ['world', 'containers']) {
    const entryPoints = readdirSync(join(directory, folder)).map((name) => join(directory, folder, name));
    const common = {
      outdir: join(directory, folder),
      format: 'esm',
      target: 'es2022',
      keepNames: true,
      logLevel: 'silent',
      tsconfigRaw: {},
    };
    await build({ ...common, entryPoints: entryPoints.filter((name) => !name.endsWith('.mts')) });
    await build({
      ...common,
      entryPoints: entryPoints.filter((name) => name.endsWith('.mts')),
      outExtension: { '.js': '.mjs' },
    });
  }
  return (standard = directory);
}

/** A program's run on some Nodes: what each prints holds every text. */
async function on(nodes, lines, file, texts, { args = [], cwd } = {}) {
  const results = {};
  const directory = cwd ?? (await worldFolder());
  for (const { line, binary } of nodes.filter((node) => lines.includes(node.line))) {
    const result = await run(binary, [file, ...args], { cwd: directory });
    results[`Node ${line}`] = fault(result) ?? missing(result, texts);
  }
  return results;
}

function missing({ out }, texts) {
  const text = texts.find((one) => !out.includes(one));
  return text === undefined ? undefined : `expected ${JSON.stringify(text)} in ${JSON.stringify(out.slice(0, 160))}`;
}

const ALL = [20, 22, 24, 26];
const COLUMNS = ALL.map((line) => `Node ${line}`);

export const clients = {
  title: 'Clients and agents',
  says: `Each through its own client against a server on loopback, plain and streamed where it streams: one owner of the tokens a call, ${ONCE} each.`,
  columns: COLUMNS,
  places: ['world'],
  async *cells({ nodes, wanted }) {
    const twice = ['owners 2, usd 0.00175, open 0'];
    const once = ['owners 1, usd 0.000875, open 0'];
    const CASES = {
      'openai 6': ['openai', ['Service.stream  LLM  small-model  1,000 in  500 out', ...twice]],
      '@anthropic-ai/sdk 1': [
        'anthropic',
        ['anthropic.messages.create  LLM  small-model  1,000 in  500 out', ...twice],
      ],
      '@google/genai 2': ['google', ['Service.ask  LLM  small-model  1,000 in  500 out', ...once]],
      '@aws-sdk/client-bedrock-runtime 3': ['bedrock', ['Service.ask  LLM  small-model  1,000 in  500 out', ...once]],
      'ai 6 (AI SDK), its telemetry on for one of two calls': ['ai', twice],
      '@langchain/core 1, @langchain/openai 1': ['langchain', ['Service.answer  CHAIN', ...twice]],
      '@langchain/langgraph 1': ['langgraph', ['ask node', 'again node', ...twice]],
      '@openai/agents 0.20 (its model and tool traced by `traced`)': [
        'agents',
        ['It is 3.', 'agent.helper  AGENT', 'add  TOOL', ...twice],
      ],
      '@modelcontextprotocol/sdk 1 (tools)': ['mcp', ['"text":"3"', 'Tools.add  TOOL']],
    };
    for (const [row, [file, texts]] of Object.entries(CASES))
      if (wanted(row)) yield { row, results: await on(nodes, ALL, `world/${file}.js`, texts) };
  },
};

export const frameworks = {
  title: 'Frameworks and workers',
  says: 'Twenty requests at once under each web framework, each with its own session, under its user; and the shapes of other hosts.',
  columns: COLUMNS,
  places: ['world', 'line2'],
  async *cells({ nodes, wanted }) {
    for (const name of ['express', 'fastify', 'hono', 'nest'])
      if (wanted(name))
        yield { row: { express: 'Express 5', fastify: 'Fastify 5', hono: 'Hono 4', nest: 'Nest 11 (middleware)' }[name], results: await on(nodes, ALL, 'world/web.js', ['40 20 ann'], { args: [name] }) }; // prettier-ignore
    if (wanted('Nest 11 with its own decorators'))
      yield {
        row: 'Nest 11 with its own decorators: routes, metadata, interceptor, request scope',
        results: await nestApp(nodes),
      };
    if (wanted('AWS Lambda')) yield { row: 'AWS Lambda handler (flush before it is frozen)', results: await on(nodes, ALL, 'world/lambda.js', ['answered a\n1\nanswered b\n2']) }; // prettier-ignore
    if (wanted('queue')) yield { row: 'a queue’s worker (the job carries the scope)', results: await on(nodes, ALL, 'world/queue.js', ['s-1 ada 2\ns-2 ada 4']) }; // prettier-ignore
  },
};

async function nestApp(nodes) {
  const directory = cellFolder('world', 'nest-app', ['world/nest-app.ts', 'world/kit.ts'], {
    'package.json': { type: 'module' },
    'tsconfig.json': {
      compilerOptions: {
        ...{
          target: 'es2022',
          module: 'nodenext',
          moduleResolution: 'nodenext',
          strict: true,
          skipLibCheck: true,
          types: ['node'],
        },
        ...LEGACY,
      },
      include: ['world'],
    },
  });
  const { code, out } = await run(
    process.execPath,
    [join(work, 'line2/node_modules/typescript6/bin/tsc'), '-p', directory],
    { cwd: directory },
  );
  if (code !== 0)
    return Object.fromEntries(COLUMNS.map((column) => [column, `does not compile: ${out.split('\n')[0]}`]));
  return on(
    nodes,
    ALL,
    'world/nest-app.js',
    ['Hello Ada!\nHello Ben!\n2 Ada,Ada,Ben,Ben\n', 'Greetings.greet  CHAIN\n└─ Greeter.greet  CHAIN'],
    { cwd: directory },
  );
}

export const containers = {
  title: 'Containers',
  says: 'The examples of docs/containers.md: prices and sessions from the container, replaced at run time, and a request’s own.',
  columns: COLUMNS,
  places: ['world'],
  async *cells({ nodes, wanted }) {
    const lines = ['as registered  process  $0.001', 'replaced       process  $0.002', 'two requests   ann      $0.003', 'two requests   bob      $0.004']; // prettier-ignore
    const NAMES = { tsyringe: 'tsyringe 4', inversify: 'InversifyJS 8', awilix: 'awilix 13', nest: 'Nest 11', typedi: 'typedi 0.10', 'needle-di': 'needle-di 1' }; // prettier-ignore
    for (const [file, row] of Object.entries(NAMES))
      if (wanted(row)) yield { row, results: await on(nodes, ALL, `containers/${file}.js`, lines) };
  },
};

export const telemetry = {
  title: 'OpenTelemetry',
  says: 'Both lines of the SDK, two copies of the package, and what else may be registered in a process.',
  columns: COLUMNS,
  places: ['line2', 'line3', 'world'],
  async *cells({ nodes, wanted }) {
    if (wanted('SDK 3'))
      yield {
        row: 'SDK 3.x and API 1.10 (supported by OpenTelemetry from Node 22.15 on)',
        results: await lineThree(nodes),
      };
    const CASES = {
      'two copies of the package, by import and by require': [
        'copies.mjs',
        ['theirs undefined undefined', 'theirs undefined s-1', 'Service.answer undefined s-1'],
      ],
      'instrumentation-openai of OpenInference beside it': [
        'openinference.js',
        ['owners 1, usd 0.000875, open 0', 'OpenAI Chat Completions'],
      ],
      'instrumentation-openai of OpenLLMetry beside it': ['openllmetry.js', ['owners 1, usd 0.000875, open 0']],
      'Langfuse’s span processor behind ours': [
        'langfuse.js',
        ['chat small-model,openinference.span.kind,cost.total_usd'],
      ],
      'instrumentation-undici and -http beside it': ['http.js', ['ok\n', 'Service.answer  CHAIN\n└─ GET']],
      'another provider is registered first': ['provider.js', ['Service.answer\ntrue']],
    };
    for (const [row, [file, texts]] of Object.entries(CASES))
      if (wanted(row)) yield { row, results: await on(nodes, ALL, `world/${file}`, texts) };
  },
};

async function lineThree(nodes) {
  const files = ['service.ts', 'show.ts', 'main.ts'];
  const directory = cellFolder('line3', 'run', files, { 'package.json': { type: 'module' } });
  const { build } = requireFrom('line2')('esbuild');
  await build({ entryPoints: files.map((file) => join(directory, file)), outdir: directory, format: 'esm', target: 'es2022', keepNames: true, logLevel: 'silent', tsconfigRaw: {} }); // prettier-ignore
  const expected = readFileSync(join(consumer, 'expected.txt'), 'utf8');
  const results = {};
  for (const { line, binary } of nodes)
    results[`Node ${line}`] = fault(await run(binary, ['main.js'], { cwd: directory }), expected);
  return results;
}

export const runtimes = {
  title: 'Runtimes',
  says: 'The first row runs on each Node; the others are what they are.',
  columns: ['result'],
  places: ['line2', 'world'],
  async *cells({ nodes, say, wanted }) {
    if (wanted('worker threads')) {
      const results = await on(nodes, ALL, 'world/worker.mjs', [
        'Service.answer  CHAIN\nowners 0, usd 0, open 0\nService.answer  CHAIN\nowners 0',
      ]);
      yield {
        row: 'worker threads',
        results: { result: Object.values(results).find((result) => result !== undefined) },
      };
    }
    if (wanted('edge'))
      yield {
        row: 'an edge runtime (`@edge-runtime/vm`: web globals, no module of Node’s), the core bundled',
        results: { result: await edge() },
      };
    if (wanted('Deno')) yield { row: 'Deno', results: { result: await foreign('deno', `@deno/${process.platform}-${{ x64: 'x64', arm64: 'arm64' }[process.arch]}-glibc@2.9.6`, ['run', '-A'], say) } }; // prettier-ignore
    if (wanted('Bun')) yield { row: 'Bun', results: { result: await foreign('bun', `@oven/bun-${process.platform}-${{ x64: 'x64', arm64: 'aarch64' }[process.arch]}@1.4.5`, [], say) } }; // prettier-ignore
  },
};

async function edge() {
  const directory = await worldFolder();
  const { build } = requireFrom('world')('esbuild');
  const { outputFiles } = await build({ entryPoints: [join(directory, 'world/edge.ts')], bundle: true, write: false, format: 'iife', platform: 'browser', target: 'es2022', logLevel: 'silent', keepNames: true, external: ['@pydantic/genai-prices'], tsconfigRaw: {} }); // prettier-ignore
  const { EdgeVM } = requireFrom('world')('@edge-runtime/vm');
  const edgeVm = new EdgeVM();
  try {
    edgeVm.evaluate(outputFiles[0].text);
    const out = await edgeVm.evaluate('globalThis.result');
    return missing({ out }, ['Service.ask s-1 small-model 1500', 'by hand undefined {"n":1}']);
  } catch (error) {
    return `fails: ${error.message}`;
  }
}

/** The consumer's program, in a runtime that npm has as a binary; not runnable where there is none for this machine. */
async function foreign(name, spec, args, say) {
  const directory = join(work, name);
  mkdirSync(directory, { recursive: true });
  if (!existsSync(join(directory, 'node_modules'))) {
    say(`fetching ${spec}`);
    writeFileSync(join(directory, 'package.json'), '{"private":true}');
    try {
      npm(directory, 'install', spec);
    } catch (error) {
      return `not runnable here: npm install ${spec}: ${firstOf(error.message)}`;
    }
  }
  const folder = join(directory, 'node_modules', spec.replace(/@[\d.]+$/, ''));
  const binary = [join(folder, 'bin', name), join(folder, name)].find((path) => existsSync(path));
  if (!binary) return `not runnable here: ${spec} has no program`;
  const files = ['service.ts', 'show.ts', 'main.ts'];
  const cell = cellFolder('line2', name, files, { 'package.json': { type: 'module' } });
  const { build } = requireFrom('line2')('esbuild');
  await build({ entryPoints: files.map((file) => join(cell, file)), outdir: cell, format: 'esm', target: 'es2022', keepNames: true, logLevel: 'silent', tsconfigRaw: {} }); // prettier-ignore
  return fault(
    await run(binary, [...args, 'main.js'], { cwd: cell }),
    readFileSync(join(consumer, 'expected.txt'), 'utf8'),
  );
}
