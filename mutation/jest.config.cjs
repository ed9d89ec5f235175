// The first project of the root's jest.config.cjs, compiled without looking at types: a mutant need not have any.
// MUTATION_SPECS narrows it: each mutant loads every spec that is left.
const { projects, testTimeout } = require('../jest.config.cjs');

const standard = projects[0];
const specs = (process.env.MUTATION_SPECS ?? 'spec').split(',');
const [, [compiler, options]] = Object.entries(standard.transform)[0];

module.exports = {
  ...standard,
  // Both, so that the specs which reach a source over others are found.
  roots: ['<rootDir>/spec', '<rootDir>/lib'],
  testTimeout,
  testMatch: specs.flatMap((path) => [`<rootDir>/${path}/**/*.spec.ts`, `<rootDir>/${path}.spec.ts`]),
  transform: { '^.+\\.ts$': [compiler, { ...options, diagnostics: false }] },
  // What spawns processes, needs a build, or listens on a port.
  testPathIgnorePatterns: [
    ...standard.testPathIgnorePatterns,
    '/spec/(?:package|cli|docs|costs|testing|setup/exit)(?:/|\\.)',
  ],
};
