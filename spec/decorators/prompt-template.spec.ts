import { trace } from '@opentelemetry/api';
import { definePrompt, PromptTemplate, TraceFunction } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';
import { diagLog } from '../support/diag-log.js';

const tracing = testTracing();
const log = diagLog();
afterEach(() => {
  tracing.reset();
  log.warnings.length = 0;
});
afterAll(() => tracing.shutdown());

const note = () => {
  trace.getTracer('another-library').startSpan('note').end();
};
const template = (name = 'note') => {
  const { attributes } = tracing.byName(name);
  const read = (key: string) => attributes[`llm.prompt_template.${key}`];
  return [read('template'), read('version'), read('variables')];
};

describe('the variables are', () => {
  const greeting = definePrompt({ name: 'greeting', version: '3', template: 'Dear {name}, {text}' });
  class Service {
    readonly sender = 'Eve';
    @PromptTemplate(greeting) byProperty(_: { name: string; text: string; other: number }) {
      note();
    }
    @(PromptTemplate(greeting) as any) byParameter(_name: string, name: string, text = 'default') {
      note();
      return text;
    }
    @PromptTemplate(greeting, { name: 'Ann', text: 1 }) fixed() {
      note();
    }
    @PromptTemplate(greeting, ({ args: [text], self }) => ({ name: (self as Service).sender, text })) mapped(_: string) {
      note();
    }
    @PromptTemplate({ template: 'Bye {name}', version: 'v', name: 'bye' }, () => ({ name: ['any', { value: 1 }] })) any() {
      note();
    }
  } // prettier-ignore
  const service = new Service();

  it.each<[string, () => unknown, unknown]>([
    [
      'properties of the first argument',
      () => service.byProperty({ name: 'Ann', text: 'hi', other: 1 }),
      '{"name":"Ann","text":"hi"}',
    ],
    ['parameters of that name', () => service.byParameter('x', 'Ann', 'hi'), '{"name":"Ann","text":"hi"}'],
    ['given values', () => service.fixed(), '{"name":"Ann","text":1}'],
    ['what a function makes of the call', () => service.mapped('hi'), '{"name":"Eve","text":"hi"}'],
  ])('%s', (_, call, variables) => {
    call();
    expect(template()).toEqual(['Dear {name}, {text}', '3', variables]);
    expect(log.warnings).toEqual([]);
  });

  it('of any kind', () => {
    service.any();
    expect(template()).toEqual(['Bye {name}', 'v', '{"name":["any",{"value":1}]}']);
  });
});

it('a mapping that throws leaves the variables out, says so once, and lets the call be', () => {
  class Service {
    @PromptTemplate('Hi {name}', () => {
      throw new Error('no name');
    })
    run() {
      note();
      return 1;
    }
  }
  expect([new Service().run(), new Service().run()]).toEqual([1, 1]);
  expect(tracing.spans[0]?.attributes['llm.prompt_template.variables']).toBe('{"name":"[missing]"}');
  expect(log.warnings.filter((warning) => warning.includes('no name'))).toHaveLength(1);
});

it('without a version, a hash of the text is the version: the same for the same text', () => {
  class Service {
    @PromptTemplate('A') a() {
      note();
    }
    @PromptTemplate({ template: 'A' }) same() {
      note();
    }
    @PromptTemplate('B') b() {
      note();
    }
  }
  const service = new Service();
  service.a();
  service.same();
  service.b();
  const [a, same, b] = tracing.spans.map(({ attributes }) => attributes['llm.prompt_template.version']);
  expect(a).toMatch(/^[0-9a-f]{16}$/);
  expect(same).toBe(a);
  expect(b).not.toBe(a);
});

it('the inner template replaces the outer one whole, and the traced method itself has it', async () => {
  class Service {
    @PromptTemplate('Outer {x}', { x: 1 }) @TraceFunction() async outer() {
      await this.inner();
      await null;
      note();
    }
    @TraceFunction() @PromptTemplate({ template: 'Inner', version: '1' }) async inner() {
      await null;
    }
  }
  await new Service().outer();
  expect(template('Service.inner')).toEqual(['Inner', '1', '{}']);
  expect(template('Service.outer')).toEqual(['Outer {x}', expect.any(String), '{"x":1}']);
  expect(template()).toEqual(['Outer {x}', expect.any(String), '{"x":1}']);
});

it('holds on every step of a stream', async () => {
  class Service {
    @PromptTemplate({ template: 'T', version: '1' }) async *stream() {
      note();
      yield 1;
    }
  }
  const stream = new Service().stream();
  await stream.next();
  expect(template()).toEqual(['T', '1', '{}']);
});

it.each([
  ['{a} { b } {{c}} {{ d }} {a}', ['a', 'b', 'c', 'd']],
  ['{{{triple}}} {{single} {_x1} {$y}', ['triple', 'single', '_x1', '$y']],
  ['{größe} {文本}', ['größe', '文本']],
  ['{"json": {"like": [1, {value}]}} {{ "a": {name} }}', ['value', 'name']],
  ['{0} {1st} {user.name} {a-b} {two words} {…} {} {{}} { } {\n} {open', []],
  ['function () { return }', ['return']],
])('the placeholders of %j are %j', (text, names) => {
  expect(definePrompt({ name: text, template: text }).variableNames).toEqual(names);
});

it('a template of many thousand characters and placeholders is read at once', () => {
  const text = `${'{ "a": 1 } {{'.repeat(5_000)} {name}`;
  expect(definePrompt({ name: 'long', template: text }).variableNames).toEqual(['name']);
});
