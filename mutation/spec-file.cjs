const { default: circus } = require('jest-circus/runner');
const { createEmptyTestResult } = require('@jest/test-result');

/**
 * How often one file may pass the changed place. The busiest file of all passes one 5,000 times; what passes it more often than this
 * loops for ever, and would take half a minute to be stopped from outside.
 */
const HITS = 100_000;

/**
 * Runs one spec file as Jest does, but while a mutant is active: no test after the first that fails; and a file that fails before its
 * tests (a decorator throws while a class is made) has failed. To Stryker such a file would be an error of the run's, and the mutant
 * neither killed nor alive.
 */
module.exports = async function specFile(globalConfig, config, environment, runtime, path, ...rest) {
  const run = () => circus(globalConfig, config, environment, runtime, path, ...rest);
  if (process.env.__STRYKER_ACTIVE_MUTANT__ === undefined) return run();

  environment.global.__stryker__ = { hitCount: 0, hitLimit: HITS };
  let failed = false;
  const handle = environment.handleTestEvent?.bind(environment);
  environment.handleTestEvent = async (event, state) => {
    if (event.name === 'test_done' && event.test.errors.length > 0) failed = true;
    if (event.name === 'test_start' && failed) event.test.mode = 'skip';
    await handle?.(event, state);
  };
  try {
    const result = await run();
    return result.testExecError ? failedFile(path) : result;
  } catch {
    return failedFile(path);
  }
};

function failedFile(path) {
  const title = 'the file can be run';
  const test = {
    ancestorTitles: [],
    failureDetails: [],
    failureMessages: [],
    fullName: title,
    title,
    status: 'failed',
  };
  return { ...createEmptyTestResult(), numFailingTests: 1, testFilePath: path, testResults: [test] };
}
