// Langfuse's processor in the provider, ours in front of it: what it sends has our attributes.
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';
import { createServer } from 'node:http';
import { configure, SpandrelSpanProcessor } from 'spandrel';
import { Service } from './made-up-model.js';

async function main(): Promise<void> {
  const bodies: Buffer[] = [];
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => void bodies.push(chunk));
    request.on('end', () => response.end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  // it sends what speaks GenAI's names
  configure({ modelCosts: { 'small-model': { input: 0.25, output: 1.25 } }, conventions: ['gen_ai'] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  const theirs = new LangfuseSpanProcessor({
    publicKey: 'pk-none',
    secretKey: 'none',
    baseUrl,
  }) as unknown as SpanProcessor;
  const provider = new TracerProvider({ spanProcessors: [new SpandrelSpanProcessor(), theirs] });
  trace.setGlobalTracerProvider(provider);
  await new Service().ask('small-model');
  await provider.forceFlush();
  await provider.shutdown();
  const sent = Buffer.concat(bodies).toString('latin1');
  console.log(
    ['chat small-model', 'openinference.span.kind', 'cost.total_usd'].filter((text) => sent.includes(text)).join(),
  );
  server.close();
  server.closeAllConnections();
}
void main();
