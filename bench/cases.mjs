// What is measured: functions and their arguments.
const order = {
  id: 'order-4711',
  customer: 'Acme Corp',
  items: ['a', 'b', 'c'],
  total: 129.5,
  paid: true,
  note: 'leave at the door please',
};
const outcome = { label: 'sales', score: 0.87, reasons: ['price', 'timing'], next: 'demo' };
const sentence = 'The customer asked about the rollout plan and the price of the second year. ';
const chat = [
  { role: 'system', content: sentence.repeat(6) },
  { role: 'user', content: sentence.repeat(12) },
  { role: 'assistant', content: sentence.repeat(6) },
];
const nested = Array.from({ length: 250 }, (_, i) => ({
  id: i,
  title: `Item ${i}`,
  text: sentence.repeat(4),
  tags: ['x', 'y'],
  score: i / 7,
}));
const completion = {
  ...{ object: 'chat.completion', model: 'small-model' },
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'In the second drawer.' } }],
  usage: { prompt_tokens: 1_000, completion_tokens: 500, total_tokens: 1_500 },
};
let answered = 0;
const long = sentence.repeat(Math.ceil(10e6 / sentence.length));
const million = Array.from({ length: 1e6 }, (_, i) => i);

/** name, rounds of calls, the function and its arguments. */
export const CASES = {
  'no arguments, sync': { calls: 20_000, names: [], args: [], fn: () => 1 },
  'small arguments, sync': { calls: 20_000, names: ['order', 'model'], args: [order, 'gpt-4o'], fn: () => outcome },
  'small arguments, async': {
    calls: 20_000,
    names: ['order', 'model'],
    args: [order, 'gpt-4o'],
    fn: async () => outcome,
  },
  '2 kB chat, async': { calls: 10_000, names: ['messages'], args: [chat], fn: async () => outcome },
  '100 kB arguments': { calls: 400, names: ['documents'], args: [nested], fn: () => outcome },
  '10 MB string': { calls: 20, names: ['text', 'n'], args: [long, 1], fn: () => outcome },
  '1,000,000 elements': { calls: 20, names: ['list', 'n'], args: [million, 1], fn: () => outcome },
  'a model call, priced': {
    calls: 10_000,
    names: ['messages', 'model'],
    args: [[{ role: 'user', content: 'Where is the manual?' }], 'small-model'],
    fn: async () => ({ ...completion, id: `chatcmpl-${++answered}` }), // a response that was seen before is not counted again
    options: { spanKind: 'LLM', modelName: 'small-model' },
    kind: 'LLM',
    price: { input: 0.25, output: 1.25 },
  },
  unsampled: {
    calls: 40_000,
    names: ['order', 'model'],
    args: [order, 'gpt-4o'],
    fn: () => outcome,
    setup: 'unsampled',
  },
  'no SDK': { calls: 400_000, names: ['order', 'model'], args: [order, 'gpt-4o'], fn: () => outcome, setup: 'none' },
};
