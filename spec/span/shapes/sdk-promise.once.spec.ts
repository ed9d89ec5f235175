import { settle } from '../../../lib/span/settle.js';
import { RecordingRun, useContexts, where } from '../../support/shapes-recording-run.js';

// The promise of SDKs made by Stainless, as far as a watcher can see it; model-sdks.once.spec.ts has the real ones.

useContexts();

interface Props {
  readonly response: { readonly status: number };
  readonly body: string;
}
type Parse = (props: Props) => Promise<unknown>;
const props: Props = { response: { status: 200 }, body: '"text"' };

class ApiPromise extends Promise<unknown> {
  responsePromise: Promise<Props>;
  parseResponse: Parse;
  parsedPromise: Promise<unknown> | undefined;
  constructor(responsePromise: Promise<Props>, parseResponse: Parse) {
    super((done) => done(null));
    this.responsePromise = responsePromise;
    this.parseResponse = parseResponse;
  }
  static override get [Symbol.species]() {
    return Promise;
  }
  asResponse() {
    return this.responsePromise.then(({ response }) => response);
  }
  async withResponse() {
    return { data: await this.parse(), response: await this.asResponse() };
  }
  unwrapped() {
    return new ApiPromise(this.responsePromise, (given) => this.parseResponse(given));
  }
  parse() {
    return (this.parsedPromise ??= this.responsePromise.then((given) => this.parseResponse(given)));
  }
  override then<A = unknown, B = never>(
    resolved?: ((value: unknown) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.parse().then(resolved, rejected);
  }
}

let parsed: unknown[] = [];
beforeEach(() => (parsed = []));
const request = (parse: Parse = async ({ body }) => (parsed.push(where()), JSON.parse(body))) =>
  new ApiPromise(Promise.resolve(props), parse);
const watch = <T>(value: T): { value: T; run: RecordingRun } => {
  const run = new RecordingRun();
  expect(settle(value, run)).toBe(value);
  return { value, run };
};
const turn = () => new Promise((next) => setImmediate(next));

describe('a request of an SDK', () => {
  test('is not parsed before somebody asks', async () => {
    const { run } = watch(request());
    await turn();
    expect([parsed, run.log]).toEqual([[], []]);
  });

  test('is parsed once, inside the run, and ends with what that gives', async () => {
    const { value, run } = watch(request());
    expect([await value, await value]).toEqual(['text', 'text']);
    expect([parsed, run.log]).toEqual([['run'], [['succeed', 'text']]]);
    expect(Object.keys(value)).toEqual(Object.keys(request()));
  });

  test('whose answer is a stream ends with that', async () => {
    const { value, run } = watch(request(async () => (async function* () { yield 1; })())); // prettier-ignore
    for await (const _ of (await value) as AsyncIterable<number>);
    expect(run.log).toEqual([['chunk', 1], ['succeed']]);
  });

  test('whose raw response alone is asked for ends with that', async () => {
    const { value, run } = watch(request());
    expect(await value.asResponse()).toBe(props.response);
    expect([parsed, run.log]).toEqual([[], [['succeed', props.response]]]);
  });

  test('whose raw response is asked for as well ends with its answer', async () => {
    const { value, run } = watch(request());
    expect(await value.withResponse()).toEqual({ data: 'text', response: props.response });
    expect(run.log).toEqual([['succeed', 'text']]);
  });

  test('without a way to the raw response is watched all the same', async () => {
    const { value, run } = watch(Object.assign<Promise<unknown>, object>(request(), { asResponse: undefined }));
    expect([await value, 'asResponse' in value]).toEqual(['text', true]);
    expect(run.log).toEqual([['succeed', 'text']]);
  });

  test('that is parsed a second time, by another of its kind, counts the first time', async () => {
    let times = 0;
    const { value, run } = watch(
      request(async () => {
        times += 1;
        if (times > 1) throw new Error('twice');
        return times;
      }),
    );
    expect(await value).toBe(1);
    await expect(value.unwrapped()).rejects.toThrow('twice');
    expect(run.log).toEqual([['succeed', 1]]);
  });

  test('that fails says so, whether or not anybody awaits it', async () => {
    const error = new Error('no such model');
    const failed = Promise.reject<Props>(error);
    failed.catch(() => {});
    const { value, run } = watch(new ApiPromise(failed, async () => 'never'));
    value.responsePromise.catch(() => {});
    await turn();
    expect(run.log).toEqual([['fail', error]]);
    await expect(value).rejects.toBe(error);
    await expect(value.asResponse()).rejects.toBe(error);
    expect(run.log).toHaveLength(1);
  });

  test('that cannot be parsed fails, once', async () => {
    const error = new Error('no JSON');
    const { value, run } = watch(request(() => Promise.reject(error)));
    await expect(value).rejects.toBe(error);
    await expect(value.unwrapped()).rejects.toBe(error);
    expect(run.log).toEqual([['fail', error]]);
  });

  test('that is frozen ends at the return', async () => {
    const { value, run } = watch(Object.freeze(request(async () => 'text')));
    expect(run.log.map(([what]) => what)).toEqual(['succeed']);
    expect(await value.responsePromise.then(value.parseResponse)).toBe('text');
  });

  test('whose response promise alone cannot be replaced ends at the return, and is parsed as before', async () => {
    const fixed = Object.defineProperty(request(), 'responsePromise', { configurable: false, writable: false });
    const { value, run } = watch(fixed);
    expect(run.log.map(([what]) => what)).toEqual(['succeed']);
    expect(await value).toBe('text');
    expect(run.log).toHaveLength(1);
  });

  test('for a list is awaited or iterated, and counted by what came first', async () => {
    const list = () =>
      Object.assign(request(), {
        async *[Symbol.asyncIterator]() {
          yield 1;
          yield 2;
        },
      });
    const awaited = watch(list());
    expect(await awaited.value).toBe('text');
    for await (const _ of awaited.value);
    expect(awaited.run.log).toEqual([['succeed', 'text']]);
    const iterated = watch(list());
    for await (const _ of iterated.value);
    expect(await iterated.value).toBe('text');
    expect(iterated.run.log).toEqual([['chunk', 1], ['chunk', 2], ['succeed']]);
  });
});

describe('what has only a part of a request’s traits is told of by its own `then`', () => {
  const then = (resolved: (value: string) => void) => resolved('own');
  const inherited = Object.create({ responsePromise: Promise.resolve(props) }) as object;
  test.each<[string, object]>([
    ['no response promise', { parseResponse: () => 1, then }],
    ['an inherited one', Object.assign(inherited, { parseResponse: () => 1, then })],
    ['one that is null', { responsePromise: null, parseResponse: () => 1, then }],
    ['one that is a text', { responsePromise: 'text', parseResponse: () => 1, then }],
    ['one that is no promise', { responsePromise: {}, parseResponse: () => 1, then }],
    ['nothing that parses', { responsePromise: Promise.resolve(props), then }],
  ])('with %s', async (_, source) => {
    const { value, run } = watch(source);
    expect(await value).toBe('own');
    expect(run.log).toEqual([['succeed', 'own']]);
  });

  test('a value without `then` is what was given', () => {
    const plain = { responsePromise: Promise.resolve(props), parseResponse: () => 1 };
    expect(watch(plain).run.log).toEqual([['succeed', plain]]);
  });
});
