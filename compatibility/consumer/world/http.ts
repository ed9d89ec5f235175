// A server and a client, instrumented by OpenTelemetry's own packages, with ours in between.
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
const instrumentations = [new HttpInstrumentation(), new UndiciInstrumentation()];
import { TraceFunction } from 'spandrel';
import { main } from './kit.js';

class Service {
  constructor(private readonly url: string) {}
  @TraceFunction()
  async answer(): Promise<string> {
    return (await fetch(this.url)).text();
  }
}

main(async () => {
  const { createServer } = await import('node:http');
  const server = createServer((_, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  console.log(await new Service(`http://127.0.0.1:${(server.address() as { port: number }).port}`).answer());
  server.close();
  server.closeAllConnections();
  console.log(instrumentations.length);
});
