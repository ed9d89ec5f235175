/** On the provider of `testTracing()`, so that another copy of this module (`jest.resetModules()`) and `startTracing()` know it. */
export const MARK = Symbol.for('spandrel.testing.provider');
