import { SpandrelSpanProcessor, traced } from '../../lib/index.js';
import { testTracing } from '../../lib/testing/index.js';

const tracing = testTracing();
afterEach(() => tracing.reset());
afterAll(() => tracing.shutdown());

const waiting = traced(() => new Promise(() => {}), { spanName: 'waiting' });
const shutDown = () => new SpandrelSpanProcessor().shutdown();

it('as many as 10,000 calls that nothing ends are ended by shutting down; the oldest beyond that are forgotten', async () => {
  for (let i = 0; i < 10_002; i++) void waiting();
  const [first, second] = tracing.open();
  await shutDown();
  expect(tracing.spans).toHaveLength(10_000);
  expect(tracing.open()).toEqual([first, second]);
});

it('a call that has ended takes no place among them', async () => {
  void waiting();
  const done = traced(async () => 1, { spanName: 'done' });
  for (let i = 0; i < 10_001; i++) await done();
  expect(tracing.spans).toHaveLength(10_001);
  await shutDown();
  expect(tracing.spans.at(-1)?.name).toBe('waiting');
  await shutDown();
  expect(tracing.spans).toHaveLength(10_002);
});
