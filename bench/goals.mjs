/**
 * What is to be reached: a ratio to the span by hand; with `of`, to what this package takes for another case; of streams, nanoseconds more
 * for a chunk, on the machine where the loop by hand took `handNs`. `addedNs`: nanoseconds more than the bare function takes. `node24`: what
 * differs there.
 */
export const GOALS = {
  'small arguments, sync': { ratio: 1.05, node24: { ratio: 1.15 } },
  'small arguments, async': { ratio: 1.05, node24: { ratio: 1.15 } },
  '2 kB chat, async': { ratio: 1.5 },
  '100 kB arguments': { ratio: 0.4 },
  '10 MB string': { ratio: 1.2, of: '100 kB arguments' },
  '1,000,000 elements': { ratio: 1.5, of: '100 kB arguments' },
  unsampled: { ratio: 0.9 },
  'no SDK': { ratio: 0.3, addedNs: 50 },
  'async generator, a chunk': { ns: 300, handNs: 293, node24: { handNs: 107 } },
  'sync generator, a chunk': { ns: 60, handNs: 20, node24: { ns: 250, handNs: 19 } },
};
