/**
 * Which specs look at which sources, the nearest and quickest first: a mutant meets them in this order until one of them fails.
 * A source stands in one row. `spec/x` is a file `spec/x.spec.ts` or a folder; a folder's order is the alphabet's.
 */
export const ROWS = [
  row(['lib/capture'], ['spec/capture']),

  row(span('failure', 'untouched'), [
    ...specs('span', 'failure', 'untouched'),
    ...['spec/decorators/trace-function', 'spec/plan/options', 'spec/plan/model-call', 'spec/cost/call-metrics'],
  ]),
  row(span('scope-run', 'span-context'), [
    ...specs('span', 'span-context', 'plan', 'faults', 'span-run'),
    ...[
      'spec/blocks',
      'spec/decorators/session-scoped',
      'spec/context/scopes',
      'spec/plan/roll-ups',
      'spec/plan/budget',
    ],
  ]),
  row(span('chunks', 'end-time', 'open-runs', 'span-run'), [
    ...specs(
      'span',
      'chunks',
      'end-time.once',
      'span-run',
      'plan',
      'durations',
      'faults',
      'at-work',
      'observable',
      'failure',
    ),
    ...specs('plan', 'options', 'model-call', 'roll-ups', 'budget', 'gen-ai', 'attacked'),
    ...['spec/blocks', 'spec/decorators/trace-function', 'spec/decorators/looking', 'spec/span/open-runs'],
    ...['spec/cost/call-metrics', 'spec/processor'],
  ]),
  row(span('at-work', 'call', 'plan', 'result-spans', 'run', 'run-in-span', 'tracer'), [
    ...specs('span', 'plan', 'durations', 'faults', 'at-work', 'result-spans', 'span-run'),
    ...specs('decorators', 'looking', 'trace-function', 'trace-agent', 'session-scoped', 'shape'),
    ...['spec/blocks', 'spec/plan/options', 'spec/plan/budget', 'spec/plan/model-call', 'spec/context/scopes'],
    ...['spec/plan/gen-ai', 'spec/cost/call-metrics', 'spec/processor', 'spec/plan/attacked'],
  ]),

  row(
    [...span('async-function', 'settle'), ...shapes('data', 'methods', 'watch', 'watched')],
    [
      ...looking('methods', 'async-iterables', 'generator', 'event-stream', 'sdk-promise', 'observables', 'streams'),
      ...[...looking('promises', 'garbage'), 'spec/span/faults'],
    ],
  ),
  row(shapes('async-iterable', 'generator', 'iterator'), looking('async-iterables', 'generator', 'streams', 'garbage')),
  row(
    shapes('lazy-thenable', 'native-promise', 'promise-prototype', 'promise-subclass'),
    looking('queries', 'knex', 'promises', 'garbage'),
  ),
  row(shapes('event-stream', 'sdk-promise'), looking('sdk-promise', 'event-stream', 'model-sdks', 'garbage')),
  row(shapes('node-stream', 'web-stream', 'web-stream-pipe'), looking('streams', 'model-sdks', 'garbage')),
  row(shapes('observable'), [...looking('observables'), 'spec/span/observable', ...looking('garbage')]),

  row(
    ['lib/decorators'],
    [
      ...specs('decorators', 'folding', 'places', 'places.standard', 'shape', 'misuse', 'unusual'),
      ...specs('decorators', 'legacy-protocol.once', 'session-scoped', 'prompt-template', 'trace-function'),
      ...specs('decorators', 'trace-agent', 'trace-tool', 'trace-llm'),
      ...['spec/blocks/traced', 'spec/plan/budget', 'spec/adapters/tsyringe', 'spec/testing/assert-traced'],
      ...specs('decorators', 'folding.once', 'containers.once'),
    ],
  ),
];

function row(sources, looked) {
  return { sources, specs: looked };
}

function span(...names) {
  return names.map((name) => `lib/span/${name}.ts`);
}

function shapes(...names) {
  return span(...names.map((name) => `shapes/${name}`));
}

function specs(folder, ...names) {
  return names.map((name) => `spec/${folder}/${name}`);
}

function looking(...names) {
  return specs('span/shapes', ...names.map((name) => `${name}.once`));
}
