/** What the page shows: all of it is in the address, so that going back, reloading and sending it work. */
export interface State {
  readonly view: 'overview' | 'traces';
  /** Number of the open trace. */
  readonly trace?: number;
  /** Row of the open span. */
  readonly span?: number;
  readonly sort: Sort;
  readonly filter: Filter;
}

export type Sort = 'newest' | 'slowest' | 'dearest';

/** Which spans are looked at. All of it must hold. */
export interface Filter {
  readonly kind?: string;
  readonly name?: string;
  readonly model?: string;
  readonly agent?: string;
  readonly prompt?: string;
  readonly session?: string;
  readonly user?: string;
  readonly tag?: string;
  /** Only failed spans. */
  readonly errors?: true;
  /** Milliseconds since the Unix epoch. */
  readonly from?: number;
  readonly to?: number;
  /** Text in names and contents. */
  readonly text?: string;
}

/** Filters that compare one text. */
export const DIMENSIONS = ['kind', 'model', 'agent', 'prompt', 'user', 'tag', 'session', 'name'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

const SORTS: readonly Sort[] = ['newest', 'slowest', 'dearest'];

export function readState(hash: string): State {
  const [view, query = ''] = hash.replace(/^#/, '').split('?', 2);
  const given = new URLSearchParams(query);
  const number = (name: string) => (/^\d+$/.test(given.get(name) ?? '') ? Number(given.get(name)) : undefined);
  const text = (name: string) => given.get(name) ?? undefined;
  const texts = Object.fromEntries(DIMENSIONS.map((name) => [name, text(name)]));
  const sort = SORTS.find((known) => known === given.get('sort')) ?? 'newest';
  const filter = {
    ...texts,
    errors: given.has('errors') ? (true as const) : undefined,
    from: number('from'),
    to: number('to'),
  };
  return {
    ...{ view: view === 'traces' ? 'traces' : 'overview', sort },
    ...defined<Pick<State, 'trace' | 'span'>>({ trace: number('trace'), span: number('span') }),
    filter: defined<Filter>({ ...filter, text: text('text') }),
  };
}

export function writeState({ view, trace, span, sort, filter }: State): string {
  const given = new URLSearchParams();
  const entries = { trace, span, sort: sort === 'newest' ? undefined : sort, ...filter };
  for (const [name, value] of Object.entries(entries)) if (value !== undefined) given.set(name, String(value));
  const query = given.toString();
  return `#${view}${query ? `?${query}` : ''}`;
}

/** Without the keys whose value is undefined. */
export function defined<T extends object>(object: { readonly [K in keyof T]?: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
