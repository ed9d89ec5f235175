// 2. In the otel3 projects, OpenTelemetry comes from otel3/, whoever asks: lib, specs and vendors' SDKs get the one api copy
//    of that line. Packages inside otel3/ resolve as they are installed; npm may have hoisted some of theirs to the root.
const path = require('node:path');
const resolve = require('./resolver.cjs');

const otel3 = path.resolve(__dirname, '../../otel3');

module.exports = (request, options) => {
  const redirect = request.startsWith('@opentelemetry/') && !options.basedir.startsWith(otel3 + path.sep);
  return resolve(request, redirect ? { ...options, basedir: otel3 } : options);
};
