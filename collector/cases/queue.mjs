import assert from 'node:assert/strict';
import { pause, until } from '../until.mjs';

const CONFIG = 'persistent-queue.yaml';
const SPANS = 300;

/** Why the one configuration has no batch processor, and what the other costs. */
const IN_MEMORY = {
  'a batch processor before the queue loses what it holds, by kill -9': {
    config: CONFIG,
    ...held((wait) => [`processors::batch::timeout: ${wait}`, 'service::pipelines::traces::processors: [batch]']),
  },
  'tail sampling loses the traces that it waits for, by kill -9': {
    config: 'tail-sampling.yaml',
    ...held((wait) => [`processors::tail_sampling::decision_wait: ${wait}`]),
  },
};

/** Settings with which it holds spans, and with which it lets them go. */
function held(waiting) {
  return { hold: waiting('1h'), letGo: waiting('1s') };
}

export const queueCases = [
  ...['http/protobuf', 'grpc'].map((protocol) => ({
    name: `${protocol}: every span arrives, those of 5 MB too`,
    async run(stage) {
      await stage.set(CONFIG, { env: { BACKEND_AUTHORIZATION: 'Bearer a-key' } });
      const program = stage.program('steady', { spans: 3, bytes: 5_000_000 }, { protocol });
      const made = await idsOf(program);
      const counts = await allArrived(stage, made);
      assert.deepEqual(stage.spansInFiles('unsent'), [], program.stderr);
      assert.equal(stage.sink.authorization, 'Bearer a-key');
      return counts;
    },
  })),

  {
    name: 'kill -9 in the middle of a run, and back after a second: every span arrives',
    async run(stage) {
      await stage.set(CONFIG);
      const program = stage.program('steady', { spans: SPANS });
      await said(program, SPANS / 3);
      await stage.collector.kill();
      const before = stage.sink.spans.size;
      await pause(1_000);
      await stage.collector.start();
      const made = await idsOf(program);
      assert.ok(before < made.length, 'it was killed when all was over');
      const counts = await allArrived(stage, made);
      assert.deepEqual(stage.spansInFiles('unsent'), [], program.stderr);
      return counts;
    },
  },

  {
    name: 'kill -9 in the middle of a run, while the backend answers 503: every span arrives',
    async run(stage) {
      await stage.set(CONFIG);
      stage.sink.answer = 503;
      const program = stage.program('steady', { spans: SPANS });
      await said(program, SPANS / 2);
      await stage.collector.kill();
      await stage.collector.start();
      const made = await idsOf(program);
      assert.equal(stage.sink.spans.size, 0);
      assert.ok(stage.sink.requests > 0, 'the backend was never asked');
      stage.sink.answer = 200;
      return allArrived(stage, made);
    },
  },

  ...['SIGKILL', 'SIGTERM'].map((signal) => ({
    name: `the backend is down, the Collector ends by ${signal} and starts anew, the backend is back: every span arrives`,
    async run(stage) {
      await stage.set(CONFIG);
      await stage.sink.stop();
      const made = await idsOf(stage.program('steady', { spans: SPANS, everyMs: 5 }));
      assert.deepEqual(stage.spansInFiles('unsent'), [], 'the Collector has not taken all');
      await (signal === 'SIGKILL' ? stage.collector.kill() : stage.collector.stop());
      await stage.collector.start();
      assert.equal(stage.sink.spans.size, 0);
      await stage.sink.start();
      return allArrived(stage, made);
    },
  })),

  {
    name: 'a full queue: the program keeps what the Collector does not take, and sends it later',
    async run(stage) {
      await stage.set(CONFIG, { changes: ['exporters::otlp_http::sending_queue::queue_size: 2000000'] });
      await stage.sink.stop();
      const made = await idsOf(stage.program('steady', { spans: SPANS * 2, bytes: 10_000 }));
      const kept = new Set(stage.spansInFiles('unsent').map(({ spanId }) => spanId));
      assert.ok(kept.size > 0, 'nothing was refused');
      assert.ok(kept.size < made.length, 'nothing was taken');
      await stage.sink.start();
      await arrived(
        stage,
        made.filter((id) => !kept.has(id)),
      );
      made.push(...(await idsOf(stage.program('steady', { spans: 1 }))));
      const counts = await allArrived(stage, made);
      assert.deepEqual(stage.spansInFiles('unsent'), []);
      return `${counts}, ${kept.size} of them kept by the program meanwhile`;
    },
  },

  ...Object.entries(IN_MEMORY).map(([name, { config, hold, letGo }]) => ({
    name,
    async run(stage) {
      await stage.set(config, { env: { SHARE: '100' }, changes: hold });
      const made = await idsOf(stage.program('steady', { spans: 50 }));
      assert.deepEqual(stage.spansInFiles('unsent'), [], 'the Collector has not taken all');
      await stage.collector.kill();
      await stage.collector.start(letGo);
      await arrived(stage, await stage.collector.take(1)); // what was in the queue came before
      assert.equal(stage.sink.missing(made).length, made.length);
      return `${made.length} made and taken, none arrived`;
    },
  })),

  {
    name: 'an answer of 429, 502, 503 or 504 is tried again; any other refusal drops what the Collector had taken',
    async run(stage) {
      await stage.set(CONFIG);
      const dropped = [];
      for (const status of [400, 401, 403, 404, 413, 415, 429, 500, 502, 503, 504]) {
        const asked = stage.sink.requests;
        stage.sink.answer = status;
        const ids = await stage.collector.take(3);
        await until(
          () => `the backend is asked, and answers ${status}`,
          () => stage.sink.requests > asked,
        );
        stage.sink.answer = 200;
        await arrived(stage, await stage.collector.take(1));
        if (AGAIN.includes(status)) await arrived(stage, ids);
        else dropped.push(...ids);
      }
      assert.deepEqual(stage.sink.missing(dropped), dropped);
      return `dropped: ${dropped.length} spans`;
    },
  },
];

const AGAIN = [429, 502, 503, 504];

/** The ids that a program has said, once it has ended well. */
async function idsOf(program) {
  const code = await program.end();
  assert.equal(code, 0, program.stderr);
  return program.stdout.trim().split('\n');
}

function said(program, lines) {
  return until(
    () => `the program makes ${lines} spans\n${program.stderr}`,
    () => program.stdout.split('\n').length > lines,
  );
}

function arrived({ sink, collector }, ids) {
  return until(
    () => `${sink.missing(ids).length} of ${ids.length} spans arrive\n${collector.log}`,
    () => sink.missing(ids).length === 0,
  );
}

/** These and no others. */
async function allArrived(stage, made) {
  await arrived(stage, made);
  const { spans, twice } = stage.sink;
  assert.equal(spans.size, new Set(made).size, 'spans arrived that were not made');
  return `${made.length} made, ${spans.size} arrived, ${twice} twice`;
}
