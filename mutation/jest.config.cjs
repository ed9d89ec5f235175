// The first project of the root's jest.config.cjs, with the specs of one row of specs.mjs alone, in its order.
const { projects } = require('../jest.config.cjs');

const [standard] = projects;
const [, [compiler, options]] = Object.entries(standard.transform)[0];

module.exports = {
  ...standard,
  testMatch: process.env.MUTATION_SPECS.split(',').flatMap((path) => [
    `<rootDir>/${path}/**/*.spec.ts`,
    `<rootDir>/${path}.spec.ts`,
  ]),
  runner: '<rootDir>/mutation/spec-files.cjs',
  testRunner: '<rootDir>/mutation/spec-file.cjs',
  // A mutant that waits for ever is seen after this long, at its first spec.
  testTimeout: 10_000,
  // A mutant need not have types.
  transform: { '^.+\\.ts$': [compiler, { ...options, diagnostics: false }] },
};
