import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { otlpSpans } from './otlp-spans.mjs';

/** A backend on loopback that takes OTLP over HTTP, on one port all the time, and counts what comes. */
export class Sink {
  /** By span id, of those that were taken. */
  spans = new Map();
  /** How many were taken once more. */
  twice = 0;
  /** Requests, taken or not. */
  requests = 0;
  authorization;
  /** The status of its answers; what is not 200 is not taken. */
  answer = 200;
  url = '';
  #port = 0;
  #server;

  async start() {
    this.#server = createServer((request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const status = this.answer;
        this.requests++;
        this.authorization = request.headers.authorization;
        if (status === 200) this.#take(Buffer.concat(chunks), request.headers);
        response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end();
      });
    });
    await new Promise((listening) => this.#server.listen(this.#port, '127.0.0.1', listening));
    this.#port = this.#server.address().port;
    this.url = `http://127.0.0.1:${this.#port}`;
  }

  async stop() {
    if (!this.#server?.listening) return;
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** Those of the ids that have not arrived. */
  missing(ids) {
    return ids.filter((id) => !this.spans.has(id));
  }

  #take(body, headers) {
    if (headers['content-type'] !== 'application/x-protobuf')
      throw new Error(`not protobuf: ${headers['content-type']}`);
    for (const span of otlpSpans(headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body)) {
      if (this.spans.has(span.spanId)) this.twice++;
      this.spans.set(span.spanId, span);
    }
  }
}
