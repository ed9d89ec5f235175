// What bedrock-runtime.<region>.amazonaws.com sends (docs.aws.amazon.com/bedrock: "Converse", "ConverseStream", "Inference request parameters
// and response fields"); streams in the binary framing of AWS event streams.
import { EventStreamCodec } from '@smithy/core/event-streams';
import { json, stream, type Answer } from './loopback.js';
import type { Tokens } from './tokens.js';

const toText = (input: string | Uint8Array): string =>
  typeof input === 'string' ? input : new TextDecoder().decode(input);
const toBytes = (input: string): Uint8Array => new TextEncoder().encode(input);
const codec = new EventStreamCodec(toText, toBytes);

/** One message: its kind and the event's name are headers, the event is the body. */
function frame(name: string, event: object, kind: 'event' | 'exception' = 'event'): Uint8Array {
  const text = (value: string) => ({ type: 'string' as const, value });
  return codec.encode({
    headers: {
      ':message-type': text(kind),
      [`:${kind}-type`]: text(name),
      ':content-type': text('application/json'),
    },
    body: toBytes(JSON.stringify(event)),
  });
}

const brokenOff = frame('modelStreamErrorException', { message: 'The model broke off.' }, 'exception');
const frames = (all: readonly Uint8Array[]): Answer =>
  stream('application/vnd.amazon.eventstream', Buffer.concat(all), true);

/** Converse leaves the cache out of `inputTokens` and counts it into the total. */
const converseUsage = ({ prompt, cached, written, written1h = 0, completion = 0 }: Tokens): object => ({
  inputTokens: prompt - (cached ?? 0) - (written ?? 0),
  outputTokens: completion,
  totalTokens: prompt + completion,
  cacheReadInputTokens: cached ?? 0,
  cacheWriteInputTokens: written ?? 0,
  ...(written !== undefined && {
    cacheDetails: [
      { ttl: '1h', inputTokens: written1h },
      { ttl: '5m', inputTokens: written - written1h },
    ],
  }),
});

export const converse = (tokens: Tokens, calls = false): Answer =>
  json({
    output: {
      message: {
        role: 'assistant',
        content: calls
          ? [{ toolUse: { toolUseId: 'tooluse_1', name: 'lookup', input: { id: 7 } } }]
          : [{ text: 'Hello there' }],
      },
    },
    stopReason: calls ? 'tool_use' : 'end_turn',
    usage: converseUsage(tokens),
    metrics: { latencyMs: 551 },
  });

/** The last event has the usage, unless the model breaks off before. */
export function converseStream(tokens: Tokens, ends = true): Answer {
  const said = [
    frame('messageStart', { role: 'assistant' }),
    frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hello' } }),
  ];
  if (!ends) return frames([...said, brokenOff]);
  return frames([
    ...said,
    frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: ' there' } }),
    frame('contentBlockStop', { contentBlockIndex: 0 }),
    frame('messageStop', { stopReason: 'end_turn' }),
    frame('metadata', { usage: converseUsage(tokens), metrics: { latencyMs: 551 } }),
  ]);
}

/** InvokeModelWithResponseStream: events of the model's own, in bytes; Bedrock's metrics stand on the last, unless the model breaks off before. */
export function invokeStream(events: readonly object[], { prompt, cached = 0, written = 0, completion = 0 }: Tokens, ends = true): Answer {
  const metrics = {
    inputTokenCount: prompt - cached - written,
    outputTokenCount: completion,
    invocationLatency: 551,
    firstByteLatency: 214,
    ...(cached + written > 0 && { cacheReadInputTokenCount: cached, cacheWriteInputTokenCount: written }),
  };
  const last = events.length - 1;
  const all = events.map((event, i) =>
    chunk(ends && i === last ? { ...event, 'amazon-bedrock-invocationMetrics': metrics } : event),
  );
  return frames(ends ? all : [...all, brokenOff]);
} // prettier-ignore

const chunk = (event: object): Uint8Array =>
  frame('chunk', { bytes: Buffer.from(JSON.stringify(event)).toString('base64'), p: 'abcdefgh' });

export const llama = ({ prompt, completion }: Tokens): object => ({
  generation: 'Hello there',
  prompt_token_count: prompt,
  generation_token_count: completion,
  stop_reason: 'stop',
});

/** Only the first event counts the prompt. */
export const llamaEvents = ({ prompt, completion = 0 }: Tokens): readonly object[] => [
  { generation: 'Hello', prompt_token_count: prompt, generation_token_count: 1, stop_reason: null },
  { generation: ' there', prompt_token_count: null, generation_token_count: 2, stop_reason: null },
  { generation: '', prompt_token_count: null, generation_token_count: completion, stop_reason: 'stop' },
];

export const titan = ({ prompt, completion }: Tokens): object => ({
  inputTextTokenCount: prompt,
  results: [{ tokenCount: completion, outputText: 'Hello there', completionReason: 'FINISH' }],
});

export const titanEvents = ({ prompt, completion }: Tokens): readonly object[] => [
  { index: 0, inputTextTokenCount: null, totalOutputTextTokenCount: null, outputText: 'Hello', completionReason: null },
  {
    index: 0,
    inputTextTokenCount: prompt,
    totalOutputTextTokenCount: completion,
    outputText: ' there',
    completionReason: 'FINISH',
  },
];

export const titanEmbedding = ({ prompt }: Tokens): object => ({ embedding: [0.1, 0.2], inputTextTokenCount: prompt });

const novaUsage = ({ prompt, cached = 0, completion = 0 }: Tokens): object => ({
  inputTokens: prompt - cached,
  outputTokens: completion,
  totalTokens: prompt + completion,
  cacheReadInputTokenCount: cached,
  cacheWriteInputTokenCount: 0,
});

export const nova = (tokens: Tokens): object => ({
  output: { message: { content: [{ text: 'Hello there' }], role: 'assistant' } },
  stopReason: 'end_turn',
  usage: novaUsage(tokens),
});

export const novaEvents = (tokens: Tokens): readonly object[] => [
  { messageStart: { role: 'assistant' } },
  { contentBlockDelta: { delta: { text: 'Hello' }, contentBlockIndex: 0 } },
  { contentBlockStop: { contentBlockIndex: 0 } },
  { messageStop: { stopReason: 'end_turn' } },
  { metadata: { usage: novaUsage(tokens), metrics: {}, trace: {} } },
];
