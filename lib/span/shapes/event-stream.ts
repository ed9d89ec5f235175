import { NOT_THIS_SHAPE, type Run, type Shape } from '../run.js';
import { methodOf } from './methods.js';
import { Watch } from './watch.js';
import { remember } from './watched.js';

/** What the stream helpers of the model SDKs call their complete answer, and the event for each chunk of it. */
const KINDS = [
  { answer: 'finalChatCompletion', chunk: 'chunk' }, // openai: chat.completions.stream(), runTools()
  { answer: 'finalResponse', chunk: 'event' }, // openai: responses.stream()
  { answer: 'finalMessage', chunk: 'streamEvent' }, // @anthropic-ai/sdk: messages.stream()
] as const;

/**
 * A stream helper of an SDK: it sends its request by itself, emits events, and can be iterated or awaited through one of its
 * methods. Only 'end' and the chunks are listened to: asked for `done()` or told of 'error' before the end, such a stream
 * takes its failure for handled, and one that nobody handles would be silent.
 */
export const eventStream: Shape = (value, run) => {
  const on = methodOf(value, 'on');
  const kind = on && methodOf(value, 'done') && KINDS.find(({ answer }) => methodOf(value, answer));
  if (!on || !kind) return NOT_THIS_SHAPE;
  const watch = new Watch(run);
  remember(value, watch);
  if (Reflect.get(value, 'ended')) {
    finish(value, kind.answer, watch);
    return value;
  }
  Reflect.apply(on, value, [kind.chunk, (chunk: unknown) => watch.chunk(chunk)]);
  listenForEnd(on, value, kind.answer, watch);
  watch.abandonWithout(value);
  return value;
};

function listenForEnd(on: (...args: never) => unknown, stream: object, answer: string, run: Watch): void {
  Reflect.apply(on, stream, [
    'end',
    () => {
      run.started();
      finish(stream, answer, run);
    },
  ]);
}

/** At 'end' the stream has decided whether its failure went unheard, so asking it changes nothing any more. */
function finish(stream: object, answer: string, run: Run): void {
  const failed = (error: unknown): void => run.fail(error);
  if (Reflect.get(stream, 'aborted')) return run.cancel();
  const outcome = methodOf(stream, Reflect.get(stream, 'errored') ? 'done' : answer);
  Promise.resolve(outcome?.call(stream)).then((value) => run.succeed(value), failed);
}
