import { hiddenByEnvironment } from '../lib/capture/hidden.js';
import { environmentVariable } from '../lib/environment-variable.js';
import { diagLog } from './support/diag-log.js';

const log = diagLog();
const { env } = process;
afterEach(() => {
  process.env = env;
});
afterAll(() => log.stop());

it('reads a variable', () => {
  process.env = { ...env, OPENINFERENCE_HIDE_INPUTS: 'true' };
  expect(environmentVariable('OPENINFERENCE_HIDE_INPUTS')).toBe('true');
  expect(environmentVariable('NOT_SET')).toBeUndefined();
  expect(hiddenByEnvironment().inputs).toBe(true);
});

it('takes an environment that refuses for one without switches, and says so once', () => {
  const refuse = (): never => {
    throw new Error('Requires env access, run again with the --allow-env flag');
  };
  process.env = new Proxy({}, { get: refuse, has: refuse });
  expect(hiddenByEnvironment().inputs).toBe(false);
  expect(environmentVariable('OTEL_SEMCONV_STABILITY_OPT_IN')).toBeUndefined();
  expect(log.warnings).toEqual([expect.stringContaining('--allow-env')]);
});
