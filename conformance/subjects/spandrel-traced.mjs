import { traced } from '../../dist/esm/index.js';
import { common, options } from './spandrel.mjs';

export const subject = {
  ...common,
  has: common.features,
  wrap: (fn, given) => traced(fn, options(given)),
};
