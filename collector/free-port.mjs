import { createServer } from 'node:net';

/** A port of loopback that nobody listens on, for a program that cannot choose one and say which. */
export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
