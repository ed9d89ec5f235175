import { observe } from '@arizeai/openinference-core';
import { decorated } from './compile.mjs';
import { common, options } from './openinference.mjs';

const { method } = await decorated('method', 'standard');
const { places } = await decorated('places', 'standard');
const { privatePlace } = await decorated('private-place', 'standard');

export const subject = {
  ...common,
  has: [...common.features, 'decorator', 'private methods'],
  wrap: (fn, given) => method(observe(options(given)), fn),
  places: {
    ...Object.fromEntries(Object.entries(places).map(([name, place]) => [name, () => place(observe)])),
    privateMethod: () => privatePlace(observe),
  },
};
