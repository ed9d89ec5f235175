import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';

let events = [];
process.on('unhandledRejection', (reason) => void events.push(['unhandledRejection', reason]));
process.on('uncaughtException', (error) => void events.push(['uncaughtException', error]));

/** Long enough for what a test leaves behind to fail: nothing in the cases takes longer than a few turns of the event loop. */
export async function settled() {
  for (let i = 0; i < 5; i++) await turn();
  await wait(2);
  await turn();
}

/** What would have ended the process while `use` ran, and after it. */
export async function fatalEvents(use) {
  await settled();
  events = [];
  await use();
  await settled();
  return events;
}
