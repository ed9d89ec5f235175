// Ends the run with one plain line that any CI can read: "N passed, N failed".
module.exports = class PlainTotals {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites; // a suite that does not load is one failure
    const skipped = results.numPendingTests + results.numTodoTests;
    // At exit: after jest's own summary.
    process.once('exit', () => {
      console.log(`${results.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
    });
    // Something left open must not hang a CI.
    setTimeout(() => {
      console.error('jest did not exit by itself within 20 s: a spec left a timer, a server or a worker open.');
      process.exit(1);
    }, 20_000).unref();
  }
};
