import { GoogleGenAI } from '@google/genai';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TraceLLM } from 'spandrel';
import { main } from './kit.js';

const BODY = {
  candidates: [{ content: { role: 'model', parts: [{ text: 'There.' }] }, finishReason: 'STOP', index: 0 }],
  usageMetadata: { promptTokenCount: 1_000, candidatesTokenCount: 500, totalTokenCount: 1_500 },
  modelVersion: 'small-model',
  responseId: 'r-1',
};

class Service {
  constructor(private readonly client: GoogleGenAI) {}
  @TraceLLM({ modelName: 'small-model' })
  ask() {
    return this.client.models.generateContent({ model: 'small-model', contents: 'Hi' });
  }
}

main(async () => {
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(BODY)),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Service(new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl } })).ask();
  server.close();
  server.closeAllConnections();
});
