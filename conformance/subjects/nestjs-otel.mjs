import 'reflect-metadata';
import { createRequire } from 'node:module';
import { decorated } from './compile.mjs';

const { Span, Traceable } = createRequire(import.meta.url)('nestjs-otel');
const { method } = await decorated('method', 'legacy');
const { places } = await decorated('places', 'legacy');
const { decoratedClass } = await decorated('class-decorator', 'legacy');

/** It captures neither arguments nor results: those questions do not apply. */
export const subject = {
  has: ['spans', 'hooks', 'decorator', 'class decorator', 'start attributes'],
  wrap(fn, { name, kind, hooks = {} }) {
    const onResult = hooks.output && ((result) => ({ attributes: hooks.output(result) }));
    const attributes = kind && { kind };
    const given = hooks.input
      ? (...args) => ({ attributes: hooks.input(...args), onResult })
      : { attributes, onResult };
    return method(name ? Span(name, given) : Span(given), fn);
  },
  read: () => ({}),
  attributeNames: { kind: 'kind', output: 'output' },
  places: {
    ...Object.fromEntries(Object.entries(places).map(([name, place]) => [name, () => place(Span)])),
    wholeClass: () => decoratedClass(Traceable),
  },
};
