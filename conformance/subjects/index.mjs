/** In the order of the table: what it is called there, at the head of a column, and where it is. */
export const SUBJECTS = {
  bare: { title: 'bare', short: 'bare', load: () => import('./bare.mjs') },
  'spandrel-standard': {
    title: 'spandrel `@TraceFunction` (standard)',
    short: 'spandrel standard',
    load: () => import('./spandrel-decorator.mjs').then(({ spandrel }) => spandrel('standard')),
  },
  'spandrel-legacy': {
    title: 'spandrel `@TraceFunction` (legacy)',
    short: 'spandrel legacy',
    load: () => import('./spandrel-decorator.mjs').then(({ spandrel }) => spandrel('legacy')),
  },
  'spandrel-traced': {
    title: 'spandrel `traced`',
    short: 'spandrel traced',
    load: () => import('./spandrel-traced.mjs'),
  },
  'openinference-observe': {
    title: 'OpenInference `@observe`',
    short: 'OI observe',
    load: () => import('./openinference-observe.mjs'),
  },
  'openinference-withspan': {
    title: 'OpenInference `withSpan`',
    short: 'OI withSpan',
    load: () => import('./openinference-withspan.mjs'),
  },
  langfuse: { title: 'Langfuse `observe`', short: 'Langfuse', load: () => import('./langfuse.mjs') },
  'nestjs-otel': { title: 'nestjs-otel `@Span`', short: 'nestjs-otel', load: () => import('./nestjs-otel.mjs') },
  broken: { title: 'broken on purpose', short: 'broken', load: () => import('./broken.mjs') },
};

export async function loadSubject(name) {
  return (await SUBJECTS[name].load()).subject;
}
