import { PromptTemplate, SessionScoped, TraceAgent, traced, TraceFunction, Untraced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

/** A decorator of somebody else's, in the protocol that is compiled: wraps the method and hides our wrapper. */
function foreign(target: any, context: any, descriptor?: PropertyDescriptor): any {
  const wrap = (method: any) =>
    function (this: unknown, ...args: unknown[]): unknown {
      return method.apply(this, args);
    };
  return descriptor ? { ...descriptor, value: wrap(descriptor.value) } : wrap(target);
}

const one = { sessionId: 's' };

describe('decorators of ours on one method make one span, with one plan', () => {
  class Service {
    @TraceFunction({ spanKind: 'LLM', addCostTracking: false }) @PromptTemplate('T {x}', { x: 1 }) tp() {}
    @PromptTemplate('T {x}', { x: 1 }) @TraceFunction({ spanKind: 'LLM', addCostTracking: false }) pt() {}
    @TraceFunction({ spanKind: 'LLM', addCostTracking: false }) @foreign @PromptTemplate('T {x}', { x: 1 }) tfp() {}
    @PromptTemplate('T {x}', { x: 1 }) @foreign @TraceFunction({ spanKind: 'LLM', addCostTracking: false }) pft() {}
    @foreign @PromptTemplate('T {x}', { x: 1 }) @TraceFunction({ spanKind: 'LLM', addCostTracking: false }) fpt() {}
    @TraceFunction() @foreign @TraceFunction({ spanKind: 'LLM', addCostTracking: false }) @PromptTemplate('T {x}', { x: 1 }) tft() {}
    @TraceFunction() @PromptTemplate('T {x}', { x: 1 }) @TraceFunction({ spanKind: 'LLM', addCostTracking: false }) tpt() {}
    @TraceFunction({ spanKind: 'LLM', addCostTracking: false }) @foreign @PromptTemplate('T {x}', { x: 1 }) @foreign tfpf() {}
  } // prettier-ignore

  it.each(['tp', 'pt', 'tfp', 'pft', 'fpt', 'tft', 'tpt', 'tfpf'] as const)('%s', (method) => {
    new Service()[method]();
    expect(tracing.spans.map(({ name }) => name)).toEqual([`Service.${method}`]);
    expect(tracing.spans[0]?.attributes).toMatchObject({
      'openinference.span.kind': 'LLM',
      'llm.prompt_template.variables': '{"x":1}',
    });
  });
});

describe('a class’s decorators', () => {
  it('hold for its own public methods, and the method’s explicit word beats them', () => {
    const hidden = Symbol('hidden');
    class Base {
      inherited() {}
    }
    @TraceFunction({ spanKind: 'TOOL', captureArgs: false })
    class Service extends Base {
      plain(_: number) {}
      classify(_: number) {}
      @TraceFunction({ spanKind: 'RETRIEVER' }) own(_: number) {}
      @Untraced() left() {}
      @PromptTemplate('T') prompted() {}
      [hidden]() {}
      static make() {}
      get accessor() {
        return 1;
      }
    }
    const service = new Service();
    service.plain(1);
    service.classify(1);
    service.own(1);
    service.left();
    service.prompted();
    service.inherited();
    service[hidden]();
    Service.make();
    expect(service.accessor).toBe(1);
    expect(
      tracing.spans.map(({ name, attributes }) => [
        name,
        attributes['openinference.span.kind'],
        attributes['input.value'],
      ]),
    ).toEqual([
      ['Service.plain', 'TOOL', undefined],
      ['Service.classify', 'TOOL', undefined],
      ['Service.own', 'RETRIEVER', undefined],
      ['Service.prompted', 'TOOL', undefined],
      ['Service.[hidden]', 'TOOL', undefined],
      ['Service.make', 'TOOL', undefined],
    ]);
    expect(tracing.spans[3]?.attributes['llm.prompt_template.template']).toBe('T');
  });

  it('nest their scopes outside the method’s', () => {
    @SessionScoped({ ...one, tags: ['class'], metadata: { a: 1, b: 1 } })
    class Service {
      @SessionScoped({ tags: ['method'], metadata: { b: 2 } })
      @TraceFunction()
      run() {}
    }
    new Service().run();
    expect(tracing.byName('Service.run').attributes).toMatchObject({
      'session.id': 's',
      'tag.tags': ['class', 'method'],
      metadata: '{"a":1,"b":2}',
    });
  });

  it('make an agent of each method', () => {
    @TraceAgent({ agentName: 'writer', agentRole: 'Author' })
    class Writer {
      draft() {}
      @TraceFunction({ spanKind: 'TOOL' }) look() {}
      @TraceAgent({ agentName: 'editor' }) edit() {}
    }
    const writer = new Writer();
    writer.draft();
    writer.look();
    writer.edit();
    expect(
      tracing.spans.map(({ name, attributes }) => [name, attributes['agent.name'], attributes['agent.role']]),
    ).toEqual([
      ['agent.writer.draft', 'writer', 'Author'],
      ['Writer.look', undefined, undefined],
      ['agent.editor', 'editor', 'Author'],
    ]);
  });

  it('are not applied again to what a parent’s decorator traced', () => {
    @TraceFunction({ spanKind: 'TOOL' })
    class Parent {
      run() {
        return 'parent';
      }
    }
    @TraceFunction({ spanKind: 'CHAIN' })
    class Child extends Parent {
      override run() {
        return `${super.run()} child`;
      }
    }
    class Grandchild extends Child {}
    expect(new Grandchild().run()).toBe('parent child');
    expect(tracing.spans.map(({ name }) => name)).toEqual(['Parent.run', 'Child.run']);
  });
});

describe('what our decorators leave as it is', () => {
  const seen: unknown[] = [];
  /** Notes the function that it is given. */
  const note = (target: any, _: unknown, descriptor?: PropertyDescriptor): any =>
    void seen.push(descriptor ? descriptor.value : target);
  beforeEach(() => (seen.length = 0));

  it('@Untraced() alone gives the very function', () => {
    class Service {
      @Untraced() @note run() {}
    }
    expect(seen).toEqual([Service.prototype.run]);
  });

  it('a further decorator of ours gives the function that the first one made', () => {
    class Service {
      @SessionScoped(one) @note @PromptTemplate('T') @note @TraceFunction() run() {}
    }
    const { run } = Service.prototype;
    expect(seen).toEqual([run, run]);
  });

  it('a class’s decorator leaves the function of a foreign one in its place, round ours', () => {
    @SessionScoped(one)
    class Service {
      @note @foreign @TraceFunction() run() {}
    }
    expect(seen).toEqual([Service.prototype.run]);
    new Service().run();
    expect(tracing.byName('Service.run').attributes['session.id']).toBe('s');
  });
});

it('a method that has been called is amended all the same', () => {
  class Service {
    run() {}
  }
  const last = () => tracing.spans.at(-1)?.attributes;
  const service = new Service();
  TraceFunction()(Service as never);
  service.run();
  TraceFunction({ spanKind: 'TOOL' })(Service as never);
  service.run();
  expect(last()).toMatchObject({ 'openinference.span.kind': 'TOOL' });
  SessionScoped(one)(Service as never);
  service.run();
  expect(last()).toMatchObject({ 'openinference.span.kind': 'TOOL', 'session.id': 's' });
});

it('the same value may be given twice, a list by its items', () => {
  const given = (again: object) => () => {
    class Service {
      @TraceFunction({ captureArgs: ['a', 'b'] }) @TraceFunction(again) run(_a: number, _b: number) {}
    }
    return Service;
  };
  expect(given({ captureArgs: ['a', 'b'] })).not.toThrow();
  for (const captureArgs of [['a'], ['a', 'b', 'c'], ['b', 'a']])
    expect(given({ captureArgs })).toThrow('is given captureArgs twice, an object and an object. Give it once.');
  expect(given({ captureArgs: false })).toThrow('is given captureArgs twice, false and an object.');
  const named = () => {
    class Service {
      @TraceFunction({ spanName: () => 'a' }) @TraceFunction({ spanName: 'b' }) run() {}
    }
    return Service;
  };
  expect(named).toThrow('is given spanName twice, "b" and a function.');
});

it('two explicit values that differ throw while decorating; undefined counts as not given', () => {
  expect(() => {
    class Service {
      @TraceFunction({ spanKind: 'LLM' }) @TraceFunction({ spanKind: 'TOOL' }) run() {}
    }
    return Service;
  }).toThrow('@TraceFunction: "run" is given spanKind twice, "TOOL" and "LLM". Give it once.');
  expect(() => {
    class Service {
      @TraceFunction({ spanKind: 'LLM' }) @TraceAgent({ agentName: 'a' }) run() {}
    }
    return Service;
  }).toThrow('is given spanKind twice, "AGENT" and "LLM"');
  class Service {
    @TraceFunction({ spanName: undefined }) @TraceFunction({ spanName: 'named' }) run() {}
  }
  new Service().run();
  expect(tracing.spans.map(({ name }) => name)).toEqual(['named']);
});

it('traced() round a traced function makes a new one and leaves the other as it is', () => {
  const inner = traced((x: number) => x, { spanName: 'inner', spanKind: 'TOOL' });
  const outer = traced(inner, { spanName: 'outer' });
  expect(outer).not.toBe(inner);
  outer(1);
  inner(2);
  expect(tracing.spans.map(({ name, attributes }) => [name, attributes['openinference.span.kind']])).toEqual([
    ['outer', 'TOOL'],
    ['inner', 'TOOL'],
  ]);
});

it('a traced method that is copied to another class keeps its plan there, and amending one leaves the other', () => {
  class Source {
    @TraceFunction({ spanKind: 'TOOL' }) run() {}
  }
  class Other {
    declare run: () => void;
  }
  Other.prototype.run = Source.prototype.run;
  TraceFunction({ spanName: 'other' })(Other);
  new Other().run();
  new Source().run();
  expect(tracing.spans.map(({ name, attributes }) => [name, attributes['openinference.span.kind']])).toEqual([
    ['other', 'TOOL'],
    ['Source.run', 'TOOL'],
  ]);
});
