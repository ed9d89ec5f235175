import { sinceNs } from '../../lib/cli/since.js';
import { line, Spandrel } from './support/spandrel.js';

let spandrel: Spandrel;
beforeAll(() => {
  spandrel = new Spandrel();
  const call = (usd: number, model: string) => ({ 'cost.total_usd': usd, 'cost.model_name': model, 'cost.source': 'catalog', 'llm.token_count.prompt': 10 }); // prettier-ignore
  spandrel.write(
    '.spandrel/traces.jsonl',
    line(
      { id: 'a1', name: 'cheap', attributes: { metadata: '{"customer":"Acme"}' } },
      { id: 'a2', parent: 'a1', name: 'ask', attributes: call(0.001, 'small') },
    ) +
      line(
        { id: 'b1', trace: 'b', name: 'dear', from: 3_600_000 },
        { id: 'b2', trace: 'b', parent: 'b1', name: 'ask', from: 3_600_000, attributes: call(0.05, 'large') },
        { id: 'b3', trace: 'b', parent: 'b1', name: 'ask', from: 3_600_500, attributes: call(0.002, 'small') },
      ),
  );
});
afterAll(() => spandrel.delete('.'));

const names = async (...args: string[]) => {
  const traces = JSON.parse((await spandrel.run(['tree', '--json', ...args])).stdout);
  return traces.map(({ spans }: { spans: { name: string }[] }) => spans.map(({ name }) => name));
};

it('tree: shows whole traces that have a span for which it holds', async () => {
  expect(await names('--where', 'cost.total_usd > 0.01')).toEqual([['dear', 'ask', 'ask']]);
  expect(await names('--where', 'metadata.customer = Acme')).toEqual([['cheap', 'ask']]);
  expect(await names('--where', 'name = ask and cost < 0.01')).toHaveLength(2);
});

it('costs: adds up just the spans', async () => {
  const rows = JSON.parse((await spandrel.run(['costs', '--json', '--where', 'cost.total_usd < 0.01'])).stdout);
  expect(rows).toMatchObject([{ model: 'small', calls: 2, total_usd: 0.003 }]);
});

it.each(['tree', 'costs', 'slow'])('%s: looks at what started since a date', async (command) => {
  const { stdout } = await spandrel.run([command, '--json', '--since', '2026-11-22T10:00']);
  const text = JSON.stringify(JSON.parse(stdout));
  expect(text).toMatch(/dear|large/);
  expect(text).not.toContain('cheap');
});

it('says so when nothing is left', async () => {
  expect(await spandrel.run(['tree', '--where', 'cost > 5', '--since', '2026-11-22'])).toEqual({
    ...{ code: 1, stdout: '' },
    stderr: 'spandrel: no trace has a span for which --where holds and has a span since 2026-11-22.\n',
  });
  expect((await spandrel.run(['costs', '--where', 'cost > 5'])).stdout).toBe(
    'No model calls are in the file for that.\n',
  );
});

it('says which attribute no span has: it may be misspelt', async () => {
  expect((await spandrel.run(['costs', '--where', 'durration > 5'])).stderr).toBe('spandrel: no span has the attribute "durration". Did you mean "duration"?\n'); // prettier-ignore
  expect((await spandrel.run(['costs', '--where', 'cost.total_dollars > 5'])).stderr).toBe('spandrel: no span has the attribute "cost.total_dollars".\n'); // prettier-ignore
  expect((await spandrel.run(['costs', '--where', 'cost > 500 or not session'])).stderr).toBe('');
});

it('shows where an expression is wrong, with exit code 2', async () => {
  expect(await spandrel.run(['slow', '--where', 'cost.total_usd >'])).toEqual({
    ...{ code: 2, stdout: '' },
    stderr: 'spandrel: --where: expected a value, at character 17:\n  cost.total_usd >\n                  ^\n',
  });
});

it.each(['soon', '-1h', '2026-13-01', '5', '1y'])('refuses --since %s', async (since) => {
  const { code, stderr } = await spandrel.run(['costs', `--since=${since}`]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('--since takes a time span such as 30m'),
  });
});

it.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['1h', 3_600_000],
  ['1.5h', 5_400_000],
  ['2d', 172_800_000],
  ['1w', 604_800_000],
])('reads --since %s as a time span before now', (text, ms) => {
  const now = Date.UTC(2026, 10, 22);
  expect(sinceNs(text, now)).toBe(BigInt(now - ms) * 1_000_000n);
});

it.each([
  ['2026-11-22', Date.UTC(2026, 10, 22)],
  ['2026-11-22T09:30', Date.UTC(2026, 10, 22, 9, 30)],
  ['2026-11-22 09:30:15', Date.UTC(2026, 10, 22, 9, 30, 15)],
  ['2026-11-22T09:30:15.250Z', Date.UTC(2026, 10, 22, 9, 30, 15, 250)],
  ['2026-11-22T09:30+02:00', Date.UTC(2026, 10, 22, 7, 30)],
])('reads --since %s as a date, in UTC where it names no zone', (text, ms) => {
  expect(sinceNs(text, 0)).toBe(BigInt(ms) * 1_000_000n);
});

it('explains the language', async () => {
  const { stdout } = await spandrel.run(['help', 'where']);
  expect(stdout).toContain('cost.total_usd > 0.01');
  expect(stdout).toContain('first_chunk  time to the first chunk of a stream');
});
