import { compiled } from './compile.mjs';

/** In the order of the table: what it is called there, and where it is. */
export const SUBJECTS = {
  bare: { title: 'bare', load: () => import('./bare.mjs') },
  'spandrel-standard': { title: 'spandrel, standard', load: () => compiled('spandrel-standard.ts', false) },
  'spandrel-legacy': { title: 'spandrel, legacy', load: () => compiled('spandrel-legacy.ts', true) },
  'spandrel-traced': { title: 'spandrel `traced`', load: () => import('./spandrel-traced.mjs') },
  'openinference-observe': { title: 'OpenInference `@observe`', load: () => compiled('openinference-observe.ts', false) },
  'openinference-withspan': { title: 'OpenInference `withSpan`', load: () => import('./openinference-withspan.mjs') },
  langfuse: { title: 'Langfuse `observe`', load: () => import('./langfuse.mjs') },
  'nestjs-otel': { title: 'nestjs-otel `@Span`', load: () => compiled('nestjs-otel.ts', true) },
  broken: { title: 'broken on purpose', load: () => import('./broken.mjs') },
};

export async function loadSubject(name) {
  return (await SUBJECTS[name].load()).subject;
}
