import { decorated } from './compile.mjs';

const none = () => () => undefined;
const { places } = await decorated('places', 'standard');
const { privatePlace, fieldPlace } = await decorated('private-place', 'standard');
const { decoratedClass } = await decorated('class-decorator', 'standard');

/** The function itself: every question about behaviour must be right of it, or the question is wrong. */
export const subject = {
  has: ['decorator', 'private methods', 'fields', 'class decorator'],
  wrap: (fn) => fn,
  places: {
    ...Object.fromEntries(Object.entries(places).map(([name, place]) => [name, () => place(none)])),
    privateMethod: () => privatePlace(none),
    field: () => fieldPlace(none),
    wholeClass: () => decoratedClass(none),
  },
};
