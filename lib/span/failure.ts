import { SpanStatusCode, type Attributes, type Span } from '@opentelemetry/api';
import { Redaction } from '../capture/redaction.js';
import {
  ERROR_TYPE,
  EXCEPTION_EVENT,
  EXCEPTION_MESSAGE,
  EXCEPTION_STACKTRACE,
  EXCEPTION_TYPE,
} from '../conventions/error.js';
import { isUnset, setIfUnset } from './untouched.js';

const recorded = new WeakSet();
const MAX_CAUSES = 8;

/**
 * Records a failure: the status and `error.type` on every span it passes, the exception with its causes on the first one.
 * Takes any thrown value; `redact` makes messages and stacks fit to be recorded.
 */
export function recordFailure(span: Span, error: unknown, redact: (text: string) => string): void {
  const { type, code, message, stack } = readError(error);
  const text = redact(message);
  setIfUnset(span, ERROR_TYPE, code ?? type);
  if (isUnset(span)) span.setStatus({ code: SpanStatusCode.ERROR, message: text });
  if (typeof error === 'object' && error !== null) {
    if (recorded.has(error)) return;
    recorded.add(error);
  }
  const attributes: Attributes = { [EXCEPTION_TYPE]: type, [EXCEPTION_MESSAGE]: text };
  const stacks = stack === undefined ? '' : stack + causesOf(error);
  if (stacks !== '') attributes[EXCEPTION_STACKTRACE] = redact(stacks);
  span.addEvent(EXCEPTION_EVENT, attributes);
}

/** What `error.type` says of a thrown value: the provider's code, else the error's class. */
export function errorType(error: unknown): string {
  const { code, type } = readError(error);
  return code ?? type;
}

interface ReadError {
  readonly type: string;
  /** The provider's or Node's own word for the failure (`rate_limit_exceeded`, `ECONNREFUSED`). */
  readonly code: string | undefined;
  readonly message: string;
  readonly stack: string | undefined;
}

function readError(error: unknown): ReadError {
  if ((typeof error !== 'object' || error === null) && typeof error !== 'function')
    return { type: error === null ? 'null' : typeof error, code: undefined, message: textOf(error), stack: undefined };
  const name = stringOf(error, 'name');
  const constructorName = stringOf(read(error, 'constructor'), 'name');
  const message = stringOf(error, 'message');
  const code = stringOf(error, 'code');
  return {
    type: [name === 'Error' ? undefined : name, constructorName, name].find(isClassName) ?? '_OTHER',
    code: code !== undefined && /^[\w.-]{1,64}$/.test(code) ? code : undefined,
    message: message ?? textOf(error),
    stack: stringOf(error, 'stack'),
  };
}

/** An object may be thrown whose `name` is a text of the user's, or a secret. */
const isClassName = (name: string | undefined): name is string =>
  name !== undefined && /^[\w$.:-]{1,128}$/.test(name) && Redaction.standard.text(name) === name;

/** `Caused by: …` for each cause, and for each error of an AggregateError. */
function causesOf(error: unknown): string {
  let text = '';
  const seen = new Set<unknown>([error]);
  const queue = [error];
  while (queue.length > 0 && seen.size <= MAX_CAUSES) {
    const at = queue.shift();
    for (const cause of [read(at, 'cause'), ...errorsOf(at)]) {
      if (cause === undefined || cause === null || seen.has(cause)) continue;
      seen.add(cause);
      queue.push(cause);
      const { type, message, stack } = readError(cause);
      text += `\nCaused by: ${stack ?? `${type}: ${message}`}`;
    }
  }
  return text;
}

function errorsOf(error: unknown): unknown[] {
  const errors = read(error, 'errors');
  return attempt(() => (Array.isArray(errors) ? errors.slice(0, MAX_CAUSES) : [])) ?? [];
}

function read(value: unknown, key: string): unknown {
  return attempt(() => (value as Record<string, unknown> | null | undefined)?.[key]);
}

function stringOf(value: unknown, key: string): string | undefined {
  const found = read(value, key);
  return typeof found === 'string' ? found : undefined;
}

function textOf(value: unknown): string {
  const text =
    attempt(
      () => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)) as string | undefined,
    ) ??
    attempt(() => Object.prototype.toString.call(value)) ??
    '[object]';
  return text.length > 1_024 ? `${text.slice(0, 1_024)}…` : text;
}

/** What is thrown may throw when it is looked at: a getter, a `toJSON`, a revoked Proxy. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
