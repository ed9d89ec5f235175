import assert from 'node:assert/strict';
import { until } from '../until.mjs';

const DEAR_USD = 0.05;
const SLOW_MS = 1_500;
const ERROR = 2;

export const tailSamplingCases = [
  {
    name: 'tail sampling keeps each trace that failed, was dear or was slow, whole, and a share of the rest',
    async run(stage) {
      await stage.set('tail-sampling.yaml', {
        env: { DEAR_USD: String(DEAR_USD), SLOW_MS: String(SLOW_MS), SHARE: '20', DECISION_WAIT: '10s' },
      });
      const program = stage.program('agents', { plain: 200, special: 4, dearUsd: DEAR_USD, slowMs: SLOW_MS });
      assert.equal(await program.end(), 0, program.stderr);

      const traces = byTrace(stage.spansInFiles('traces'));
      const wanted = { failed, dear, slow };
      const byReason = Object.fromEntries(
        Object.entries(wanted).map(([reason, is]) => [reason, [...traces.keys()].filter((id) => is(traces.get(id)))]),
      );
      for (const [reason, ids] of Object.entries(byReason)) assert.ok(ids.length > 0, `no trace was ${reason}`);
      const keep = new Set(Object.values(byReason).flat());
      const mustArrive = [...keep].flatMap((id) => traces.get(id)).map(({ spanId }) => spanId);
      await until(
        () => `${stage.sink.missing(mustArrive).length} of ${mustArrive.length} spans arrive\n${stage.collector.log}`,
        () => stage.sink.missing(mustArrive).length === 0,
      );
      await stage.collector.stop(); // decides on all that it still holds

      const arrived = byTrace(stage.sink.spans.values());
      for (const [id, spans] of arrived) assert.equal(spans.length, traces.get(id)?.length, `trace ${id} is not whole`);
      const rest = [...traces.keys()].filter((id) => !keep.has(id));
      const restArrived = rest.filter((id) => arrived.has(id));
      assert.ok(restArrived.length > 0, 'none of the rest was kept');
      assert.ok(restArrived.length < rest.length / 2, `${restArrived.length} of ${rest.length} of the rest were kept`);
      const counts = Object.entries(byReason).map(([reason, { length }]) => `${length} ${reason}`);
      return `all of ${counts.join(', ')}; ${restArrived.length} of the other ${rest.length}`;
    },
  },
];

function byTrace(spans) {
  const traces = new Map();
  for (const span of spans) traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span]);
  return traces;
}

function failed(spans) {
  return spans.some(({ status }) => status?.code === ERROR);
}

function dear(spans) {
  return spans.some((span) =>
    ['cost.rollup.total_usd', 'cost.total_usd'].some((key) => Number(valueOf(span, key)) > DEAR_USD),
  );
}

function slow(spans) {
  const nanos = (name) => spans.map((span) => BigInt(span[name]));
  const start = nanos('startTimeUnixNano').reduce((a, b) => (a < b ? a : b));
  const end = nanos('endTimeUnixNano').reduce((a, b) => (a > b ? a : b));
  return Number(end - start) / 1e6 >= SLOW_MS;
}

function valueOf({ attributes }, key) {
  const value = attributes.find((attribute) => attribute.key === key)?.value ?? {};
  return value.doubleValue ?? value.intValue;
}
