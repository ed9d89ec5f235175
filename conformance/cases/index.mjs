import asyncGenerators from './async-generators.mjs';
import capture from './capture.mjs';
import faults from './faults.mjs';
import functions from './functions.mjs';
import generators from './generators.mjs';
import nodeStreams from './node-streams.mjs';
import observables from './observables.mjs';
import places from './places.mjs';
import privacy from './privacy.mjs';
import promised from './promised.mjs';
import promises from './promises.mjs';
import quiet from './quiet.mjs';
import rareCaptures from './rare-captures.mjs';
import rareResults from './rare-results.mjs';
import scopes from './scopes.mjs';
import sdkStreams from './sdk-streams.mjs';
import spanErrors from './span-errors.mjs';
import spanLife from './span-life.mjs';
import spanTree from './span-tree.mjs';
import thenables from './thenables.mjs';
import webStreams from './web-streams.mjs';

/**
 * The questions, in the order of the table.
 * `needs`: what a subject must have for the question to apply; `broken`: the mistake that it exists to find;
 * `sdk: false`: asked in a process without a tracer provider.
 */
export const cases = [
  ...functions,
  ...promises,
  ...thenables,
  ...generators,
  ...asyncGenerators,
  ...sdkStreams,
  ...webStreams,
  ...nodeStreams,
  ...promised,
  ...observables,
  ...rareResults,
  ...places,
  ...spanLife,
  ...spanTree,
  ...spanErrors,
  ...capture,
  ...rareCaptures,
  ...privacy,
  ...faults,
  ...quiet,
  ...scopes,
];
