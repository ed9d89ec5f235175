import 'reflect-metadata';
import { container, delay, injectable, Lifecycle, scoped, singleton, type Disposable } from 'tsyringe';
import { all, InjectWith, optional } from '../../lib/adapters/tsyringe/index.js';
import { SessionScoped, TraceFunction } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => {
  tracing.reset();
  container.reset();
});
afterAll(() => tracing.shutdown());

class Database {
  find(text: string) {
    return `row of ${text}`;
  }
}
class Clock {
  readonly now = 7;
}
const REGION = Symbol('region');

it('gives the constructor what its tokens stand for, in their order', () => {
  @InjectWith(Database, 'name', REGION)
  class Service {
    constructor(
      readonly database: Database,
      readonly name: string,
      readonly region: string,
    ) {}
  }
  container.register('name', { useValue: 'Ann' });
  container.register(REGION, { useFactory: () => 'eu' });
  const service = container.resolve(Service);
  expect(service).toBeInstanceOf(Service);
  expect(service.database).toBeInstanceOf(Database);
  expect([service.name, service.region]).toEqual(['Ann', 'eu']);
  expect(container.resolve(Service)).not.toBe(service);
});

it('leaves out parameters that have a default, or may be missing', () => {
  @InjectWith(Database, optional('nobody'), optional(Clock))
  class Service {
    constructor(
      readonly database: Database,
      readonly name = 'default',
      readonly clock?: Clock,
      readonly other?: Clock,
      readonly retries = 3,
    ) {}
  }
  const service = container.resolve(Service);
  expect(service).toMatchObject({ name: 'default', clock: { now: 7 }, retries: 3 });
  expect(service.other).toBeUndefined();
});

it('gives nothing to a constructor that could take something', () => {
  @InjectWith()
  class Service {
    constructor(readonly clock?: Clock) {}
  }
  expect(container.resolve(Service).clock).toBeUndefined();
});

it('gives every registration of a token as a list', () => {
  @InjectWith(all('rule'))
  class Rules {
    constructor(readonly rules: readonly string[]) {}
  }
  container.register('rule', { useValue: 'first' }).register('rule', { useValue: 'second' });
  expect(container.resolve(Rules).rules).toEqual(['first', 'second']);
});

it('delays what needs the class that needs it', () => {
  @InjectWith(delay(() => Chicken))
  class Egg {
    readonly name = 'egg';
    constructor(readonly from: Chicken) {}
  }
  @InjectWith(Egg)
  class Chicken {
    readonly name = 'chicken';
    constructor(readonly from: Egg) {}
  }
  expect(container.resolve(Chicken).from.from.name).toBe('chicken');
});

describe.each(['above', 'below'] as const)('with the container’s own decorator %s', (place) => {
  const first = (decorator: (target: any) => void) => (place === 'below' ? decorator : () => undefined);
  const last = (decorator: (target: any) => void) => (place === 'above' ? decorator : () => undefined);

  it('a singleton is made once', () => {
    const itself = singleton();
    @last(itself)
    @InjectWith(Database)
    @first(itself)
    class Service {
      constructor(readonly database: Database) {}
    }
    expect(container.resolve(Service).database).toBeInstanceOf(Database);
    expect(container.createChildContainer().resolve(Service)).toBe(container.resolve(Service));
  });

  it('a container-scoped one is made once for each child', () => {
    const itself = scoped(Lifecycle.ContainerScoped);
    @last(itself)
    @InjectWith('tenant')
    @first(itself)
    class Service {
      constructor(readonly tenant: string) {}
    }
    const [ann, bob] = ['ann', 'bob'].map((useValue) =>
      container.createChildContainer().register('tenant', { useValue }),
    );
    expect(ann!.resolve(Service)).toBe(ann!.resolve(Service));
    expect([ann!.resolve(Service).tenant, bob!.resolve(Service).tenant]).toEqual(['ann', 'bob']);
  });

  it('a resolution-scoped one is shared within one resolution', () => {
    const itself = scoped(Lifecycle.ResolutionScoped);
    @last(itself)
    @InjectWith(Clock)
    @first(itself)
    class Unit {
      constructor(readonly clock: Clock) {}
    }
    @InjectWith(Unit)
    class Part {
      constructor(readonly unit: Unit) {}
    }
    @InjectWith(Unit, Part)
    class Whole {
      constructor(
        readonly unit: Unit,
        readonly part: Part,
      ) {}
    }
    const whole = container.resolve(Whole);
    expect(whole.unit).toBe(whole.part.unit);
    expect(container.resolve(Whole).unit).not.toBe(whole.unit);
  });

  it('a class stands under a token of its own', () => {
    const itself = injectable({ token: 'service' });
    @last(itself)
    @InjectWith(Database)
    @first(itself)
    class Service {
      constructor(readonly database: Database) {}
    }
    expect(container.resolve<Service>('service').database).toBeInstanceOf(Database);
    expect(container.resolve<Service>('service')).toBeInstanceOf(Service);
  });
});

it('a child’s registration takes the place of its parent’s', () => {
  class Replica extends Database {}
  @InjectWith(Database)
  class Service {
    constructor(readonly database: Database) {}
  }
  const child = container.createChildContainer().register(Database, { useClass: Replica });
  expect(child.resolve(Service).database).toBeInstanceOf(Replica);
  expect(container.resolve(Service).database).not.toBeInstanceOf(Replica);
});

it('the container’s hooks see the class and what it needs', () => {
  @InjectWith('name')
  class Service {
    constructor(readonly name: string) {}
  }
  const seen: unknown[] = [];
  container.register('name', { useValue: 'Ann' });
  container.beforeResolution('name', (token) => void seen.push(token));
  container.afterResolution(Service, (_, result) => void seen.push(result), { frequency: 'Once' });
  const service = container.resolve(Service);
  container.resolve(Service);
  expect(seen).toEqual(['name', service, 'name']);
});

it('a disposed container disposes what it made', async () => {
  const disposed: string[] = [];
  @InjectWith('name')
  class Connection implements Disposable {
    constructor(readonly name: string) {}
    async dispose(): Promise<void> {
      await null;
      disposed.push(this.name);
    }
  }
  @InjectWith(Connection)
  class Service {
    constructor(readonly connection: Connection) {}
  }
  const child = container.createChildContainer().register('name', { useValue: 'request 1' });
  child.resolve(Service);
  await child.dispose();
  expect(disposed).toEqual(['request 1']);
  expect(() => child.resolve(Service)).toThrow('disposed');
});

it('a subclass without a constructor takes its base’s tokens, one with its own names its own', () => {
  @InjectWith(Database)
  class Base {
    constructor(readonly database: Database) {}
  }
  @singleton()
  class Heir extends Base {}
  @InjectWith(Clock, Database)
  class Own extends Base {
    constructor(
      readonly clock: Clock,
      database: Database,
    ) {
      super(database);
    }
  }
  expect(container.resolve(Heir).database).toBeInstanceOf(Database);
  expect(container.resolve(Own)).toMatchObject({ clock: { now: 7 }, database: expect.any(Database) });
  expect(container.resolve(Base).database).toBeInstanceOf(Database);
});

it('stands beside ours, and the class stays the token that it is', () => {
  @SessionScoped({ sessionId: 's' })
  @InjectWith(Database)
  @TraceFunction()
  class Service {
    constructor(readonly database: Database) {}
    find(text: string) {
      return this.database.find(text);
    }
  }
  expect(container.resolve(Service).find('Ann')).toBe('row of Ann');
  const { name, attributes } = tracing.spans[0]!;
  expect([name, attributes['session.id']]).toEqual(['Service.find', 's']);
  expect([Service.name, Service.length]).toEqual(['Service', 1]);
});

it('a token that is not registered is named, with the parameter and the class that want it', () => {
  @InjectWith(REGION)
  class Store {
    constructor(readonly region: string) {}
  }
  @InjectWith(Database, Store)
  class Service {
    constructor(
      readonly database: Database,
      readonly store: Store,
    ) {}
  }
  const attempt = () => container.resolve(Service);
  expect(attempt).toThrow(/Cannot inject the dependency "store" at position #1 of "Service" constructor/);
  expect(attempt).toThrow(/Cannot inject the dependency "region" at position #0 of "Store" constructor/);
  expect(attempt).toThrow(/Attempted to resolve unregistered dependency token: "Symbol\(region\)"/);
});

it.each<[string, () => unknown, string]>([
  [
    'a token that is undefined yet',
    () => InjectWith(Database, undefined as never)(class Service {} as never),
    '@InjectWith: token 2 of "Service" is undefined. Where two files import each other, write delay(() => TheClass).',
  ],
  [
    'an optional one that is undefined yet',
    () => InjectWith(optional(undefined as never))(class Service {} as never),
    '@InjectWith: token 1 of "Service" is undefined.',
  ],
  [
    'a value',
    () => InjectWith(7 as never)(class Service {} as never),
    '@InjectWith: token 1 of "Service" is of type number, not a class, a string, a symbol or delay(). A value is registered under a token first.',
  ],
  ['null', () => InjectWith(null as never)(class Service {} as never), 'token 1 of "Service" is null, not a class'],
  [
    'a method',
    () => {
      class Service {
        // @ts-expect-error that is what is tried here
        @InjectWith(Database) run() {}
      }
      return Service;
    },
    '@InjectWith goes on a class: its tokens are those of the constructor.',
  ],
])('throws while decorating for %s', (_, decorating, message) => {
  expect(decorating).toThrow(TypeError);
  expect(decorating).toThrow(message);
});

it('tsyringe alone knows nothing of the same class', () => {
  @injectable()
  class Service {
    constructor(readonly database: Database) {}
  }
  expect(() => container.resolve(Service)).toThrow('TypeInfo not known for "Service"');
});
