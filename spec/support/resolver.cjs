// How jest finds modules here. Two rules on top of its own:
// 1. Our sources import './x.js' and mean './x.ts'. (A moduleNameMapper would also rewrite the imports of node_modules.)
const fs = require('node:fs');
const path = require('node:path');

const inNodeModules = (dir) => dir.includes(`${path.sep}node_modules${path.sep}`);

function sourceOf(request, basedir) {
  if (!/^\.{1,2}\/.*\.js$/.test(request) || inNodeModules(basedir + path.sep)) return request;
  const asked = path.resolve(basedir, request);
  return !fs.existsSync(asked) && fs.existsSync(asked.replace(/\.js$/, '.ts'))
    ? request.replace(/\.js$/, '.ts')
    : request;
}

module.exports = (request, options) => options.defaultResolver(sourceOf(request, options.basedir), options);
