/** How the writer shows an object. `named` ones are never touched: reading them would consume, start or leak something. */
export type ObjectKind =
  | { readonly show: 'entries' }
  | { readonly show: 'named'; readonly name: string }
  | { readonly show: 'builtin'; readonly name: string };

const ENTRIES: ObjectKind = { show: 'entries' };
/** Builtins with a form of their own in the writer. */
const SHOWN_BUILTINS = new Set([
  'Map',
  'Set',
  'Date',
  'RegExp',
  'URL',
  'URLSearchParams',
  'String',
  'Number',
  'Boolean',
  'BigInt',
  'Symbol',
]);
/** Language objects that show nothing of themselves. */
const NAMED_BUILTINS = new Set(['Promise', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry']);
/**
 * Web and Node classes that hold a connection, a body that can be read once, or credentials; each with a member that tells it, and what
 * stands in for it, from a class of the user's that happens to have the name.
 */
const NAMED_CLASSES: Readonly<Record<string, string>> = {
  Request: 'arrayBuffer',
  Response: 'arrayBuffer',
  Headers: 'append',
  Blob: 'arrayBuffer',
  File: 'lastModified',
  FormData: 'append',
  AbortSignal: 'aborted',
  AbortController: 'abort',
  EventTarget: 'dispatchEvent',
  WebSocket: 'send',
  EventSource: 'readyState',
  MessagePort: 'postMessage',
  MessageChannel: 'port1',
  BroadcastChannel: 'postMessage',
  Worker: 'postMessage',
  ReadableStream: 'getReader',
  WritableStream: 'getWriter',
  TransformStream: 'readable',
  ReadableStreamDefaultReader: 'releaseLock',
  ReadableStreamBYOBReader: 'releaseLock',
  CompressionStream: 'readable',
  DecompressionStream: 'readable',
  CryptoKey: 'algorithm',
  KeyObject: 'equals',
  Socket: 'connect',
  TLSSocket: 'getPeerCertificate',
  Server: 'close',
  IncomingMessage: 'setTimeout',
  ServerResponse: 'writeHead',
  ClientRequest: 'abort',
  Agent: 'destroy',
  ChildProcess: 'kill',
};
const MAX_PROTOTYPES = 32;

const kinds = new WeakMap<object, ObjectKind>();

/** The kind of an object that is no array, by its prototype; found once for each prototype. Runs no accessor. */
export function objectKind(prototype: object | null): ObjectKind {
  if (prototype === null || prototype === Object.prototype) return ENTRIES;
  let kind = kinds.get(prototype);
  if (!kind) kinds.set(prototype, (kind = classify(prototype)));
  return kind;
}

function classify(prototype: object): ObjectKind {
  const name = classNameOf(prototype);
  let iterator = false;
  let isError = false;
  for (
    let at: object | null = prototype, i = 0;
    at !== null && i < MAX_PROTOTYPES;
    at = Object.getPrototypeOf(at) as object | null, i++
  ) {
    const own = classNameOf(at);
    if (own !== undefined && isNative(at)) {
      if (SHOWN_BUILTINS.has(own)) return { show: 'builtin', name: own };
      if (own === 'Error') isError = true;
      if (/^(?:ArrayBuffer|SharedArrayBuffer|DataView|(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array)$/.test(own))
        return { show: 'builtin', name: 'bytes' };
      if (NAMED_BUILTINS.has(own)) return { show: 'named', name: name ?? own };
    } else if (at === globalThis.URL?.prototype || at === globalThis.URLSearchParams?.prototype) {
      return { show: 'builtin', name: own as string };
    }
    if (own !== undefined && isPlatformClass(own, at)) return { show: 'named', name: name ?? own };
    // a thenable, an iterator, a stream: whatever it is called, reading it is the program's business
    if (hasMethod(at, 'then') || hasMethod(at, 'pipe') || hasMethod(at, 'getReader') || hasMethod(at, 'subscribe'))
      return { show: 'named', name: name ?? 'Object' };
    if (hasMethod(at, 'next') || hasMethod(at, Symbol.asyncIterator)) iterator = true;
  }
  if (isError) return { show: 'builtin', name: 'Error' };
  return iterator ? { show: 'named', name: tagOf(prototype) ?? name ?? 'Iterator' } : ENTRIES;
}

function descriptorOf(object: object, key: PropertyKey): PropertyDescriptor | undefined {
  return Object.getOwnPropertyDescriptor(object, key);
}

function hasMethod(object: object, key: PropertyKey): boolean {
  return typeof descriptorOf(object, key)?.value === 'function';
}

function isPlatformClass(name: string, prototype: object): boolean {
  const member = Object.hasOwn(NAMED_CLASSES, name) ? NAMED_CLASSES[name] : undefined;
  if (member === undefined) return false;
  for (
    let at: object | null = prototype, i = 0;
    at !== null && i < MAX_PROTOTYPES;
    at = Object.getPrototypeOf(at) as object | null, i++
  )
    if (descriptorOf(at, member)) return true;
  return false;
}

/** The name of the class a prototype belongs to, read from data properties only. */
export function classNameOf(prototype: object): string | undefined {
  const constructor: unknown = descriptorOf(prototype, 'constructor')?.value;
  if (typeof constructor !== 'function') return undefined;
  const name: unknown = descriptorOf(constructor, 'name')?.value;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function isNative(prototype: object): boolean {
  const constructor: unknown = descriptorOf(prototype, 'constructor')?.value;
  return (
    typeof constructor === 'function' && Function.prototype.toString.call(constructor).endsWith('{ [native code] }')
  );
}

/** `Generator`, `AsyncGenerator`, `Array Iterator` …: these have a tag and no class name of their own. */
function tagOf(prototype: object): string | undefined {
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const tag: unknown = descriptorOf(at, Symbol.toStringTag)?.value;
    if (typeof tag === 'string') return tag;
  }
  return undefined;
}
