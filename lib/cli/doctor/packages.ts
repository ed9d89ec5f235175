import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findings, type Finding } from './finding.js';

const API = '@opentelemetry/api';
const found = findings('packages');

/** Versions of OpenTelemetry, and whether there are two copies of its API: a newer one over an older one makes no spans, silently. */
export function checkPackages(directory: string): Finding[] {
  const here = join(directory, 'package.json');
  const api = installed(here, API);
  const sdk = installed(here, '@opentelemetry/sdk-node');
  const spandrel = installed(here, 'spandrel');
  if (api === undefined) {
    return [found.problem(`${API} is not installed.`, `npm install ${API} @opentelemetry/sdk-node`)];
  }
  return [
    found.ok(
      `Node.js ${process.versions.node}, ${API} ${api.version}${sdk ? `, sdk-node ${sdk.version}` : ''}${spandrel ? `, spandrel ${spandrel.version}` : ''}.`,
    ),
    ...(sdk === undefined
      ? [
          found.warning(
            '@opentelemetry/sdk-node is not installed, so startTracing() cannot be used.',
            'npm install @opentelemetry/sdk-node, unless the program sets up OpenTelemetry itself.',
          ),
        ]
      : checkSdk(sdk, api)),
    ...copies([api, ...[sdk, spandrel].flatMap((one) => (one ? (installed(one.path, API) ?? []) : []))]),
  ];
}

function checkSdk(sdk: Installed, api: Installed): Finding[] {
  const minor = Number(sdk.version.split('.')[1]);
  if (sdk.version.startsWith('0.') && minor < 220)
    return [
      found.problem(`sdk-node ${sdk.version} is too old for spandrel.`, 'npm install @opentelemetry/sdk-node@latest'),
    ];
  const line3 = minor >= 300;
  if (line3 && isBefore(process.versions.node, '22.15.0'))
    return [
      found.warning(
        `sdk-node ${sdk.version} supports Node.js from 22.15 on; this is ${process.versions.node}.`,
        'npm install @opentelemetry/sdk-node@0.223 on this Node.js.',
      ),
    ];
  if (line3 === isBefore(api.version, '1.10.0'))
    return [
      found.warning(
        `sdk-node ${sdk.version} and ${API} ${api.version} are not made for each other.`,
        `npm install ${API}@${line3 ? '1.10' : '1.9'}`,
      ),
    ];
  return [];
}

function copies(apis: readonly Installed[]): Finding[] {
  const byPath = new Map(apis.map((one) => [one.path, one]));
  const versions = new Set([...byPath.values()].map(({ version }) => version));
  if (byPath.size === 1) return [];
  const where = [...byPath.values()].map(({ version, path }) => `${version} in ${dirname(path)}`).join(', ');
  if (versions.size === 1) return [found.info(`${API} is installed ${byPath.size} times, in one version: ${where}.`)];
  return [
    found.problem(
      `${API} is installed in ${versions.size} versions: ${where}. What uses a newer one than was registered makes no spans, without a word.`,
      `Let one version be installed: npm ls ${API} shows who asks for which; npm dedupe, or "overrides" in package.json.`,
    ),
  ];
}

interface Installed {
  readonly version: string;
  /** Of its package.json. */
  readonly path: string;
}

/** The package as the file at `from` finds it. */
function installed(from: string, name: string): Installed | undefined {
  for (const folder of createRequire(from).resolve.paths(name) ?? []) {
    try {
      const path = realpathSync(join(folder, name, 'package.json'));
      return { path, version: String((JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown }).version) };
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

function isBefore(version: string, other: string): boolean {
  const [a, b] = [version, other].map((text) => text.split(/[.-]/).slice(0, 3).map(Number)) as [number[], number[]];
  const at = a.findIndex((part, i) => part !== b[i]);
  return at !== -1 && (a[at] as number) < (b[at] as number);
}
