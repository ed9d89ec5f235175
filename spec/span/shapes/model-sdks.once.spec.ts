import { types } from 'node:util';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { settle } from '../../../lib/span/settle.js';
import {
  chatChunks,
  chatCompletion,
  message,
  messageEvents,
  startModelServer,
  type ModelServer,
} from '../../support/shapes-model-server.js';
import { runInProcess } from '../../support/shapes-child.js';
import { RecordingRun, useContexts } from '../../support/shapes-recording-run.js';

useContexts();

let server: ModelServer;
let openai: OpenAI;
let anthropic: Anthropic;
beforeAll(async () => {
  server = await startModelServer();
  openai = new OpenAI({ apiKey: 'key', baseURL: `${server.url}/v1`, maxRetries: 0 });
  anthropic = new Anthropic({ apiKey: 'key', baseURL: server.url, maxRetries: 0 });
});
afterAll(() => server.close());
beforeEach(() => void server.requests.splice(0));

const watch = <T>(value: T): { value: T; run: RecordingRun } => {
  const run = new RecordingRun();
  expect(settle(value, run)).toBe(value);
  return { value, run };
};
const kinds = (run: RecordingRun): unknown[] => run.log.map(([what]) => what);
const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((next) => setImmediate(next));
};

const chat = (model = 'gpt-x') => openai.chat.completions.create({ model, messages: [] });
const chatStream = (model = 'gpt-x') => openai.chat.completions.create({ model, messages: [], stream: true });
const claude = (model = 'claude-x') => anthropic.messages.create({ model, messages: [], max_tokens: 9 });
const claudeStream = (model = 'claude-x') =>
  anthropic.messages.create({ model, messages: [], max_tokens: 9, stream: true });

describe.each<
  [
    string,
    () => PromiseLike<unknown> & {
      withResponse(): Promise<{ data: unknown; response: Response }>;
      asResponse(): Promise<Response>;
    },
    object,
    () => unknown,
    (model: string) => Promise<unknown>,
  ]
>([
  ['openai', chat, chatCompletion, () => openai, (model) => chat(model)],
  ['@anthropic-ai/sdk', claude, message, () => anthropic, (model) => claude(model)],
])('the APIPromise of %s', (_, create, answer, __, createOf) => {
  test('is parsed once, when it is awaited, from one request', async () => {
    const { value, run } = watch(create());
    expect(Object.keys(value)).toEqual(Object.keys(create()));
    await until(() => server.requests.length === 2);
    expect(run.log).toEqual([]);
    const first = await value;
    expect(await value).toBe(first);
    expect(first).toMatchObject(answer);
    expect(run.log).toEqual([['succeed', first]]);
    expect(server.requests).toHaveLength(2);
  });

  test('gives the data and the response by withResponse()', async () => {
    const { value, run } = watch(create());
    const { data, response } = await value.withResponse();
    expect(data).toMatchObject(answer);
    expect(response.status).toBe(200);
    expect(run.log).toEqual([['succeed', data]]);
  });

  test('gives the raw response by asResponse(), unread', async () => {
    const { value, run } = watch(create());
    const response = await value.asResponse();
    expect(await response.json()).toEqual(answer);
    expect(run.log).toEqual([['succeed', response]]);
  });

  test('may be parsed after asResponse() was asked for', async () => {
    const { value, run } = watch(create());
    const [response, data] = await Promise.all([value.asResponse(), value]);
    expect(response.status).toBe(200);
    expect(run.log).toEqual([['succeed', data]]);
  });

  test('keeps _thenUnwrap(), which makes another of its kind', async () => {
    const { value, run } = watch(create());
    const mapped = (value as unknown as { _thenUnwrap<T>(map: (data: unknown) => T): Promise<T> })._thenUnwrap(
      (data) => ({ mapped: data }),
    );
    expect(mapped.constructor).toBe(value.constructor);
    expect(await mapped).toMatchObject({ mapped: answer });
    expect(kinds(run)).toEqual(['succeed']);
  });

  test.each(['fail', 'garbled'])('rejects with the error of the SDK (%s)', async (model) => {
    const { value, run } = watch(createOf(model));
    const error = await value.then(
      () => 'no error',
      (e: unknown) => e,
    );
    expect(types.isNativeError(error)).toBe(true);
    expect(run.log).toEqual([['fail', error]]);
  });

  test('that fails is told of without anybody awaiting it', async () => {
    const { value, run } = watch(createOf('fail'));
    (value as unknown as { responsePromise: Promise<unknown> }).responsePromise.catch(() => {});
    await until(() => run.log.length > 0);
    expect(kinds(run)).toEqual(['fail']);
  });
});

type AnyStream = AsyncIterable<unknown> & {
  controller: AbortController;
  tee(): [AsyncIterable<unknown>, AsyncIterable<unknown>];
  toReadableStream(): ReadableStream;
};

describe.each<
  [
    string,
    (model?: string) => PromiseLike<AnyStream> & { withResponse(): Promise<{ data: AnyStream }> },
    readonly unknown[],
  ]
>([
  ['openai', chatStream, chatChunks],
  ['@anthropic-ai/sdk', claudeStream, messageEvents],
])('the Stream of %s', (_, create, chunks) => {
  const collect = async (stream: AsyncIterable<unknown>): Promise<unknown[]> => {
    const all: unknown[] = [];
    for await (const chunk of stream) all.push(chunk);
    return all;
  };
  const opened = async (model?: string): Promise<{ stream: AnyStream; run: RecordingRun }> => {
    const { value, run } = watch(create(model));
    const stream = await value;
    expect(await value).toBe(stream);
    expect(run.log).toEqual([]);
    return { stream, run };
  };

  test('keeps the run open to its last chunk', async () => {
    const { stream, run } = await opened();
    expect(stream.controller).toBeInstanceOf(AbortController);
    expect(Object.keys(stream)).toEqual(Object.keys(await create()));
    expect(await collect(stream)).toEqual(chunks);
    expect(run.chunks).toEqual(chunks);
    expect(run.ends).toEqual([['succeed']]);
    await expect(collect(stream)).rejects.toThrow(/consumed/);
    expect(run.ends).toHaveLength(1);
  });

  test('is seen through withResponse()', async () => {
    const { value, run } = watch(create());
    const { data } = await value.withResponse();
    expect(await collect(data)).toEqual(chunks);
    expect(run.chunks).toEqual(chunks);
    expect(run.ends).toEqual([['succeed']]);
  });

  test('handed on by an outer call tells both calls', async () => {
    const inner = new RecordingRun('inner');
    const outer = new RecordingRun('outer');
    const call = (): Promise<AnyStream> => settle(create(), inner) as Promise<AnyStream>;
    const stream = await (settle((async () => await call())(), outer) as Promise<AnyStream>);
    expect(await collect(stream)).toEqual(chunks);
    for (const run of [inner, outer]) expect([run.chunks, run.ends]).toEqual([chunks, [['succeed']]]);
  });

  test('is cancelled by a break, which aborts the request', async () => {
    const before = server.aborted();
    const { stream, run } = await opened('slow');
    for await (const _ of stream) break;
    expect(stream.controller.signal.aborted).toBe(true);
    expect(kinds(run)).toEqual(['chunk', 'cancel']);
    await until(() => server.aborted() > before);
  });

  test('counts each chunk of tee() once', async () => {
    const { stream, run } = await opened();
    const [left, right] = stream.tee();
    expect(left).toBeInstanceOf(stream.constructor);
    expect(await Promise.all([collect(left), collect(right)])).toEqual([chunks, chunks]);
    expect(run.chunks).toEqual(chunks);
    expect(run.ends).toEqual([['succeed']]);
  });

  test('is seen through toReadableStream(), its cancel included', async () => {
    const { stream, run } = await opened();
    const text = await new Response(stream.toReadableStream()).text();
    expect(
      text
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual(chunks);
    expect(run.chunks).toEqual(chunks);
    const other = await opened('slow');
    const reader = other.stream.toReadableStream().getReader();
    await reader.read();
    await reader.cancel();
    expect(kinds(other.run)).toEqual(['chunk', 'cancel']);
  });

  test('aborted before it is read is cancelled', async () => {
    const { stream, run } = await opened('slow');
    stream.controller.abort();
    expect(run.log).toEqual([['cancel']]);
    expect(await collect(stream)).toEqual([]);
  });

  test('aborted while it is read ends as it does for the reader', async () => {
    const { stream, run } = await opened('slow');
    const got: unknown[] = [];
    for await (const chunk of stream) {
      got.push(chunk);
      stream.controller.abort();
    }
    expect(run.chunks).toEqual(got);
    expect(run.ends).toEqual([['succeed']]);
  });

  test('cut off fails with what the reader gets', async () => {
    const { stream, run } = await opened('cut');
    const error = await collect(stream).then(
      () => 'no error',
      (e: unknown) => e,
    );
    expect(types.isNativeError(error)).toBe(true);
    expect(run.ends).toEqual([['fail', error]]);
  });
});

describe('a list request', () => {
  const list = () => openai.files.list();

  test('that is awaited ends with its page', async () => {
    const { value, run } = watch(list());
    const page = await value;
    expect(page.data).toHaveLength(2);
    expect(run.log).toEqual([['succeed', page]]);
    for await (const _ of page);
    expect(run.log).toHaveLength(1);
  });

  test('that is iterated ends with its last item', async () => {
    const { value, run } = watch(list());
    const ids: string[] = [];
    for await (const file of value) ids.push(file.id);
    expect(ids).toEqual(['file-1', 'file-2']);
    expect(run.chunks).toHaveLength(2);
    expect(run.ends).toEqual([['succeed']]);
  });

  test('that fails while it is iterated fails', async () => {
    const failing = new OpenAI({ apiKey: 'key', baseURL: 'http://127.0.0.1:1/', maxRetries: 0 });
    const { value, run } = watch(failing.files.list());
    const error = await (async () => {
      for await (const _ of value);
    })().catch((e: unknown) => e);
    expect(run.log).toEqual([['fail', error]]);
  });
});

interface Helper extends AsyncIterable<unknown> {
  done(): Promise<void>;
  abort(): void;
}
describe.each<[string, (model?: string) => Helper, (helper: never) => Promise<unknown>]>([
  [
    'chat.completions.stream()',
    (model = 'gpt-x') => openai.chat.completions.stream({ model, messages: [] }),
    (h: { finalChatCompletion(): Promise<unknown> }) => h.finalChatCompletion(),
  ],
  [
    'responses.stream()',
    (model = 'gpt-x') => openai.responses.stream({ model, input: 'hi' }),
    (h: { finalResponse(): Promise<unknown> }) => h.finalResponse(),
  ],
  [
    'messages.stream()',
    (model = 'claude-x') => anthropic.messages.stream({ model, messages: [], max_tokens: 9 }),
    (h: { finalMessage(): Promise<unknown> }) => h.finalMessage(),
  ],
])('the stream helper %s', (_, create, answerOf) => {
  test('ends with the answer, however little of it is used', async () => {
    const { value, run } = watch(create());
    await value.done();
    await until(() => run.ends.length > 0);
    expect(run.chunks.length).toBeGreaterThan(2);
    expect(run.ends).toEqual([['succeed', await answerOf(value as never)]]);
  });

  test('can be iterated, each chunk counted once', async () => {
    const { value, run } = watch(create());
    const all: unknown[] = [];
    for await (const chunk of value) all.push(chunk);
    await until(() => run.ends.length > 0);
    expect(run.chunks).toEqual(all);
    expect(kinds(run).at(-1)).toBe('succeed');
  });

  test('is cancelled by a break', async () => {
    const { value, run } = watch(create('slow'));
    for await (const _ of value) break;
    await until(() => run.ends.length > 0);
    expect(run.ends).toEqual([['cancel']]);
  });

  test('fails with the error its caller gets', async () => {
    const { value, run } = watch(create('fail'));
    const error = await value.done().catch((e: unknown) => e);
    await until(() => run.ends.length > 0);
    expect(run.ends).toEqual([['fail', error]]);
  });
});

describe('a failure of an SDK that nobody handles', () => {
  const script = `
    import OpenAI from 'openai';
    import Anthropic from '@anthropic-ai/sdk';
    import { settle } from './lib/span/settle.ts';
    const openai = new OpenAI({ apiKey: 'key', baseURL: process.argv[2] + '/v1', maxRetries: 0, fetch: (...a) => whole(...a) });
    const anthropic = new Anthropic({ apiKey: 'key', baseURL: process.argv[2], maxRetries: 0, fetch: (...a) => whole(...a) });
    let unhandled = 0, ends = 0;
    process.on('unhandledRejection', () => unhandled++);
    const run = { enter: (fn, self, args) => fn.apply(self, args), chunk() {}, succeed() { ends++ }, fail() { ends++ }, cancel() { ends++ }, abandon() {} };
    const sources = {
      openai: (model) => openai.chat.completions.create({ model, messages: [] }),
      openaiStream: (model) => openai.chat.completions.create({ model, messages: [], stream: true }),
      files: () => new OpenAI({ apiKey: 'key', baseURL: 'http://127.0.0.1:1', maxRetries: 0, fetch: (...a) => whole(...a) }).files.list(),
      anthropic: (model) => anthropic.messages.create({ model, messages: [], max_tokens: 9 }),
      chat: (model) => openai.chat.completions.stream({ model, messages: [] }),
      responses: (model) => openai.responses.stream({ model, input: 'hi' }),
      messages: (model) => anthropic.messages.stream({ model, messages: [], max_tokens: 9 }),
    };
    const uses = {
      ignore: () => {},
      iterate: async (s) => { try { for await (const _ of s.then ? await s : s); return 'read' } catch (e) { return String(e) } },
      then: (s) => { s.then?.(() => {}) },
      catch: (s) => s.catch?.(() => {}),
      finally: (s) => { s.finally?.(() => {}) },
      asResponse: async (s) => { try { return (await s.asResponse?.())?.status } catch (e) { return String(e) } },
      withResponse: (s) => { s.withResponse?.() },
      final: async (s) => { try { await (s.finalChatCompletion ?? s.finalResponse ?? s.finalMessage)?.call(s); return 'final' } catch (e) { return String(e) } },
      done: (s) => s.done?.().catch(() => {}),
      abort: (s) => { s.abort?.() },
      abortListening: (s) => { s.on?.('abort', () => {}); s.abort?.() },
      errorListening: (s) => { s.on?.('error', () => {}) },
      break: async (s) => { try { for await (const _ of s.then ? await s : s) break; return 'left' } catch (e) { return String(e) } },
    };
    // The whole answer is here when fetch resolves: what follows is a matter of turns of the event loop.
    let pending = 0;
    const whole = async (...args) => {
      pending++;
      try {
        const answer = await fetch(...args);
        return new Response(await answer.text(), answer);
      } finally {
        pending--;
      }
    };
    const turn = () => new Promise((done) => setTimeout(done, 1));
    const settledDown = async () => {
      for (let quiet = 0; quiet < 6; quiet++) {
        await turn();
        if (pending > 0) quiet = 0;
      }
    };
    const count = async (source, model, use, wrap) => {
      unhandled = ends = 0;
      const result = await use(wrap(source(model)));
      await settledDown();
      return [unhandled, typeof result === 'string' || typeof result === 'number' ? result : null];
    };
    (async () => {
      const rows = [];
      for (const [s, source] of Object.entries(sources)) for (const model of ['ok', 'fail', 'garbled']) for (const [u, use] of Object.entries(uses)) {
        const bare = await count(source, model, use, (p) => p);
        const traced = await count(source, model, use, (p) => settle(p, run));
        rows.push([[s, model, u].join(' '), bare, traced]);
      }
      console.log(JSON.stringify(rows));
      process.exit();
    })();`;

  test('is as unhandled as without us, in every use', async () => {
    const rows = (await runInProcess(script, [server.url])) as [string, unknown, unknown][];
    expect(rows).toHaveLength(7 * 3 * 13);
    for (const [name, bare, traced] of rows) expect([name, traced]).toEqual([name, bare]);
  });
});
