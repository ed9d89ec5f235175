import { context, createContextKey } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { Run } from '../../lib/span/run.js';

const NAME = createContextKey('the run that is entered');

/** The name of the run that the caller is inside of, or 'consumer'. */
export const where = (): unknown => context.active().getValue(NAME) ?? 'consumer';

/** Runs `fn` as a named consumer. */
export const inside = <R>(name: string, fn: () => R): R => context.with(context.active().setValue(NAME, name), fn);

/** A run that writes down what it is told, in a context of its own. */
export class RecordingRun implements Run {
  readonly log: unknown[][] = [];
  readonly context;

  constructor(readonly name = 'run') {
    this.context = context.active().setValue(NAME, name);
  }

  chunk(value: unknown): void {
    this.log.push(['chunk', value]);
  }

  succeed(value?: unknown): void {
    this.log.push(value === undefined ? ['succeed'] : ['succeed', value]);
  }

  fail(error: unknown): void {
    this.log.push(['fail', error]);
  }

  cancel(): void {
    this.log.push(['cancel']);
  }

  abandon(): void {
    this.log.push(['abandon']);
  }

  get ends(): unknown[][] {
    return this.log.filter(([what]) => what !== 'chunk');
  }

  get chunks(): unknown[] {
    return this.log.filter(([what]) => what === 'chunk').map(([, value]) => value);
  }
}

/** Contexts that follow asynchronous work, for one spec file. */
export function useContexts(): void {
  beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
  afterAll(() => context.disable());
}
