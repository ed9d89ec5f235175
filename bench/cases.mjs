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

const CHUNKS = 10_000;
const SESSIONS = 1_000;
const METHODS = 50;
const chunks = Array.from({ length: CHUNKS }, (_, i) => `chunk ${i}`);

async function* asyncChunks() {
  for (const chunk of chunks) yield chunk;
}
function* syncChunks() {
  for (const chunk of chunks) yield chunk;
}
const webStream = () => new ReadableStream({ start: (controller) => { for (const chunk of chunks) controller.enqueue(chunk); controller.close(); } }); // prettier-ignore
async function readAll(traced) {
  let characters = 0;
  for await (const chunk of traced()) characters += chunk.length;
  return characters;
}
function loopAll(traced) {
  let characters = 0;
  for (const chunk of traced()) characters += chunk.length;
  return characters;
}

const deep = { next: undefined };

/**
 * What is measured: `calls` of `fn` with `args`, whose parameters are called `names`.
 *   drive     what one call is, where it is more than calling and awaiting
 *   per       how many of what the figure is for are in one call
 *   stream    beside a loop in a span made by hand: the figure is what is added to each chunk, in nanoseconds
 *   own       for the span by hand and this package alone
 *   setup     'unsampled', or 'none' for no SDK
 */
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
  '100 kB arguments': { calls: 2_000, names: ['documents'], args: [nested], fn: () => outcome },
  '10 MB string': { calls: 400, names: ['text', 'n'], args: [long, 1], fn: () => outcome },
  '1,000,000 elements': { calls: 400, names: ['list', 'n'], args: [million, 1], fn: () => outcome },
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
  'nested 10 deep': {
    calls: 2_000,
    names: ['depth'],
    args: [10],
    fn: (depth) => (depth > 1 ? deep.next(depth - 1) : outcome),
    ready: (traced) => (deep.next = traced),
    per: 10,
  },
  '1,000 concurrent sessions': {
    calls: 20,
    names: ['order', 'model'],
    args: [order, 'gpt-4o'],
    fn: async () => {
      await undefined;
      return outcome;
    },
    drive: (traced, args, inSession) =>
      Promise.all(Array.from({ length: SESSIONS }, (_, i) => inSession(`session-${i}`, () => traced(...args)))),
    per: SESSIONS,
    own: true,
  },
  'a class of 50 methods': {
    calls: 400,
    names: ['order', 'model'],
    args: [order, 'gpt-4o'],
    fn: () => outcome,
    methods: METHODS,
    drive(service, args) {
      for (let i = 0; i < METHODS; i++) service[`method${i}`](...args);
    },
    per: METHODS,
    own: true,
  },
  'async generator, a chunk': {
    calls: 20,
    names: [],
    args: [],
    fn: asyncChunks,
    drive: readAll,
    per: CHUNKS,
    stream: true,
    own: true,
  },
  'sync generator, a chunk': {
    calls: 40,
    names: [],
    args: [],
    fn: syncChunks,
    drive: loopAll,
    per: CHUNKS,
    stream: true,
    own: true,
  },
  'web stream, a chunk': {
    calls: 10,
    names: [],
    args: [],
    fn: webStream,
    drive: readAll,
    per: CHUNKS,
    stream: true,
    own: true,
  },
  'no SDK': { calls: 400_000, names: ['order', 'model'], args: [order, 'gpt-4o'], fn: () => outcome, setup: 'none' },
};
