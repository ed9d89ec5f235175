// A queue's worker: the job carries the scope of the request that added it, and is a trace of its own or part of that one.
import { captureScope, runInScope, TraceFunction, withMetadata, type CapturedScope } from 'spandrel';
import { main, tracing } from './kit.js';

class Worker {
  @TraceFunction()
  async process(data: { n: number }): Promise<number> {
    return data.n * 2;
  }
}

main(async () => {
  const queue: string[] = [];
  for (const n of [1, 2])
    withMetadata(
      { sessionId: `s-${n}`, userId: 'ada' },
      () => void queue.push(JSON.stringify({ n, scope: captureScope() })),
    );
  for (const job of queue) {
    const { n, scope } = JSON.parse(job) as { n: number; scope: CapturedScope };
    await runInScope(scope, () => new Worker().process({ n }));
  }
  console.log(
    tracing.spans
      .map(
        ({ attributes }) =>
          `${String(attributes['session.id'])} ${String(attributes['user.id'])} ${String(attributes['output.value'])}`,
      )
      .join('\n'),
  );
});
