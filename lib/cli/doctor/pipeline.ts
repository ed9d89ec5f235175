import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { trace, type Span } from '@opentelemetry/api';
import { withMetadata } from '../../blocks/with-metadata.js';
import { SESSION_ID } from '../../conventions/openinference.js';
import { startTracing } from '../../setup/index.js';
import { registeredProvider } from '../../setup/registered-provider.js';
import { findings, type Finding } from './finding.js';

const found = findings('pipeline');
const SESSION = 'spandrel-doctor';

/**
 * Makes a span, and looks at it: through the program's own set-up where `file` names it, else through startTracing(). The
 * program's set-up sends it to the program's backends.
 */
export async function checkPipeline(file: string | undefined): Promise<Finding[]> {
  const what = file === undefined ? 'startTracing()' : `the set-up in ${file}`;
  const tracing =
    file === undefined ? startTracing({ backends: [], handleSignals: false, spanProcessors: [keeps] }) : undefined;
  try {
    if (file !== undefined) await import(pathToFileURL(resolve(file)).href);
    return await probe(what);
  } catch (error) {
    return [found.problem(`${what} fails: ${(error as Error).message}`, 'See the message.')];
  } finally {
    await tracing?.shutdown();
    if (file !== undefined)
      await (registeredProvider() as { forceFlush?(): Promise<void> } | undefined)?.forceFlush?.();
  }
}

/** A provider without processors makes spans that record nothing. */
const keeps = {
  onStart: () => {},
  onEnd: () => {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

async function probe(what: string): Promise<Finding[]> {
  if (registeredProvider() === undefined)
    return [
      found.problem(
        `After ${what} no tracer provider is registered with the copy of @opentelemetry/api that spandrel uses.`,
        'Call startTracing() there, or the start() of your SDK; and see the check "packages" for two copies of the API.',
      ),
    ];
  return withMetadata({ sessionId: SESSION }, () =>
    trace.getTracer('spandrel doctor').startActiveSpan('spandrel doctor', async (span) => {
      const before = trace.getActiveSpan() === span;
      await new Promise((later) => setImmediate(later));
      const after = trace.getActiveSpan() === span;
      span.end();
      return lookAt(what, span, before, after);
    }),
  );
}

function lookAt(what: string, span: Span, before: boolean, after: boolean): Finding[] {
  if (!span.spanContext().traceFlags)
    return [
      found.problem(
        `${what} makes no span that is recorded: its sampler leaves it out, or two versions of @opentelemetry/api are installed.`,
        'See the checks "settings" and "packages".',
      ),
    ];
  const { attributes } = span as { attributes?: Record<string, unknown> };
  return [
    found.ok(`${what} makes spans.`),
    before && after
      ? found.ok('The context manager carries the active span across await.')
      : found.problem(
          `There is no context manager after ${what}: spans have no parents, and sessions do not reach them.`,
          'context.setGlobalContextManager(new AsyncLocalStorageContextManager()), as NodeSDK does.',
        ),
    attributes?.[SESSION_ID] === SESSION
      ? found.ok('SpandrelSpanProcessor puts session, user and prompt on the spans of every library.')
      : found.problem(
          'SpandrelSpanProcessor is not there: spans of other libraries carry no session, user or prompt, and their secrets are not withheld.',
          'spanProcessors: [new SpandrelSpanProcessor(), ...backendProcessors(options)]',
        ),
  ];
}
