// Another vendor has registered a provider first: startTracing changes nothing and says what to add.
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { context } from '@opentelemetry/api';
import { TraceFunction } from 'spandrel';
import { startTracing } from 'spandrel/setup';

class Service {
  @TraceFunction()
  async answer(): Promise<string> {
    return 'ok';
  }
}

async function main(): Promise<void> {
  const exporter = new InMemorySpanExporter();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  const theirs = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  trace.setGlobalTracerProvider(theirs);
  const said: string[] = [];
  const { write } = process.stderr;
  process.stderr.write = ((text: string) => said.push(text) > 0) as never;
  const tracing = startTracing({ projectName: 'consumer', backends: ['file'] });
  await new Service().answer();
  await theirs.forceFlush();
  process.stderr.write = write;
  console.log(
    exporter
      .getFinishedSpans()
      .map(({ name }) => name)
      .join(),
  );
  console.log(said.some((text) => text.includes('backendProcessors')));
  await tracing.shutdown();
}
void main();
