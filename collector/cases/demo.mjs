import assert from 'node:assert/strict';
import { until } from '../until.mjs';

export const demoCases = [
  {
    name: 'the demo, and kill -9 in the middle of it: what its local file has, the backend has',
    async run(stage) {
      await stage.set('persistent-queue.yaml');
      const demo = stage.demo();
      await until(
        () => `the first spans arrive\n${demo.stderr}`,
        () => stage.sink.spans.size > 0,
      );
      await stage.collector.kill();
      const before = stage.sink.spans.size;
      await stage.collector.start();
      assert.equal(await demo.end(), 0, demo.stderr);
      const kept = stage.spansInFiles('unsent').length;
      if (kept > 0) assert.equal(await stage.spandrel('replay', '--to', 'otlp').end(), 0);
      const made = [...new Set(stage.spansInFiles('traces').map(({ spanId }) => spanId))];
      assert.ok(made.length > before, `all ${made.length} spans had arrived when it was killed`);
      await until(
        () => `${stage.sink.missing(made).length} of ${made.length} spans arrive\n${stage.collector.log}`,
        () => stage.sink.missing(made).length === 0,
      );
      assert.deepEqual([...stage.sink.spans.keys()].sort(), made.sort());
      return `${made.length} in the file, ${stage.sink.spans.size} arrived, ${before} before the kill, ${kept} sent by replay`;
    },
  },
];
