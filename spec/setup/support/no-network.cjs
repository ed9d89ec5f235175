// Loaded before a program: a name that is looked up is no name of loopback, so it is written down and refused.
const dns = require('node:dns');
dns.lookup = (host, ...rest) => {
  const error = Object.assign(new Error(`no network in specs: ${host}`), { code: 'ENOTFOUND' });
  process.nextTick(rest.at(-1), error);
};
