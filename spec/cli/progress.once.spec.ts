import { Progress } from '../../lib/cli/progress.js';

function progressAt() {
  const clock = { ms: 0 };
  const written: string[] = [];
  return { clock, written, progress: new Progress((text) => written.push(text), () => clock.ms) }; // prettier-ignore
}

it('says nothing of short work', () => {
  const { clock, written, progress } = progressAt();
  clock.ms = 400;
  progress.show('reading a file', 5e6, 10e6);
  progress.clear();
  expect(written).toEqual([]);
});

it('says of long work how far it is, ten times a second at most, in one line that is gone at the end', () => {
  const { clock, written, progress } = progressAt();
  for (clock.ms = 0; clock.ms <= 1000; clock.ms += 10) progress.show('reading a file', clock.ms * 1e4, 20e6);
  expect(written.length).toBeGreaterThanOrEqual(5);
  expect(written.length).toBeLessThanOrEqual(6);
  expect(written[0]).toBe('\r\u001b[2Kreading a file  25%  5 MB');
  progress.clear();
  expect(written.at(-1)).toBe('\r\u001b[2K');
});

it('does not divide by a size that is not known', () => {
  const { clock, written, progress } = progressAt();
  clock.ms = 600;
  progress.show('reading a pipe', 3e6, 0);
  expect(written).toEqual(['\r\u001b[2Kreading a pipe  3 MB']);
});
