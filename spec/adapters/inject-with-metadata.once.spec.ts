// @InjectWith where the compiler also writes down the parameters' types (emitDecoratorMetadata), which tsyringe reads by itself.
import 'reflect-metadata';
import * as tsyringe from 'tsyringe';
import ts from 'typescript';
import * as adapter from '../../lib/adapters/tsyringe/index.js';

afterEach(() => tsyringe.container.reset());

function compiled(source: string): any {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  const exports: Record<string, unknown> = {};
  const scope = { ...tsyringe, ...adapter };
  // not node:vm, which has another realm, whose Reflect has no metadata
  new Function('exports', ...Object.keys(scope), outputText)(exports, ...Object.values(scope));
  return exports;
}

it('its tokens replace the types, and parameters without a token keep their defaults', () => {
  const { Service, Database, Replica } = compiled(`
    export class Database {}
    export class Replica extends Database {}
    @singleton() @InjectWith(Replica)
    export class Service {
      constructor(readonly database: Database, readonly more?: Database, readonly retries: number = 3) {}
    }
  `);
  const service = tsyringe.container.resolve<any>(Service);
  expect(service.database).toBeInstanceOf(Replica);
  expect(Database).not.toBe(Replica);
  expect([service.more, service.retries]).toEqual([undefined, 3]);
});

it('a subclass with other tokens leaves its base’s as they are', () => {
  const { Base, Heir, Database, Replica } = compiled(`
    export class Database {}
    export class Replica extends Database {}
    @InjectWith(Database) export class Base { constructor(readonly database: Database) {} }
    @InjectWith(Replica) export class Heir extends Base {}
  `);
  expect(tsyringe.container.resolve<any>(Heir).database).toBeInstanceOf(Replica);
  const { database } = tsyringe.container.resolve<any>(Base);
  expect(database).toBeInstanceOf(Database);
  expect(database).not.toBeInstanceOf(Replica);
});

it('a parameter that has a token by @inject follows the class’s', () => {
  const { Service } = compiled(`
    @InjectWith('outer')
    export class Service { constructor(@inject('inner') readonly name: string) {} }
  `);
  tsyringe.container.register('outer', { useValue: 'outer' }).register('inner', { useValue: 'inner' });
  expect(tsyringe.container.resolve<any>(Service).name).toBe('outer');
});
