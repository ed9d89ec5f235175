import { ChunkAggregate, chunkText } from '../../lib/capture/chunk-aggregate.js';
import { DEFAULT_LIMITS, resolveLimits } from '../../lib/capture/limits.js';
import { Redaction } from '../../lib/capture/redaction.js';

const aggregate = (chunks: readonly unknown[], limits = DEFAULT_LIMITS) => {
  const all = new ChunkAggregate(limits, Redaction.standard);
  for (const chunk of chunks) all.add(chunk);
  return all.captured();
};
const text = (value: string, truncated = false) => ({ text: value, mimeType: 'text/plain', truncated });
const json = (value: string, truncated = false) => ({ text: value, mimeType: 'application/json', truncated });
const x = (count: number): string => 'x'.repeat(count);

describe('the text of a chunk', () => {
  it.each<[string, unknown, string | undefined]>([
    ['a text', 'a', 'a'],
    ['an empty text', '', ''],
    ['OpenAI chat', { choices: [{ index: 0, delta: { content: 'a' } }] }, 'a'],
    ['OpenAI chat, two choices', { choices: [{ delta: { content: 'a' } }, { delta: { content: 'b' } }] }, 'ab'],
    ['OpenAI chat, the role', { choices: [{ delta: { role: 'assistant' } }] }, ''],
    ['OpenAI chat, a tool call', { choices: [{ delta: { content: null, tool_calls: [] } }] }, ''],
    ['OpenAI chat, the usage', { choices: [], usage: {} }, ''],
    ['OpenAI chat, a choice that is none', { choices: [null, 'x', { delta: 'y' }] }, ''],
    ['OpenAI chat, content that is no text', { choices: [{ delta: { content: ['a'] }, text: 5 }] }, ''],
    ['OpenAI completions', { choices: [{ text: 'a' }] }, 'a'],
    ['OpenAI completions, text and delta', { choices: [{ text: 'a', delta: {} }] }, 'a'],
    ['OpenAI responses', { type: 'response.output_text.delta', delta: 'a' }, 'a'],
    ['OpenAI responses without text', { type: 'response.output_text.delta' }, ''],
    ['OpenAI responses, the frame', { type: 'response.created', response: {} }, ''],
    ['OpenAI responses, a nested frame', { type: 'response.output_item.done' }, ''],
    ['Anthropic', { type: 'content_block_delta', delta: { type: 'text_delta', text: 'a' } }, 'a'],
    ['Anthropic, a tool’s input', { type: 'content_block_delta', delta: { partial_json: '{' } }, ''],
    ['Anthropic without a delta', { type: 'content_block_delta' }, ''],
    ['Anthropic, the start', { type: 'message_start', message: {} }, ''],
    ['Anthropic, the usage', { type: 'message_delta', usage: {} }, ''],
    ['Anthropic, the stop', { type: 'message_stop' }, ''],
    ['Anthropic, a block’s start', { type: 'content_block_start' }, ''],
    ['Anthropic, a block’s stop', { type: 'content_block_stop' }, ''],
    ['Anthropic, a ping', { type: 'ping' }, ''],
    ['the AI SDK', { type: 'text-delta', id: '0', text: 'a' }, 'a'],
    ['the AI SDK, version 4', { type: 'text-delta', textDelta: 'a' }, 'a'],
    ['the AI SDK, as sent to a page', { type: 'text-delta', delta: 'a' }, 'a'],
    ['the AI SDK without text', { type: 'text-delta' }, ''],
    ['the AI SDK, the start', { type: 'start' }, ''],
    ['the AI SDK, a step’s start', { type: 'start-step' }, ''],
    ['the AI SDK, a step’s end', { type: 'finish-step' }, ''],
    ['the AI SDK, the end', { type: 'finish' }, ''],
    ['the AI SDK, a text’s start', { type: 'text-start' }, ''],
    ['the AI SDK, a text’s end', { type: 'text-end' }, ''],
    ['LangChain, usage', { content: 'a', usage_metadata: undefined }, 'a'],
    ['LangChain, arguments', { content: 'a', lc_kwargs: {} }, 'a'],
    ['LangChain, the response', { content: 'a', response_metadata: {} }, 'a'],
    ['LangChain with parts', { content: [{ type: 'text' }], response_metadata: {} }, undefined],
    ['Gemini', { candidates: [{ content: { parts: [{ text: 'a' }, { inlineData: {} }, { text: 'b' }] } }] }, 'ab'],
    ['Gemini, the first candidate', { candidates: [{ content: { parts: [{ text: 'a' }] } }, { content: { parts: [{ text: 'b' }] } }] }, 'a'], // prettier-ignore
    ['Gemini, a part that is none', { candidates: [{ content: { parts: [null, 'x', { text: 'a' }] } }] }, 'a'],
    ['Gemini without parts', { candidates: [{ finishReason: 'STOP' }] }, ''],
    ['Gemini without candidates', { candidates: [] }, ''],
    ['Ollama', { model: 'm', message: { role: 'assistant', content: 'a' }, done: false }, 'a'],
    ['Ollama, the end', { message: { content: '' }, done: true, eval_count: 1 }, ''],
    ['Ollama without text', { message: {}, done: true }, ''],
    ['a message that is not done', { message: { content: 'a' } }, undefined],
    ['done without a message', { message: 'a', done: true }, undefined],
    ['content alone', { content: 'a' }, undefined],
    ['an unknown type', { type: 'tool-call', text: 'a' }, undefined],
    ['a type that begins as a known one', { type: 'finished' }, undefined],
    ['a type that ends as a known one', { type: 'my-start' }, undefined],
    ['a type that is no text', { type: 1 }, undefined],
    ['choices that are no list', { choices: 'a' }, undefined],
    ['candidates that are no list', { candidates: { length: 1 } }, undefined],
    ['an object', { a: 1 }, undefined],
    ['a number', 1, undefined],
    ['null', null, undefined],
    ['a function', () => 'a', undefined],
  ])('%s', (_, chunk, expected) => {
    expect(chunkText(chunk)).toBe(expected);
  });
});

describe('together', () => {
  const delta = (content: string) => ({ choices: [{ delta: { content } }] });
  it.each<[string, unknown[], object]>([
    ['no chunks', [], json('[]')],
    ['texts', ['a', 'b', 'c'], text('abc')],
    ['an empty text', [''], text('')],
    ['the texts of a model', [delta(''), delta('Hel'), delta('lo'), { choices: [] }], text('Hello')],
    ['a model that gives no text', [{ choices: [] }], text('')],
    ['bytes', [new Uint8Array(3), Buffer.alloc(4)], text('[7 bytes]')],
    ['bytes of which there are none', [new Uint8Array(0)], json('[]')],
    ['other chunks', [{ a: 1 }, 2, null], json('[{"a":1},2,null]')],
    ['nothing between chunks', [{ a: 1 }, undefined, 2], json('[{"a":1},2]')],
    ['a list as a chunk', [[1, 2], []], json('[[1,2],[]]')],
    ['texts and others', ['a', { b: 1 }, 'c', 2], json('{"text":"ac","chunks":[{"b":1},2]}')],
    ['a secret across chunks', ['see hf_a1B2c3D4', 'e5F6g7H8i9J0 here'], text('see __REDACTED__ here')],
    ['a secret across chunks, with others', ['hf_a1B2c3D4', 1, 'e5F6g7H8i9J0'], json('{"text":"__REDACTED__","chunks":[1]}')], // prettier-ignore
    ['a secret in another chunk', [{ token: 't' }], json('[{"token":"__REDACTED__"}]')],
  ])('%s', (_, chunks, expected) => {
    expect(aggregate(chunks)).toEqual(expected);
  });

  it('chunks beside bytes are shown', () => {
    expect(aggregate([new Uint8Array(3), { a: 1 }]).text).toContain('{"a":1}');
  });

  it('a chunk is written when it comes: what is done to it later is not seen', () => {
    const chunk = { a: 1 };
    const all = new ChunkAggregate(DEFAULT_LIMITS, Redaction.standard);
    all.add(chunk);
    chunk.a = 2;
    expect(all.captured().text).toBe('[{"a":1}]');
  });
});

describe('limits', () => {
  const limits = resolveLimits({ characters: 256, entries: 3 });

  it.each<[string, string[], object]>([
    ['a text that fits', [x(128), x(128)], text(x(256))],
    ['a text that does not', [x(128), x(129)], text(`${x(243)}…[+14 chars]`, true)],
    ['a text far beyond', Array.from({ length: 50 }, () => x(100)), text(`${x(242)}…[+4758 chars]`, true)],
    ['one chunk far beyond', [x(5_000)], text(`${x(242)}…[+4758 chars]`, true)],
    ['a text of 768 characters, all that is kept', [x(768)], text(`${x(243)}…[+525 chars]`, true)],
    ['a text of 769 characters', [x(768), 'x'], text(`${x(243)}…[+526 chars]`, true)],
    ['a pair across the end of what is kept', [x(767), '😀', 'yy'], text(`${x(243)}…[+528 chars]`, true)],
  ])('%s', (_, chunks, expected) => {
    expect(aggregate(chunks, limits)).toEqual(expected);
  });

  it.each<[string, unknown[], object]>([
    ['as many chunks as entries', [1, 2, 3], json('[1,2,3]')],
    ['more chunks than entries', [1, 2, 3, 4, 5], json('[1,2,3,"…[+2]"]', true)],
    ['more, with text', ['a', 1, 2, 3, 4], json('{"text":"a","chunks":[1,2,3,"…[+1]"]}', true)],
    ['as many more as are shown, with text', ['a', 1, 2, 3, 4, 5, 6], json('{"text":"a","chunks":[1,2,3,"…[+3]"]}', true)], // prettier-ignore
    ['a text that fits beside chunks', [x(100), 1], json(`{"text":"${x(100)}","chunks":[1]}`)],
    ['a chunk that was cut', [[1, 2, 3, 4]], json('[[1,2,3,"…[+1]"]]', true)],
    ['a chunk that was cut, then one that was not', [[1, 2, 3, 4], 5], json('[[1,2,3,"…[+1]"],5]', true)],
    ['a chunk that was cut, with text', ['a', [1, 2, 3, 4]], json('{"text":"a","chunks":[[1,2,3,"…[+1]"]]}', true)],
    // 192 characters for all; a chunk and its comma take 64 or 65: 128 are enough for another, 127 are not
    ['a second chunk in 128 characters', [{ a: x(55) }, 1], json(`[{"a":"${x(55)}"},1]`)],
    ['a second chunk in 127 characters', [{ a: x(56) }, 1], json(`[{"a":"${x(56)}"},"…[+1]"]`, true)],
  ])('%s', (_, chunks, expected) => {
    expect(aggregate(chunks, limits)).toEqual(expected);
  });

  it('any mixture stays in its bound and is JSON', () => {
    for (let length = 0; length < 400; length += 7) {
      const captured = aggregate([x(length), { a: x(length) }, x(length), [x(length)], 1, 2, 3], limits);
      expect(captured.text.length).toBeLessThanOrEqual(256);
      expect(JSON.parse(captured.text)).toHaveProperty('chunks');
    }
  });

  it('a text beside chunks is cut, and says so', () => {
    const captured = aggregate([x(300), 1], limits);
    expect(captured.truncated).toBe(true);
    expect(JSON.parse(captured.text)).toEqual({ text: expect.stringMatching(/^x+…\[\+\d+ chars\]$/), chunks: [1] });
  });
});
