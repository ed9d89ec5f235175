import { TraceFunction, Untraced } from '../../dist/esm/index.js';
import { decorated } from './compile.mjs';
import { common, options } from './spandrel.mjs';

/** The decorator, compiled with one protocol. */
export async function spandrel(protocol) {
  const { method } = await decorated('method', protocol);
  const { places } = await decorated('places', protocol);
  const { decoratedClass } = await decorated('class-decorator', protocol);
  const standard = protocol === 'standard' ? await decorated('private-place', protocol) : undefined;
  const subject = {
    ...common,
    has: [
      ...common.features,
      'decorator',
      'class decorator',
      'untraced',
      ...(standard ? ['private methods', 'fields'] : []),
    ],
    wrap: (fn, given) => method(TraceFunction(options(given)), fn),
    places: {
      ...Object.fromEntries(Object.entries(places).map(([name, place]) => [name, () => place(TraceFunction)])),
      privateMethod: () => standard.privatePlace(TraceFunction),
      field: () => standard.fieldPlace(TraceFunction),
      wholeClass: () => decoratedClass(TraceFunction, Untraced()),
    },
  };
  return { subject };
}
