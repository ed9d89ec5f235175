import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('child.mjs', import.meta.url));

/**
 * Asks one subject the cases of these indexes, in one process while all goes well. A case that hangs or ends the process
 * has failed; the rest go on in a new one. Gives a map of index to { verdict, why? }.
 */
export async function ask(subject, indexes, { sdk, seconds }) {
  const answers = new Map();
  let left = indexes;
  while (left.length > 0) {
    const { index, why } = await askSome(subject, left, answers, sdk, seconds);
    if (index !== undefined) answers.set(index, { verdict: 'failed', why });
    left = left.filter((one) => !answers.has(one));
  }
  return answers;
}

/** Until all are answered or one has hung or crashed; then that one. */
function askSome(subject, indexes, answers, sdk, seconds) {
  return new Promise((resolve, reject) => {
    const process_ = fork(child, [subject, sdk ? 'sdk' : 'none'], {
      execArgv: ['--expose-gc', '--no-warnings'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let errors = '';
    process_.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-2_000)));
    const queue = [...indexes];
    let current;
    let timer;
    let cut = false;
    const next = () => {
      clearTimeout(timer);
      current = queue.shift();
      if (current === undefined) return process_.kill();
      process_.send({ index: current });
      timer = setTimeout(() => {
        cut = true;
        process_.kill('SIGKILL');
      }, seconds * 1_000);
    };
    process_.on('message', ({ ready, index, ...answer }) => {
      if (!ready) answers.set(index, answer);
      next();
    });
    process_.on('exit', () => {
      clearTimeout(timer);
      if (current === undefined && queue.length > 0) return reject(new Error(`${subject} does not start:\n${errors}`));
      resolve(
        current === undefined
          ? {}
          : { index: current, why: cut ? `did not end within ${seconds} s` : `ended the process\n${errors}` },
      );
    });
  });
}
