// A trace file of any size, as a service with agents writes it; always the same bytes.
//   node scripts/big-trace-file.mjs <file> <megabytes>            a file of that size
//   node scripts/big-trace-file.mjs <file> --spans <n>            a file of so many spans
//   … --content <characters>                                      inputs and outputs that long (default: 1200)
import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { spans: { type: 'string' }, content: { type: 'string', default: '1200' } },
  allowPositionals: true,
});
const [file, megabytes] = positionals;
const maxBytes = megabytes === undefined ? Infinity : Number(megabytes) * 1e6;
const maxSpans = values.spans === undefined ? Infinity : Number(values.spans);
if (!file || (maxBytes === Infinity && maxSpans === Infinity))
  throw new Error('usage: big-trace-file.mjs <file> <megabytes> | <file> --spans <n>');

const MODELS = ['claude-sonnet-4-6', 'gpt-4.1', 'gpt-5-mini', 'claude-haiku-4-5', 'gemini-2.5-flash', 'house-7b', 'mistral-large']; // prettier-ignore
const AGENTS = ['technical_evaluator', 'commercial_evaluator', 'report_writer'];
const START = Date.UTC(2026, 10, 22, 6) * 1e6; // nanoseconds; of a double the last 256 are lost, which is of no matter here
const SPANS_A_TRACE = 10;
const random = mulberry32(20261122);

const fd = openSync(file, 'w');
let [bytes, spans, trace] = [0, 0, 0];
while (bytes < maxBytes && spans < maxSpans) {
  const batch = [];
  for (let i = 0; i < 20 && spans + batch.length < maxSpans; i++) {
    const room = Math.min(SPANS_A_TRACE, maxSpans - spans - batch.length);
    batch.push(...traceSpans(trace++, room));
  }
  bytes += writeSync(fd, `${JSON.stringify({ resourceSpans: [{ resource: { attributes: [text('service.name', 'big')] }, scopeSpans: [{ scope: { name: 'big' }, spans: batch }] }] })}\n`); // prettier-ignore
  spans += batch.length;
}
closeSync(fd);
console.log(`${file}: ${(bytes / 1e6).toFixed(0)} MB, ${spans} spans in ${trace} traces`);

/** One call of a service: two agents, each with model calls and a tool. */
function traceSpans(number, room) {
  const traceId = hex(number + 1, 32);
  const start = START + number * 1.7e9;
  const session = [text('session.id', `session-${Math.floor(number / 3)}`), text('user.id', `user-${number % 40}`), list('tag.tags', ['production', number % 5 === 0 ? 'beta' : 'v2'])]; // prettier-ignore
  const total = 2e8 + random() * 3e9;
  const made = [];
  const add = (name, parent, from, to, kind, attributes = [], error) => {
    const spanId = hex(number * SPANS_A_TRACE + made.length + 1, 16);
    made.push({
      ...{ traceId, spanId, ...(parent && { parentSpanId: parent }), name, kind: 1 },
      startTimeUnixNano: nano(start + from * total),
      endTimeUnixNano: nano(start + to * total),
      attributes: [text('openinference.span.kind', kind), ...session, ...attributes],
      status: error ? { code: 2, message: error } : { code: 1 },
    });
    return spanId;
  };
  const root = add('Analyzer.analyze', undefined, 0, 1, 'CHAIN', content());
  [0, 1, 2].forEach((turn) => {
    const [from, to] = [turn / 3, (turn + 1) / 3 - 0.01];
    const agent = AGENTS[turn];
    const above = add(`agent.${agent}`, root, from, to, 'AGENT', [text('agent.name', agent), ...content()]);
    const model = MODELS[Math.floor(random() ** 2 * MODELS.length)];
    const failed = random() < 0.03;
    add('Evaluator.ask', above, from + 0.01, to - 0.05, 'LLM', [...modelCall(model, agent, failed), ...content()], failed ? 'RateLimitError: 429 too many requests' : undefined); // prettier-ignore
    add('search', above, to - 0.05, to - 0.01, 'TOOL', content());
  });
  return made.slice(0, room);
}

function modelCall(model, agent, failed) {
  const base = [text('llm.model_name', model), text('cost.model_name', model), text('cost.agent_name', agent)];
  const prompt = [text('llm.prompt_template.template', `Evaluate {transcript} as ${agent}`), text('llm.prompt_template.version', random() < 0.6 ? '2.0' : '2.1')]; // prettier-ignore
  if (failed) return [...base, ...prompt];
  const [input, output] = [Math.floor(500 + random() * 6_000), Math.floor(50 + random() * 900)];
  const tokens = [integer('llm.token_count.prompt', input), integer('llm.token_count.completion', output), double('performance.time_to_first_chunk_ms', 80 + random() * 500)]; // prettier-ignore
  if (model === 'house-7b') return [...base, ...prompt, ...tokens, text('cost.unpriced_model', model)];
  return [...base, ...prompt, ...tokens, double('cost.total_usd', input * 3e-6 + output * 15e-6), text('cost.source', 'catalog')]; // prettier-ignore
}

function content() {
  const length = Number(values.content);
  return [text('input.value', words(length / 2)), text('output.value', words(length / 2))];
}

function words(length) {
  const known = ['latency', 'transcript', 'customer', 'renewal', 'scale', 'security', 'price', 'migration', 'pilot', 'budget', 'review', 'Acme']; // prettier-ignore
  let made = '';
  while (made.length < length) made += `${known[Math.floor(random() * known.length)]} `;
  return made;
}

function text(key, stringValue) {
  return { key, value: { stringValue } };
}
function integer(key, value) {
  return { key, value: { intValue: String(value) } };
}
function double(key, doubleValue) {
  return { key, value: { doubleValue } };
}
function list(key, values) {
  return { key, value: { arrayValue: { values: values.map((stringValue) => ({ stringValue })) } } };
}
function hex(number, length) {
  return number.toString(16).padStart(length, '0');
}
function nano(time) {
  return String(BigInt(Math.round(time / 1e3)) * 1_000n);
}

/** A small generator of the same numbers every time. */
function mulberry32(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
