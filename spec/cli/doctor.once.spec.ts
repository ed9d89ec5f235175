import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkPackages } from '../../lib/cli/doctor/packages.js';
import { otlpServer } from '../setup/support/otlp-server.js';
import { line, Spandrel } from './support/spandrel.js';

interface Finding {
  readonly check: string;
  readonly level: string;
  readonly says: string;
  readonly cure?: string;
}

const modules = resolve(__dirname, '../../node_modules');
let spandrel: Spandrel;
beforeEach(() => {
  spandrel = new Spandrel();
  spandrel.link('@opentelemetry/api', '@opentelemetry/sdk-node', '@pydantic/genai-prices');
});
afterEach(() => spandrel.delete('.'));

async function doctor(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { code, stdout, stderr } = await spandrel.run(['doctor', '--json', ...args], {
    env: { NODE_PATH: modules, ...env },
  });
  const found = JSON.parse(stdout) as Finding[];
  return { code, stderr, found, of: (check: string) => found.filter((finding) => finding.check === check) };
}
const problems = (found: readonly Finding[]) => found.filter(({ level }) => level === 'problem');
const llm = (attributes: object = {}) => ({
  'openinference.span.kind': 'LLM',
  'llm.model_name': 'gpt-4o',
  'llm.token_count.prompt': 1,
  'llm.token_count.completion': 1,
  ...attributes,
});

it('finds nothing to mend where nothing is wrong', async () => {
  spandrel.write('tsconfig.json', '{ "compilerOptions": { "target": "es2022" } }');
  const { code, stderr, found } = await doctor();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(found.filter(({ level }) => level !== 'ok' && level !== 'info')).toEqual([]);
  expect(found.map(({ says }) => says).join('\n')).toContain(
    'Spans go to the local file .spandrel/traces.jsonl, because the environment names no backend.',
  );
});

it('says for a person what it found, with the cure below', async () => {
  const { code, stdout, stderr } = await spandrel.run(['doctor'], {
    env: { NODE_PATH: modules, OTEL_TRACES_EXPORTER: 'none' },
  });
  expect(code).toBe(1);
  expect(stdout).toContain(
    'problem  settings    OTEL_TRACES_EXPORTER is none: nothing is exported.\n                     -> Unset it, or name a backend.\n',
  );
  expect(stderr).toBe('spandrel: 1 thing to mend.\n');
});

describe('packages', () => {
  it('two versions of the API are a problem', async () => {
    const copy = join(spandrel.directory, 'node_modules/spandrel');
    mkdirSync(join(copy, 'node_modules/@opentelemetry/api'), { recursive: true });
    writeFileSync(join(copy, 'package.json'), '{"version":"0.1.0"}');
    writeFileSync(join(copy, 'node_modules/@opentelemetry/api/package.json'), '{"version":"1.10.0"}');
    const { code, of } = await doctor();
    expect(problems(of('packages'))).toMatchObject([
      {
        says: expect.stringMatching(/installed in 2 versions: 1\.9\.\d+ in .*, 1\.10\.0 in /) as string,
        cure: expect.stringContaining('npm ls') as string,
      },
    ]);
    expect(code).toBe(1);
  });

  it('no API at all is one', () => {
    spandrel.delete('node_modules');
    expect(checkPackages(spandrel.directory)).toMatchObject([
      { level: 'problem', says: '@opentelemetry/api is not installed.' },
    ]);
  });
});

describe('decorators', () => {
  it.each([
    ['{ "compilerOptions": { "target": "ESNext" } }', 'problem', 'The target esnext leaves standard decorators'],
    ['{ "compilerOptions": { "experimentalDecorators": true } }', 'ok', 'legacy decorators'],
    ['// comment, {\n{ "extends": "./base.json", /* , */ "include": ["a//b",], }', 'ok', 'legacy decorators'],
    [
      '{ "compilerOptions": { "emitDecoratorMetadata": true } }',
      'warning',
      'does nothing without experimentalDecorators',
    ],
    ['{ "compilerOptions": ', 'warning', 'cannot be read'],
  ])('%s is %s', async (tsconfig, level, says) => {
    spandrel.write('base.json', '{ "compilerOptions": { "experimentalDecorators": true, "target": "esnext" } }');
    spandrel.write('tsconfig.json', tsconfig);
    const { of } = await doctor();
    expect(of('decorators')).toContainEqual(
      expect.objectContaining({ level, says: expect.stringContaining(says) as string }),
    );
  });
});

it.each<[NodeJS.ProcessEnv, string, string]>([
  [{ OTEL_TRACES_SAMPLER: 'always_off' }, 'problem', 'no trace that starts here is recorded'],
  [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' }, 'info', '0.1 of all traces are recorded'],
  [{ OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '128' }, 'warning', 'loses attributes, tokens and dollars among them'],
  [{ OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '1000' }, 'warning', 'no JSON any more'],
  [{ OTEL_SDK_DISABLED: 'true' }, 'problem', 'there is no tracing at all'],
  [{ NODE_ENV: 'production' }, 'problem', 'nothing is exported'],
  [{ OPENINFERENCE_HIDE_INPUTS: 'true' }, 'info', 'because of OPENINFERENCE_HIDE_INPUTS'],
  [{ PHOENIX_PROJECT_NAME: 'calls' }, 'ok', 'The project is "calls", from PHOENIX_PROJECT_NAME.'],
])('the settings %p are a %s', async (env, level, says) => {
  const { of } = await doctor(['--offline'], env);
  expect(of('settings')).toContainEqual(
    expect.objectContaining({ level, says: expect.stringContaining(says) as string }),
  );
});

describe('the pipeline', () => {
  const api = `require('@opentelemetry/api')`;
  const provider = `new (require(${JSON.stringify(join(modules, '@opentelemetry/sdk-trace'))}).TracerProvider)`;
  const manager = `new (require(${JSON.stringify(join(modules, '@opentelemetry/context-async-hooks'))}).AsyncLocalStorageContextManager)()`;

  it.each([
    ['', ['no tracer provider is registered']],
    [
      `${api}.trace.setGlobalTracerProvider(${provider}({ spanProcessors: [] }))`,
      ['There is no context manager', 'SpandrelSpanProcessor is not there'],
    ],
    [
      `${api}.context.setGlobalContextManager(${manager}); ${api}.trace.setGlobalTracerProvider(${provider}({ spanProcessors: [] }))`,
      ['SpandrelSpanProcessor is not there'],
    ],
    ['throw new Error("broken")', ['fails: broken']],
  ])('of a set-up of the program is tried: %s', async (source, expected) => {
    spandrel.write('tracing.cjs', source);
    const { of } = await doctor(['--setup', 'tracing.cjs']);
    expect(problems(of('pipeline')).map(({ says }) => says)).toEqual(
      expected.map((text) => expect.stringContaining(text) as string),
    );
  });
});

describe('backends', () => {
  it.each([
    [200, 'ok', 'took a span'],
    [401, 'problem', 'The key is missing'],
    [404, 'problem', 'not that of an OTLP receiver'],
    [415, 'problem', 'protobuf only'],
    [500, 'problem', 'spans are kept'],
  ])('an answer of %s is said in words', async (status, level, text) => {
    const server = await otlpServer({ status });
    const { code, of } = await doctor([], { PHOENIX_COLLECTOR_ENDPOINT: server.url });
    await server.close();
    const [finding] = of('phoenix');
    expect(finding?.level).toBe(level);
    expect(`${finding?.says} ${finding?.cure}`).toContain(text);
    expect(code).toBe(level === 'ok' ? 0 : 1);
    expect(server.requests).toMatchObject([{ spanNames: ['spandrel doctor'] }]);
  });

  it('that nobody listens at, that are unknown, that lack a key', async () => {
    const env = {
      OTEL_TRACES_EXPORTER: 'otlp,arize,zipkin',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://user:secret@127.0.0.1:9',
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    };
    const { found, stderr } = await doctor([], env);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          check: 'otlp',
          level: 'problem',
          cure: expect.stringContaining('Nothing listens there') as string,
        }),
        expect.objectContaining({
          check: 'arize',
          level: 'problem',
          says: expect.stringContaining('lacks the space id') as string,
        }),
        expect.objectContaining({ check: 'zipkin', level: 'problem' }),
      ]),
    );
    expect(JSON.stringify(found) + stderr).not.toContain('secret');
  });

  it('--offline sends nothing', async () => {
    const server = await otlpServer();
    const { code } = await doctor(['--offline'], { PHOENIX_COLLECTOR_ENDPOINT: server.url });
    await server.close();
    expect({ code, requests: server.requests }).toEqual({ code: 0, requests: [] });
  });
});

describe('the local file', () => {
  it.each<[string, string, Record<string, string | number | undefined>, string, string]>([
    [
      'tokens',
      'cost',
      { ...llm(), 'llm.token_count.prompt': undefined, 'llm.token_count.completion': undefined },
      'warning',
      '1 of 1 model calls have no tokens: call',
    ],
    ['a model name', 'cost', llm({ 'llm.model_name': undefined }), 'warning', '1 model calls have no model name: call'],
    ['a price', 'cost', llm({ 'cost.unpriced_model': 'house-7b' }), 'warning', 'There is no price for house-7b'],
    ['nothing', 'cost', llm(), 'ok', 'All 1 model calls in the local file have a model, tokens and a price'],
    ['a template', 'prompts', llm(), 'info', 'No model call carries a prompt template'],
    [
      'no template',
      'prompts',
      llm({ 'llm.prompt_template.template': 'x' }),
      'ok',
      '1 of 1 model calls carry their prompt template',
    ],
    ['a session', 'sessions', llm(), 'info', 'No span has a session id'],
    ['a real session', 'sessions', llm({ 'session.id': 'undefined' }), 'problem', 'session.id \\"undefined\\"'],
  ])('lacks %s: %s', async (_, check, attributes, level, says) => {
    const given = JSON.parse(JSON.stringify(attributes)) as Record<string, string | number>; // without what is undefined
    spandrel.write('.spandrel/traces.jsonl', line({ id: 'a', name: 'call', attributes: given }));
    const { of } = await doctor();
    expect(of(check)).toContainEqual(
      expect.objectContaining({ level, says: expect.stringContaining(JSON.parse(`"${says}"`) as string) as string }),
    );
  });

  it('a template that is open, but not where the model is called', async () => {
    spandrel.write(
      '.spandrel/traces.jsonl',
      line(
        { id: 'a', name: 'root', attributes: { 'llm.prompt_template.template': 'x' } },
        { id: 'b', parent: 'a', name: 'call', attributes: llm() },
      ),
    );
    const { of } = await doctor();
    expect(of('prompts')).toMatchObject([
      { level: 'warning', says: 'Prompt templates are on 1 spans, but on no model call.' },
    ]);
  });

  it('spans that are outside the session of their trace', async () => {
    spandrel.write(
      '.spandrel/traces.jsonl',
      line({ id: 'a', name: 'root', attributes: { 'session.id': 's' } }, { id: 'b', parent: 'a', name: 'worker' }),
    );
    const { of } = await doctor();
    expect(of('sessions').map(({ says }) => says)).toContain(
      'In 1 traces with a session some spans are outside it: worker.',
    );
  });

  it('that others can read, beside spans that wait to be sent', async () => {
    spandrel.write('.spandrel/traces.jsonl', line({ id: 'a', name: 'x' }));
    spandrel.write('.spandrel/unsent-otlp-x.jsonl', line({ id: 'a', name: 'x' }));
    chmodSync(join(spandrel.directory, '.spandrel/traces.jsonl'), 0o644);
    chmodSync(join(spandrel.directory, '.spandrel/unsent-otlp-x.jsonl'), 0o600);
    const { code, of } = await doctor(['--strict']);
    expect(of('local file')).toMatchObject([
      { level: 'warning', says: expect.stringContaining('Others can read traces.jsonl,') as string },
      { level: 'warning', cure: 'npx spandrel replay' },
    ]);
    expect(code).toBe(1);
  });
});
