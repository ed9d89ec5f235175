import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { forgetScopeSupport } from '../../lib/context/scope-support.js';
import { traced, withMetadata } from '../../lib/index.js';
import { diagLog } from '../support/diag-log.js';
import { TracerProvider } from '@opentelemetry/sdk-trace';

beforeEach(() => forgetScopeSupport());
afterEach(() => {
  context.disable();
  trace.disable();
});

const scoped = () => withMetadata({ sessionId: 's1' }, () => traced(() => 1)());
const warnings = () => {
  const log = diagLog();
  scoped();
  scoped();
  log.stop();
  return log.warnings.map((text) => text.slice(0, 60));
};

it('nothing is said without an SDK: nobody would see a scope', () => {
  expect(warnings()).toEqual([]);
});

it('no context manager: one warning, with the cure', () => {
  trace.setGlobalTracerProvider(new TracerProvider());
  expect(warnings()).toEqual(['spandrel: no context manager is registered, so scopes (sessi']);
});

it('no processor: one warning, with the cure', () => {
  trace.setGlobalTracerProvider(new TracerProvider());
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  expect(warnings()).toEqual(['spandrel: no SpandrelSpanProcessor is in place, so session, ']);
});

it('both in place: nothing', async () => {
  const { SpandrelSpanProcessor } = await import('../../lib/index.js');
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SpandrelSpanProcessor()] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  expect(warnings()).toEqual([]);
});
