const { default: TestRunner } = require('jest-runner');

const order = process.env.MUTATION_SPECS.split(',');
const placeOf = ({ path }) => order.findIndex((spec) => path.includes(`/${spec}.spec.`) || path.includes(`/${spec}/`));

/** Runs the spec files in the order of specs.mjs (Jest's own has the longest first), and while a mutant is active none after a failure. */
module.exports = class extends TestRunner {
  async runTests(tests, watcher, options) {
    let failed = false;
    this.on('test-file-success', ([, result]) => (failed ||= result.numFailingTests > 0));
    for (const test of tests.toSorted((a, b) => placeOf(a) - placeOf(b) || (a.path < b.path ? -1 : 1))) {
      if (failed && process.env.__STRYKER_ACTIVE_MUTANT__ !== undefined) return;
      await super.runTests([test], watcher, { ...options, serial: true });
    }
  }
};
