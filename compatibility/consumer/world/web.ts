// Express, Fastify, Hono and Nest with a scope a request: twenty at once, each with a session of its own.
import { startExpress } from './express.js';
import { startFastify } from './fastify.js';
import { startHono } from './hono.js';
import { startNest } from './nest.js';
import { main, tracing } from './kit.js';

const START = { express: startExpress, fastify: startFastify, hono: startHono, nest: startNest };

main(async () => {
  const { url, close } = await START[process.argv[2] as keyof typeof START]();
  const ids = Array.from({ length: 20 }, (_, i) => `s-${i}`);
  await Promise.all(
    ids.map((id) => fetch(`${url}/answer`, { headers: { 'x-session-id': id, authorization: 'Bearer ann' } })),
  );
  await close();
  const sessions = new Set(tracing.spans.map(({ attributes }) => attributes['session.id']));
  const users = new Set(tracing.spans.map(({ attributes }) => attributes['user.id']));
  console.log(tracing.spans.length, sessions.size, [...users].join());
  tracing.reset();
});
