// Preloaded: OpenTelemetry comes from ../otel3, its line 3, whoever asks for it outside of that folder.
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const otel3 = path.resolve(__dirname, '../otel3');
const from = Module.createRequire(path.join(otel3, 'package.json'));
const isLine3 = (parent) => parent?.startsWith(otel3 + path.sep) === true;

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const redirect = request.startsWith('@opentelemetry/') && !isLine3(parent?.filename);
  return redirect ? from.resolve(request) : resolve.call(this, request, parent, ...rest);
};

// `import` goes another way: a hook in a thread of its own
const hook = `
const otel3 = ${JSON.stringify(pathToFileURL(otel3 + path.sep).href)};
export function resolve(specifier, context, next) {
  const redirect = specifier.startsWith('@opentelemetry/') && !context.parentURL?.startsWith(otel3);
  return next(specifier, redirect ? { ...context, parentURL: otel3 + 'package.json' } : context);
}`;
Module.register(`data:text/javascript,${encodeURIComponent(hook)}`);
