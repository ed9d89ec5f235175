// One of two services. `callee`: an HTTP server with a traced handler. `caller <url>`: calls it within a scope, by http and by fetch.
// Prints its port, then at the end its spans.
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici');
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { InMemorySpanExporter, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace');
const { configure, SpandrelSpanProcessor, traced, withMetadata } = require('../../../dist/cjs/index.js');

const exporter = new InMemorySpanExporter();
const toMemory = new SimpleSpanProcessor({ exporter });
const sdk = new NodeSDK({
  spanProcessors: [new SpandrelSpanProcessor(), toMemory],
  instrumentations: [new HttpInstrumentation(), new UndiciInstrumentation()],
  metricReaders: [],
  logRecordProcessors: [],
});
sdk.start();
const http = require('node:http');

const print = async () => {
  await toMemory.forceFlush(); // spans wait for what the SDK finds out of the host
  const spans = exporter.getFinishedSpans().map(({ name, kind, attributes, instrumentationScope }) => ({
    name,
    kind,
    scope: instrumentationScope.name,
    session: attributes['session.id'],
    user: attributes['user.id'],
    metadata: attributes.metadata,
  }));
  console.log(JSON.stringify(spans));
};

const [role, url] = process.argv.slice(2);
if (role === 'callee') {
  configure({ baggage: process.env.BAGGAGE === 'off' ? false : 'receive' });
  const answer = traced(async () => 'ok', { spanName: 'answer' });
  const server = http.createServer((request, response) => void answer().then((text) => response.end(text)));
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
  process.stdin.on('end', async () => {
    server.close();
    server.closeAllConnections();
    await print();
    process.exit(0);
  });
  process.stdin.resume();
} else {
  configure({ baggage: 'send' });
  const viaHttp = () => new Promise((done) => http.get(url, (response) => response.resume().on('end', done)));
  const call = traced(
    async () => {
      await viaHttp();
      await (await globalThis.fetch(url)).text();
    },
    { spanName: 'call' },
  );
  void withMetadata({ sessionId: 's1', userId: 'u1', metadata: { plan: 'private' } }, call).then(async () => {
    await print();
    process.exit(0);
  });
}
