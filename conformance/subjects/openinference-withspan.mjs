import { withSpan } from '@arizeai/openinference-core';
import { common, options } from './openinference.mjs';

export const subject = {
  ...common,
  has: common.features,
  wrap: (fn, given) => withSpan(fn, options(given)),
};
