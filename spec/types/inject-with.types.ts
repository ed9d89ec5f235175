import 'reflect-metadata';
import { delay, type InjectionToken } from 'tsyringe';
import { all, InjectWith, optional } from '../../lib/adapters/tsyringe/index.js';

// Which tokens fit a constructor, in both decorator protocols.

class Database {
  readonly rows: readonly string[] = [];
}
class Replica extends Database {
  readonly lag = 0;
}
class Clock {
  readonly now = 0;
}
abstract class Store {
  abstract read(): string;
}
const REGION: unique symbol = Symbol('region');

@InjectWith()
export class None {}

@InjectWith(Replica, 'region', REGION)
export class Widened {
  constructor(
    readonly database: Database,
    protected readonly region: string,
    readonly count: number,
  ) {}
}

@InjectWith(Database)
export class Defaults {
  constructor(
    readonly database: Database,
    readonly clock?: Clock,
    readonly retries = 3,
  ) {}
}

@InjectWith(Database, optional(Clock), all(Replica))
export class Wanting {
  constructor(
    readonly database: Database,
    readonly clock: Clock | undefined,
    readonly replicas: readonly Database[],
  ) {}
}

@InjectWith(Database, Replica)
export class Rest {
  readonly all: readonly Database[];
  constructor(...databases: Database[]) {
    this.all = databases;
  }
}

@InjectWith(delay(() => Later))
export class Sooner {
  constructor(readonly later: Later) {}
}
@InjectWith(Sooner)
export class Later {
  constructor(readonly sooner: Sooner) {}
}

@InjectWith(Database)
export class Generic<T> {
  constructor(
    readonly database: Database,
    readonly value?: T,
  ) {}
}

const anything: InjectionToken = 'anything';
@InjectWith(anything)
export class Untyped {
  constructor(readonly clock: Clock) {}
}

// @ts-expect-error there are 0 tokens, and the constructor needs more
@InjectWith()
export class TooFew {
  constructor(readonly database: Database) {}
}
// @ts-expect-error there are more tokens than the constructor's 1 parameters
@InjectWith(Database, Clock)
export class TooMany {
  constructor(readonly database: Database) {}
}
// @ts-expect-error token 2 gives something else than parameter 2 of the constructor takes
@InjectWith(Database, Database)
export class Swapped {
  constructor(
    readonly database: Database,
    readonly clock: Clock,
  ) {}
}
// @ts-expect-error a base class for a subclass: constructors are not compared both ways
@InjectWith(Database)
export class Narrowed {
  constructor(readonly replica: Replica) {}
}
// @ts-expect-error the clock may be missing
@InjectWith(optional(Clock))
export class Needing {
  constructor(readonly clock: Clock) {}
}
// @ts-expect-error a list for one
@InjectWith(all(Clock))
export class Single {
  constructor(readonly clock: Clock) {}
}
// @ts-expect-error another class, later
@InjectWith(delay(() => Clock))
export class WrongLater {
  constructor(readonly database: Database) {}
}
// @ts-expect-error a value is no token
@InjectWith(7)
export class NoToken {
  constructor(readonly count: number) {}
}
// @ts-expect-error nobody can make an abstract class
@InjectWith(Store)
export class OnAbstract {
  constructor(readonly store: Store) {}
}
// @ts-expect-error nobody but itself can make it
@InjectWith(Clock)
export class Hidden {
  private constructor(readonly clock: Clock) {}
  static make(): Hidden {
    return new Hidden(new Clock());
  }
}
export class Misplaced {
  // @ts-expect-error a method
  @InjectWith(Clock) run(clock: Clock): number {
    return clock.now;
  }
}
// @ts-expect-error no parentheses
@InjectWith
export class Bare {}
