// Asks one subject the cases named on the IPC channel, one after another. The parent sees to hangs and crashes.
import { cases } from '../cases/index.mjs';
import { loadSubject } from '../subjects/index.mjs';
import { Tracing } from './tracing.mjs';
import { Trial } from './trial.mjs';
import './fatal-events.mjs';

const [name, withProvider] = process.argv.slice(2);
const subject = await loadSubject(name);
// No case may pass or fail because a package prints.
for (const method of ['log', 'warn', 'error', 'debug', 'info']) console[method] = () => {};

const tracing = withProvider === 'sdk' ? new Tracing((await subject.processors?.()) ?? []) : undefined;

process.on('message', async ({ index }) => {
  const one = cases[index];
  const missing = (one.needs ?? []).find((need) => !subject.has.includes(need));
  if (missing) return process.send({ index, verdict: 'n/a', why: `has no ${missing}` });
  subject.begin?.(one);
  try {
    await one.run(new Trial(subject, tracing));
    process.send({ index, verdict: 'passed' });
  } catch (error) {
    process.send({ index, verdict: 'failed', why: String(error?.message ?? error).slice(0, 2_000) });
  }
});
process.send({ ready: true });
