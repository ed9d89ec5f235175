import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OtlpRequest {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly spanNames: readonly string[];
}

/** An OTLP/HTTP receiver on loopback that answers `status` and decodes protobuf bodies. */
export async function otlpServer({ status = 200 } = {}): Promise<{
  url: string;
  requests: OtlpRequest[];
  close(): Promise<void>;
}> {
  const requests: OtlpRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const proto = request.headers['content-type'] === 'application/x-protobuf';
      const spanNames = proto ? spanNamesOf(Buffer.concat(chunks)) : [];
      requests.push({ path: request.url, headers: request.headers, spanNames });
      response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((closed) => server.close(() => closed()));
    },
  };
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
