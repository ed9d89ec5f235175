import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OtlpRequest {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly spanNames: readonly string[];
}

/** What a receiver does with a request: a status, no answer at all, or a connection that breaks in the middle of the body. */
export type Behaviour = number | 'hang' | 'cut';

export interface OtlpServer {
  readonly url: string;
  readonly requests: OtlpRequest[];
  /** The names of the spans that were taken. */
  taken(): string[];
  behaviour: Behaviour;
  close(): Promise<void>;
}

/** An OTLP/HTTP receiver on loopback that answers as it is told and decodes protobuf bodies. */
export async function otlpServer({
  status = 200,
  port = 0,
}: { status?: Behaviour; port?: number } = {}): Promise<OtlpServer> {
  const requests: OtlpRequest[] = [];
  const taken: string[] = [];
  const server = createServer((request, response) => {
    const { behaviour } = receiver;
    if (behaviour === 'cut') {
      request.once('data', () => request.socket.destroy());
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const proto = request.headers['content-type'] === 'application/x-protobuf';
      const spanNames = proto ? spanNamesOf(Buffer.concat(chunks)) : [];
      requests.push({ path: request.url, headers: request.headers, spanNames });
      if (behaviour === 'hang') return;
      if (behaviour < 300) taken.push(...spanNames);
      response.writeHead(behaviour, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  const receiver: OtlpServer = {
    behaviour: status,
    taken: () => taken,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((closed) => server.close(() => closed()));
    },
  };
  return receiver;
}

/** ExportTraceServiceRequest.resource_spans(1).scope_spans(2).spans(2).name(5) of opentelemetry-proto. */
function spanNamesOf(body: Buffer): string[] {
  const spans = messages(body, 1)
    .flatMap((resource) => messages(resource, 2))
    .flatMap((scope) => messages(scope, 2));
  return spans.flatMap((span) => messages(span, 5)).map(String);
}

/** The length-delimited fields of that number. */
function messages(buffer: Buffer, field: number): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = buffer[at++] as number;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < buffer.length) {
    const tag = varint();
    const length = { 0: () => (varint(), 0), 1: () => 8, 2: varint, 5: () => 4 }[tag & 7]!();
    if ((tag & 7) === 2 && tag >> 3 === field) found.push(buffer.subarray(at, at + length));
    at += length;
  }
  return found;
}
