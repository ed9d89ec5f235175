/** In the order of the table: what it is called there, and where it is. */
export const SUBJECTS = {
  bare: { title: 'bare', load: () => import('./bare.mjs') },
  'spandrel-standard': {
    title: 'spandrel `@TraceFunction` (standard)',
    load: () => import('./spandrel-decorator.mjs').then(({ spandrel }) => spandrel('standard')),
  },
  'spandrel-legacy': {
    title: 'spandrel `@TraceFunction` (legacy)',
    load: () => import('./spandrel-decorator.mjs').then(({ spandrel }) => spandrel('legacy')),
  },
  'spandrel-traced': { title: 'spandrel `traced`', load: () => import('./spandrel-traced.mjs') },
  'openinference-observe': { title: 'OpenInference `@observe`', load: () => import('./openinference-observe.mjs') },
  'openinference-withspan': { title: 'OpenInference `withSpan`', load: () => import('./openinference-withspan.mjs') },
  langfuse: { title: 'Langfuse `observe`', load: () => import('./langfuse.mjs') },
  'nestjs-otel': { title: 'nestjs-otel `@Span`', load: () => import('./nestjs-otel.mjs') },
  broken: { title: 'broken on purpose', load: () => import('./broken.mjs') },
};

export async function loadSubject(name) {
  return (await SUBJECTS[name].load()).subject;
}
