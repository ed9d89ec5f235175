import type { Attributes } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { PROJECT_NAME } from '../conventions/openinference.js';
import { envText, type Environment } from './environment.js';
import type { StartTracingOptions } from './options.js';
import { loadSdk } from './sdk.js';

const SERVICE_NAME = 'service.name';
const PROJECT_VARIABLES = ['PHOENIX_PROJECT', 'PHOENIX_PROJECT_NAME', 'ARIZE_PROJECT_NAME'];

/**
 * Who sends the spans. Made here, at once, instead of by NodeSDK's detectors: one of those is asynchronous, and the SDK
 * holds every span back until it is done, which reorders spans and loses those of a process that exits early; another
 * records the command line, where secrets are. `OTEL_NODE_RESOURCE_DETECTORS` brings them back for whoever asks.
 */
export function tracingResource(options: StartTracingOptions, env: Environment): Resource {
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = loadSdk().resources;
  const fromEnvironment = detectResources({ detectors: [envDetector] }); // OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES
  const given: Attributes = { ...fromEnvironment.attributes, ...options.resourceAttributes };
  const service =
    options.serviceName ?? envText(env, 'OTEL_SERVICE_NAME') ?? given[SERVICE_NAME] ?? options.projectName;
  const project =
    options.projectName ??
    given[PROJECT_NAME] ??
    PROJECT_VARIABLES.map((name) => envText(env, name)).find((name) => name !== undefined) ??
    service ??
    'default';
  return defaultResource()
    .merge(resourceFromAttributes(processAttributes()))
    .merge(
      resourceFromAttributes({
        ...given,
        ...(service !== undefined && { [SERVICE_NAME]: service }),
        [PROJECT_NAME]: project,
      }),
    );
}

const processAttributes = (): Attributes => ({
  'process.pid': process.pid,
  'process.runtime.name': 'nodejs',
  'process.runtime.version': process.versions.node,
});
