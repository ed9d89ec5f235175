// Two copies of the package in one process, one by import and one by require: one span a call, one set of settings.
import { createRequire } from 'node:module';
import { configure, TraceFunction } from 'spandrel';
import { main, tracing } from './kit.js';

const other = createRequire(import.meta.url)('spandrel') as typeof import('spandrel');

class Service {
  @TraceFunction()
  answer(secret: string): string {
    return other.traced(() => secret, { spanName: 'theirs' })();
  }
}

main(async () => {
  configure({ captureArgs: false });
  new Service().answer('x');
  other.withMetadata({ sessionId: 's-1' }, () => new Service().answer('y'));
  console.log(
    tracing.spans
      .map(({ name, attributes }) => `${name} ${String(attributes['input.value'])} ${String(attributes['session.id'])}`)
      .join('\n'),
  );
});
