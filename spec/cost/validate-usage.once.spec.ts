import type { TokenUsage } from '../../lib/cost/token-usage.js';
import { usageFault } from '../../lib/cost/validate-usage.js';

it.each<[TokenUsage]>([
  [{ prompt: 1000, completion: 500 }],
  [{ prompt: 0, completion: 0 }],
  [{ prompt: 8 }],
  [{ completion: 8 }],
  [
    {
      prompt: 10,
      completion: 5,
      cacheRead: 4,
      cacheWrite: 6,
      cacheWrite1h: 6,
      reasoning: 5,
      promptAudio: 10,
      completionAudio: 5,
    },
  ],
  [{ prompt: 10, completion: 5, cacheRead: undefined }],
  [{ prompt: 10, cacheRead: 0, reasoning: 0 }],
])('%j can be counted', (usage) => {
  expect(usageFault(usage)).toBeUndefined();
});

it.each<[unknown, string]>([
  [{}, 'it reports no tokens'],
  [{ prompt: undefined }, 'it reports no tokens'],
  [{ prompt: -1 }, 'prompt is -1, not a number of tokens'],
  [{ prompt: NaN }, 'prompt is NaN, not a number of tokens'],
  [{ completion: Infinity }, 'completion is Infinity, not a number of tokens'],
  [{ prompt: '12' }, 'prompt is a string, not a number of tokens'],
  [{ prompt: null }, 'prompt is null, not a number of tokens'],
  [{ prompt: {} }, 'prompt is an object, not a number of tokens'],
  [{ prompt: 1n }, 'prompt is a bigint, not a number of tokens'],
  [{ prompt: 5, cacheRead: 6 }, 'cacheRead (6) is more than prompt (5), of which it is a part'],
  [
    { prompt: 5, cacheRead: 3, cacheWrite: 3 },
    'cacheRead + cacheWrite (6) is more than prompt (5), of which it is a part',
  ],
  [
    { prompt: 5, cacheWrite: 1, cacheWrite1h: 2 },
    'cacheWrite1h (2) is more than cacheWrite (1), of which it is a part',
  ],
  [{ prompt: 5, cacheWrite1h: 2 }, 'cacheWrite1h (2) is part of cacheWrite, which is missing'],
  [{ completion: 5, cacheRead: 2 }, 'cacheRead (2) is part of prompt, which is missing'],
  [{ completion: 5, reasoning: 6 }, 'reasoning (6) is more than completion (5), of which it is a part'],
  [{ completion: 5, completionAudio: 6 }, 'completionAudio (6) is more than completion (5), of which it is a part'],
  [{ prompt: 5, promptAudio: 6 }, 'promptAudio (6) is more than prompt (5), of which it is a part'],
])('%p cannot', (usage, fault) => {
  expect(usageFault(usage as TokenUsage)).toBe(fault);
});
