import { envCount, envText, envTrue, type Environment } from '../../setup/environment.js';
import { namesInEnvironment } from '../../setup/backends.js';
import { findings, type Finding } from './finding.js';

const found = findings('settings');
const FEW_ATTRIBUTES = 500;

/** Where each backend's address may come from; the first that is set is named. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  phoenix: ['OTEL_TRACES_EXPORTER', 'PHOENIX_COLLECTOR_ENDPOINT'],
  arize: ['OTEL_TRACES_EXPORTER', 'ARIZE_SPACE_ID', 'ARIZE_API_KEY'],
  otlp: ['OTEL_TRACES_EXPORTER', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
};

/** What the environment says, and from where. What a program says in code wins, and is not seen here. */
export function checkSettings(env: Environment): Finding[] {
  return [...backends(env), ...names(env), ...sampler(env), ...limits(env), ...hidden(env)];
}

function backends(env: Environment): Finding[] {
  if (envTrue(env, 'OTEL_SDK_DISABLED'))
    return [found.problem('OTEL_SDK_DISABLED is true: there is no tracing at all.', 'Unset it.')];
  const asked = namesInEnvironment(env);
  if (asked === 'none')
    return [found.problem('OTEL_TRACES_EXPORTER is none: nothing is exported.', 'Unset it, or name a backend.')];
  if (asked.length > 0)
    return asked.map((name) => {
      const from = SOURCES[name]?.find((variable) => envText(env, variable) !== undefined) ?? 'OTEL_TRACES_EXPORTER';
      return found.ok(`Spans go to ${name}, because ${from} is set.`);
    });
  if (envText(env, 'NODE_ENV') === 'production')
    return [
      found.problem(
        'NODE_ENV is production and no backend is named in the environment: unless the code names one, nothing is exported.',
        'Set PHOENIX_COLLECTOR_ENDPOINT, ARIZE_SPACE_ID and ARIZE_API_KEY, or OTEL_EXPORTER_OTLP_ENDPOINT; or name a backend in startTracing({ backends }).',
      ),
    ];
  return [found.ok('Spans go to the local file .spandrel/traces.jsonl, because the environment names no backend.')];
}

function names(env: Environment): Finding[] {
  const first = (...variables: readonly string[]) => variables.find((name) => envText(env, name) !== undefined);
  const project = first('PHOENIX_PROJECT', 'PHOENIX_PROJECT_NAME', 'ARIZE_PROJECT_NAME', 'OTEL_SERVICE_NAME');
  if (project !== undefined) return [found.ok(`The project is "${envText(env, project)}", from ${project}.`)];
  if (envText(env, 'OTEL_RESOURCE_ATTRIBUTES') !== undefined) return [];
  return [
    found.info(
      'The environment names no project, so spans are in the project "default" unless the code names one.',
      "startTracing({ projectName: 'my-service' }), or OTEL_SERVICE_NAME=my-service",
    ),
  ];
}

function sampler(env: Environment): Finding[] {
  const name = envText(env, 'OTEL_TRACES_SAMPLER');
  const share = envText(env, 'OTEL_TRACES_SAMPLER_ARG');
  if (name === undefined) return [];
  if (name.endsWith('always_off') || (name.endsWith('traceidratio') && Number(share) === 0))
    return [found.problem(`OTEL_TRACES_SAMPLER is ${name}: no trace that starts here is recorded.`, 'Unset it.')];
  if (name.endsWith('traceidratio'))
    return [
      found.info(
        `OTEL_TRACES_SAMPLER is ${name}: ${share ?? 1} of all traces are recorded; budgets and metrics count all.`,
      ),
    ];
  return [];
}

function limits(env: Environment): Finding[] {
  const counts = ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 'OTEL_ATTRIBUTE_COUNT_LIMIT'];
  const few = counts.find((name) => (envCount(env, name) ?? FEW_ATTRIBUTES) < FEW_ATTRIBUTES);
  const lengths = ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT'];
  const length = lengths.find((name) => envCount(env, name) !== undefined);
  return [
    ...(few
      ? [
          found.warning(
            `${few} is ${envText(env, few)}: a model call with long messages loses attributes, tokens and dollars among them.`,
            `Unset it: startTracing() sets 10,000.`,
          ),
        ]
      : []),
    ...(length
      ? [
          found.warning(
            `${length} is ${envText(env, length)}: inputs and outputs are cut to text that is no JSON any more.`,
            'Unset it, and use configure({ limits }), which keeps them valid JSON.',
          ),
        ]
      : []),
  ];
}

function hidden(env: Environment): Finding[] {
  const on = Object.keys(env).filter((name) => name.startsWith('OPENINFERENCE_HIDE_') && envTrue(env, name));
  return on.length > 0 ? [found.info(`Content is withheld, because of ${on.sort().join(', ')}.`)] : [];
}
