// Each thread has tracing of its own.
import { isMainThread, Worker } from 'node:worker_threads';
import { TraceFunction } from 'spandrel';
import { main } from './kit.js';

class Service {
  @TraceFunction()
  async answer(): Promise<string> {
    return 'ok';
  }
}

main(async () => {
  await new Service().answer();
  if (isMainThread)
    await new Promise((resolve, reject) =>
      new Worker(new URL(import.meta.url)).once('exit', resolve).once('error', reject),
    );
});
