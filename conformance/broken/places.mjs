import { decorated } from '../subjects/compile.mjs';

/** The places, decorated with a broken wrapper. */
export function brokenPlaces(wrap) {
  const decorator = () => (value, context) => (context.kind === 'field' ? (initial) => wrap(initial) : wrap(value));
  // A class decorator that knows nothing of statics, symbols, accessors and methods to leave out.
  const ofClass = () => (Class) => {
    for (const name of Object.getOwnPropertyNames(Class.prototype)) {
      const method = Class.prototype[name];
      if (name !== 'constructor') Object.defineProperty(Class.prototype, name, { value: wrap(Object(method)) });
    }
  };
  return {
    ...Object.fromEntries(Object.entries(places).map(([name, place]) => [name, () => place(decorator)])),
    privateMethod: () => privatePlace(decorator),
    field: () => fieldPlace(decorator),
    wholeClass: () => decoratedClass(ofClass),
  };
}

const { places } = await decorated('places', 'standard');
const { privatePlace, fieldPlace } = await decorated('private-place', 'standard');
const { decoratedClass } = await decorated('class-decorator', 'standard');
