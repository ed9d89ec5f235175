// What api.openai.com sends (developers.openai.com/api/reference: chat completions, responses, embeddings).
import { json, sse, type Answer } from './loopback.js';
import type { Tokens } from './tokens.js';

/** OpenAI counts as the page does: `prompt_tokens` includes the cache, `completion_tokens` reasoning. */
export const chatUsage = ({ prompt, cached = 0, written, completion = 0, reasoning = 0 }: Tokens): object => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: prompt + completion,
  prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0, ...(written && { cache_write_tokens: written }) },
  completion_tokens_details: {
    reasoning_tokens: reasoning,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
});

const toolCall = { id: 'call_1', type: 'function', function: { name: 'lookup', arguments: '{"id":7}' } };
const words = ['Hello', ' there'];
let count = 0;

export function chat(model: string, tokens: Tokens, calls = false): Answer {
  const message = calls
    ? { role: 'assistant', content: null, refusal: null, tool_calls: [toolCall] }
    : { role: 'assistant', content: words.join(''), refusal: null };
  return json({
    id: `chatcmpl-${++count}`,
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: calls ? 'tool_calls' : 'stop' }],
    usage: chatUsage(tokens),
    service_tier: 'default',
    system_fingerprint: 'fp_1',
  });
}

/** How a stream ends: well, with its usage in a chunk of its own, which must be asked for; without it; or with the connection. */
type ChatEnd = 'told' | 'silent' | 'broken';

export function chatStream(model: string, tokens: Tokens, end: ChatEnd = 'told'): Answer {
  const id = `chatcmpl-${++count}`;
  const chunk = (choices: readonly object[], usage: object | null = null): object => ({
    id,
    object: 'chat.completion.chunk',
    created: 1,
    model,
    service_tier: 'default',
    system_fingerprint: 'fp_1',
    choices,
    usage,
  });
  const delta = (part: object, finish: string | null = null): object =>
    chunk([{ index: 0, delta: part, logprobs: null, finish_reason: finish }]);
  const said = [delta({ role: 'assistant', content: '' }), ...words.map((content) => delta({ content }))];
  const last = { told: [delta({}, 'stop'), chunk([], chatUsage(tokens))], silent: [delta({}, 'stop')], broken: [] };
  return sse([...said, ...last[end]], { done: true }, end !== 'broken');
}

const responsesUsage = ({ prompt, cached = 0, written, completion = 0, reasoning = 0 }: Tokens): object => ({
  input_tokens: prompt,
  input_tokens_details: { cached_tokens: cached, ...(written && { cache_write_tokens: written }) },
  output_tokens: completion,
  output_tokens_details: { reasoning_tokens: reasoning },
  total_tokens: prompt + completion,
});

function responseObject(model: string, status: string, output: readonly object[], usage: object | null): object {
  return {
    id: `resp_${count}`,
    object: 'response',
    created_at: 1,
    status,
    background: false,
    error: status === 'failed' ? { code: 'server_error', message: 'The model failed.' } : null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model,
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    service_tier: 'default',
    store: false,
    tool_choice: 'auto',
    tools: [],
    usage,
    metadata: {},
  };
}

const text = (content: string): object => ({ type: 'output_text', text: content, annotations: [], logprobs: [] });
const outputMessage = (content: readonly object[], status: string): object => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status,
  content,
});

export function response(model: string, tokens: Tokens, calls = false): Answer {
  count++;
  const item = calls
    ? {
        id: 'fc_1',
        type: 'function_call',
        call_id: 'call_1',
        name: 'lookup',
        arguments: '{"id":7}',
        status: 'completed',
      }
    : outputMessage([text(words.join(''))], 'completed');
  return json(responseObject(model, 'completed', [item], responsesUsage(tokens)));
}

/** How a stream of the Responses API ends: well, with `response.failed` and what was used till then, or with the connection. */
type ResponseEnd = 'completed' | 'failed' | 'broken';

export function responseStream(model: string, tokens: Tokens, end: ResponseEnd = 'completed'): Answer {
  count++;
  const at = { item_id: 'msg_1', output_index: 0, content_index: 0 };
  const said = words.join('');
  const done = outputMessage([text(said)], 'completed');
  const events: object[] = [
    { type: 'response.created', response: responseObject(model, 'in_progress', [], null) },
    { type: 'response.in_progress', response: responseObject(model, 'in_progress', [], null) },
    { type: 'response.output_item.added', output_index: 0, item: outputMessage([], 'in_progress') },
    { type: 'response.content_part.added', ...at, part: text('') },
    ...words.map((delta) => ({ type: 'response.output_text.delta', ...at, delta, logprobs: [] })),
  ];
  if (end === 'completed')
    events.push(
      { type: 'response.output_text.done', ...at, text: said, logprobs: [] },
      { type: 'response.content_part.done', ...at, part: text(said) },
      { type: 'response.output_item.done', output_index: 0, item: done },
    );
  if (end !== 'broken')
    events.push({
      type: `response.${end}`,
      response: responseObject(model, end, end === 'completed' ? [done] : [], responsesUsage(tokens)),
    });
  const numbered = events.map((event, sequence_number) => ({ ...event, sequence_number }));
  return sse(numbered, { named: true }, end !== 'broken');
}

export const embedding = (model: string, tokens: Tokens): Answer =>
  json({
    object: 'list',
    data: [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }],
    model,
    usage: { prompt_tokens: tokens.prompt, total_tokens: tokens.prompt },
  });

/** Transcriptions count sound and text apart (developers.openai.com/api/reference: "Transcription", usage by tokens), and name no model. */
const heard = ({ prompt, audio = 0, completion = 0 }: Tokens): object => ({
  type: 'tokens',
  input_tokens: prompt,
  input_token_details: { text_tokens: prompt - audio, audio_tokens: audio },
  output_tokens: completion,
  total_tokens: prompt + completion,
});

export const transcription = (tokens: Tokens): Answer => json({ text: words.join(''), usage: heard(tokens) });

export const transcriptionStream = (tokens: Tokens): Answer =>
  sse(
    [
      ...words.map((delta) => ({ type: 'transcript.text.delta', delta })),
      { type: 'transcript.text.done', text: words.join(''), usage: heard(tokens) },
    ],
    { done: true },
    true,
  );
