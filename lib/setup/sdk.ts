import { createRequire } from 'node:module';
import type * as resources from '@opentelemetry/resources';
import type * as sdkNode from '@opentelemetry/sdk-node';
import type * as sdkTrace from '@opentelemetry/sdk-trace';

const SDK_NODE = '@opentelemetry/sdk-node';

/** OpenTelemetry's SDK as the program has it installed, line 2 or 3. */
export interface Sdk {
  readonly NodeSDK: typeof sdkNode.NodeSDK;
  readonly trace: typeof sdkTrace;
  readonly resources: typeof resources;
  /** Loads a package that sdk-node depends on, such as an exporter; or, by several names, a dependency of that one. */
  load(...names: readonly [string, ...string[]]): unknown;
}

let loaded: Sdk | undefined;

/**
 * Loads sdk-node when tracing starts, not when this module is imported, and its siblings from where sdk-node itself finds
 * them: the copies match, and strict package managers, which hide the dependencies of a dependency, are satisfied.
 */
export function loadSdk(): Sdk {
  if (loaded === undefined) {
    /* eslint-disable @typescript-eslint/no-require-imports -- see above */
    const load = (...names: readonly string[]): unknown => require(names.reduce(resolveFrom, sdkNodePath()));
    loaded = {
      NodeSDK: (require(sdkNodePath()) as typeof sdkNode).NodeSDK,
      trace: load('@opentelemetry/sdk-trace') as typeof sdkTrace,
      resources: load('@opentelemetry/resources') as typeof resources,
      load,
    };
  }
  /* eslint-enable */
  return loaded;
}

const resolveFrom = (path: string, name: string) => createRequire(path).resolve(name);

function sdkNodePath(): string {
  if (typeof require !== 'function') throw new Error('startTracing() needs Node.js 20.16 or later.');
  try {
    return require.resolve(SDK_NODE);
  } catch (cause) {
    throw new Error(
      `startTracing() needs the package ${SDK_NODE}, 0.220 or later. Install it: npm install ${SDK_NODE}`,
      { cause },
    );
  }
}
