// The shape of an AWS Lambda handler: what it made is written before it returns, since the process is frozen then.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { traced, withMetadata } from 'spandrel';
import { startTracing } from 'spandrel/setup';

const directory = mkdtempSync(join(tmpdir(), 'lambda-'));
const tracing = startTracing({ projectName: 'lambda', backends: ['file'], file: { directory }, handleSignals: false });

const work = traced(async (event: { id: string }) => `answered ${event.id}`, { spanName: 'handler' });

export const handler = async (event: { id: string }): Promise<string> => {
  try {
    return await withMetadata({ sessionId: event.id }, () => work(event));
  } finally {
    await tracing.flush();
  }
};

async function invoke(): Promise<void> {
  for (const id of ['a', 'b']) {
    console.log(await handler({ id }));
    console.log(readFileSync(join(directory, 'traces.jsonl'), 'utf8').split('"name":"handler"').length - 1);
  }
  await tracing.shutdown();
}
void invoke();
