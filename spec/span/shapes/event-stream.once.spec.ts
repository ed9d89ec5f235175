import { EventEmitter } from 'node:events';
import { settle } from '../../../lib/span/settle.js';
import { RecordingRun, useContexts } from '../../support/shapes-recording-run.js';

// The stream helpers of the model SDKs, as far as a watcher can see them; model-sdks.once.spec.ts has the real ones.

useContexts();

class Helper extends EventEmitter {
  ended = false;
  aborted = false;
  errored = false;
  error: unknown;
  async done(): Promise<void> {
    if (this.errored || this.aborted) throw this.error;
  }
  finish(state: object = {}): void {
    Object.assign(this, { ended: true, ...state });
    this.emit('end');
  }
}
const answering = (name: string, answer: () => unknown = async () => 'answer') =>
  Object.assign(new Helper(), { [name]: answer });
const watch = <T>(value: T): { value: T; run: RecordingRun } => {
  const run = new RecordingRun();
  expect(settle(value, run)).toBe(value);
  return { value, run };
};
const turn = () => new Promise((next) => setImmediate(next));

describe.each([
  ['finalChatCompletion', 'chunk'],
  ['finalResponse', 'event'],
  ['finalMessage', 'streamEvent'],
])('a helper with %s()', (answer, event) => {
  test('tells each chunk, and its answer at the end', async () => {
    const { value, run } = watch(answering(answer));
    for (const chunk of [1, 2]) value.emit(event, chunk);
    value.emit('other', 3);
    expect(run.log).toEqual([['chunk', 1], ['chunk', 2]]); // prettier-ignore
    value.finish();
    await turn();
    expect(run.ends).toEqual([['succeed', 'answer']]);
  });

  test('is listened to for its chunks and its end alone', () => {
    expect(watch(answering(answer)).value.eventNames()).toEqual([event, 'end']);
  });

  test('that has ended before it is returned gives its answer', async () => {
    const ended = answering(answer);
    ended.finish();
    const { value, run } = watch(ended);
    await turn();
    expect(run.log).toEqual([['succeed', 'answer']]);
    expect(value.eventNames()).toEqual([]);
  });

  test('that is aborted is cancelled, before or after the return', async () => {
    const { value, run } = watch(answering(answer));
    value.finish({ aborted: true, errored: true, error: new Error('aborted') });
    const late = watch(value);
    await turn();
    expect([run.log, late.run.log]).toEqual([[['cancel']], [['cancel']]]);
  });

  test('that fails does so with its own error', async () => {
    const error = new Error('overloaded');
    const { value, run } = watch(answering(answer, () => Promise.reject(new Error('no answer'))));
    value.finish({ errored: true, error });
    await turn();
    expect(run.log).toEqual([['fail', error]]);
  });

  test('without an answer fails as that does', async () => {
    const error = new Error('stream ended without an answer');
    const { value, run } = watch(answering(answer, () => Promise.reject(error)));
    value.finish();
    await turn();
    expect(run.log).toEqual([['fail', error]]);
  });

  test('returned by two calls tells both', async () => {
    const { value, run } = watch(answering(answer));
    const other = watch(value).run;
    value.emit(event, 1);
    value.finish();
    await turn();
    for (const { log } of [run, other]) expect(log).toEqual([['chunk', 1], ['succeed', 'answer']]); // prettier-ignore
  });
});

test.each<[string, object]>([
  ['an emitter', new EventEmitter()],
  ['an emitter that is done', new Helper()],
  ['an emitter with an answer', Object.assign(new EventEmitter(), { finalMessage: () => 1 })],
  ['an answer without events', { finalMessage: () => 1, done: () => 1 }],
])('%s is a plain value', (_, plain) => {
  expect(watch(plain).run.log).toEqual([['succeed', plain]]);
});
