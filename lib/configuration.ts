import { hiddenBy, type Hide } from './capture/hidden.js';
import { resolveLimits, type LimitOptions } from './capture/limits.js';
import { Redaction, type Redact } from './capture/redaction.js';
import { overridePricing, type ModelCosts } from './cost/model-costs.js';
import { checkOptions } from './options.js';
import { defaultSettings, settings, type Settings } from './settings.js';

/** What `configure` and `startTracing` take. A key that is missing or `undefined` leaves its setting as it is. */
export interface Configuration {
  /** Prices of your own, in USD per million tokens, asked before the catalogue. */
  readonly modelCosts?: ModelCosts | undefined;
  /** How much of a value is recorded; `false` for no limit at all. */
  readonly limits?: LimitOptions | false | undefined;
  /** Whether arguments are recorded as `input.value`. Default true. */
  readonly captureArgs?: boolean | undefined;
  /** Whether results are recorded as `output.value`. Default true. */
  readonly captureResult?: boolean | undefined;
  /** What to withhold beside the default secrets. */
  readonly redact?: Redact | undefined;
  /**
   * What must not be recorded at all, over every option: `true` for all content (arguments, results, messages, template variables, metadata,
   * exception messages), or kinds of it. Added to what `OPENINFERENCE_HIDE_*` in the environment hides. Default: that alone.
   */
  readonly hide?: Hide | undefined;
  /** The form of a scope's metadata: one JSON attribute `metadata` (default), flat `metadata.*` attributes, or both. */
  readonly metadata?: 'json' | 'flat' | 'both' | undefined;
  /**
   * The conventions that spans are written in: OpenInference always, and with `gen_ai` OpenTelemetry's GenAI conventions beside it (names
   * such as `chat gpt-4o`, `gen_ai.*` attributes, kind CLIENT on model calls, the status of a success unset). They are in development.
   * Default: what `OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental` asks for.
   */
  readonly conventions?: readonly ('openinference' | 'gen_ai')[] | undefined;
  /** The status of a span whose call succeeded: `ok` (default), or `unset`, the default with the GenAI conventions. */
  readonly successStatus?: 'ok' | 'unset' | undefined;
  /**
   * Whether session and user travel between services as W3C baggage (`session.id`, `user.id`, at most 256 characters each): `send` puts
   * those of the open scope into it, `receive` believes what comes where no scope says otherwise. Anybody who can call a service can send
   * it baggage: receive it only behind services of your own. Metadata and tags never travel. Default false.
   */
  readonly baggage?: 'send' | 'receive' | 'both' | false | undefined;
}

const SETTERS: {
  readonly [K in keyof Configuration]-?: (value: NonNullable<Configuration[K]> | false) => Partial<Settings>;
} = {
  modelCosts: (value) => ({ overrides: overridePricing(value as ModelCosts) }),
  limits: (value) => ({ limits: resolveLimits(value) }),
  captureArgs: (value) => ({ captureArgs: oneOf('captureArgs', value, [true, false]) }),
  captureResult: (value) => ({ captureResult: oneOf('captureResult', value, [true, false]) }),
  redact: (value) => ({ redaction: Redaction.standard.with(value as Redact) }),
  hide: (value) => ({ hidden: hiddenBy(value) }),
  metadata: (value) => ({ metadata: oneOf('metadata', value, ['json', 'flat', 'both']) }),
  baggage: (value) => ({ baggage: oneOf('baggage', value, ['send', 'receive', 'both', false]) }),
  conventions: (value) => ({ conventions: conventionsBeside(value) }),
  successStatus: (value) => ({ successStatus: oneOf('successStatus', value, ['ok', 'unset']) }),
};

/** The keys of {@link Configuration}. */
export const CONFIGURATION_KEYS = Object.keys(SETTERS) as readonly (keyof Configuration)[];

/**
 * Sets what holds for every traced call from now on: each call replaces the keys it names and leaves the others.
 * Throws, with nothing changed, when a key is unknown or a value does not fit.
 */
export function configure(configuration: Configuration): void {
  checkOptions('configure', configuration, CONFIGURATION_KEYS);
  const changes: Partial<Settings> = {};
  for (const key of CONFIGURATION_KEYS) {
    const value = configuration[key];
    if (value !== undefined) Object.assign(changes, (SETTERS[key] as (value: unknown) => Partial<Settings>)(value));
  }
  Object.assign(settings, changes, { version: settings.version + 1 });
}

/** Sets everything back to the defaults: for tests. */
export function resetConfiguration(): void {
  Object.assign(settings, defaultSettings(), { version: settings.version + 1 });
}

function conventionsBeside(given: unknown): 'gen_ai' | undefined {
  const names: unknown[] = Array.isArray(given) ? given : [given];
  for (const name of names) oneOf('conventions', name, ['openinference', 'gen_ai']);
  return names.includes('gen_ai') ? 'gen_ai' : undefined;
}

function oneOf<T>(name: string, value: unknown, allowed: readonly T[]): T {
  if (!allowed.includes(value as T))
    throw new TypeError(
      `configure({ ${name} }): expected ${allowed.map((one) => JSON.stringify(one)).join(' or ')}, got ${JSON.stringify(value) ?? String(value)}.`,
    );
  return value as T;
}
