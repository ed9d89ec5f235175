import 'reflect-metadata';
import * as tsyringe from 'tsyringe';
import ts from 'typescript';
import * as spandrel from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => {
  tracing.reset();
  tsyringe.container.reset();
});
afterAll(() => tracing.shutdown());
const names = () => tracing.spans.map(({ name }) => name);

/** Compiles classes in the protocol that a container's users compile them in, and gives what the source returns. */
function compiled(source: string, protocol: 'standard' | 'legacy'): any {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      ...(protocol === 'legacy' && { experimentalDecorators: true, emitDecoratorMetadata: true }),
    },
  });
  const exports: Record<string, unknown> = {};
  // not node:vm, which has another realm, whose Reflect has no metadata
  new Function('exports', ...Object.keys(scope), outputText)(exports, ...Object.values(scope));
  return exports;
}
const scope = { ...tsyringe, ...spandrel };

it('under legacy decorators, constructor injection reads the same types through ours', () => {
  const { Service, Database } = compiled(
    `
    @singleton() @TraceFunction()
    export class Database { query(text: string) { return 'row of ' + text; } }

    @SessionScoped({ sessionId: 's' }) @injectable() @TraceFunction()
    export class Service {
      constructor(readonly database: Database, @inject('name') readonly name: string) {}
      @TraceFunction({ spanKind: 'TOOL' }) find(): string { return this.database.query(this.name); }
    }
    `,
    'legacy',
  );
  tsyringe.container.registerInstance('name', 'Ann');
  const service = tsyringe.container.resolve<any>(Service);
  expect(service).toBeInstanceOf(Service);
  expect(service.database).toBe(tsyringe.container.resolve(Database));
  expect(service.find()).toBe('row of Ann');
  expect(names()).toEqual(['Database.query', 'Service.find']);
  expect(tracing.spans.map(({ attributes }) => attributes['session.id'])).toEqual(['s', 's']);
  expect(Reflect.getMetadata('design:returntype', Service.prototype, 'find')).toBe(String);
});

it.each(['standard', 'legacy'] as const)(
  'under %s decorators, classes stay the tokens that they are, above and below the container’s decorators',
  (protocol) => {
    const { Above, Below, Scoped, Base } = compiled(
      `
      export class Base { base() { return 'base'; } }
      @TraceFunction() @singleton() export class Above { run() { return this; } }
      @singleton() @TraceFunction() export class Below extends Base { run() { return super.base(); } }
      @scoped(Lifecycle.ContainerScoped) @TraceAgent({ agentName: 'a' }) export class Scoped { run() { return 1; } }
      `,
      protocol,
    );
    const { container } = tsyringe;
    expect(container.resolve(Above)).toBe(container.resolve(Above));
    expect(container.resolve<any>(Above).run()).toBe(container.resolve(Above));
    expect(container.resolve<any>(Below).run()).toBe('base');
    expect(container.resolve(Below)).toBeInstanceOf(Base);
    const child = container.createChildContainer();
    expect(child.resolve(Scoped)).toBe(child.resolve(Scoped));
    expect(child.resolve(Scoped)).not.toBe(container.createChildContainer().resolve(Scoped));
    child.resolve<any>(Scoped).run();
    expect(names()).toEqual(['Above.run', 'Below.run', 'agent.a.run']);
  },
);
