import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TraceLLM } from 'spandrel';
import { main } from './kit.js';

const BODY = {
  output: { message: { role: 'assistant', content: [{ text: 'There.' }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 1_000, outputTokens: 500, totalTokens: 1_500 },
  metrics: { latencyMs: 5 },
};

class Service {
  constructor(private readonly client: BedrockRuntimeClient) {}
  @TraceLLM({ modelName: 'small-model' })
  ask() {
    return this.client.send(
      new ConverseCommand({ modelId: 'small-model', messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }),
    );
  }
}

main(async () => {
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(BODY)),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new BedrockRuntimeClient({
    endpoint,
    region: 'us-east-1',
    requestHandler: new NodeHttpHandler(),
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  await new Service(client).ask();
  client.destroy();
  server.close();
  server.closeAllConnections();
});
