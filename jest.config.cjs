// Every spec runs four times: {standard, legacy} decorators x OpenTelemetry {2, 3}.
//   *.standard.spec.ts  only where standard decorators are compiled, on line 2
//   *.once.spec.ts      depends on neither: runs once, in standard-otel2
// One spec, one project (the pattern comes first: --selectProjects swallows what follows it):
//   npx jest spec/cost/ledger --selectProjects standard-otel2

const project = (mode, line) => ({
  displayName: `${mode}-otel${line}`,
  rootDir: __dirname,
  roots: ['<rootDir>/spec'],
  testMatch: ['<rootDir>/spec/**/*.spec.ts'],
  testPathIgnorePatterns: mode === 'standard' && line === 2 ? [] : ['\\.(standard|once)\\.spec\\.ts$'],
  testEnvironment: 'node',
  globals: { DECORATOR_MODE: mode, OTEL_LINE: line },
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: mode === 'standard' ? 'tsconfig.spec.json' : 'tsconfig.spec.legacy.json' }],
  },
  moduleNameMapper: {
    '^spandrel$': '<rootDir>/lib/index.ts',
    '^spandrel/decorators$': '<rootDir>/lib/decorators.ts',
    '^spandrel/setup$': '<rootDir>/lib/setup/index.ts',
    '^spandrel/http$': '<rootDir>/lib/adapters/http/index.ts',
    '^spandrel/langchain$': '<rootDir>/lib/adapters/langchain/index.ts',
    '^spandrel/tsyringe$': '<rootDir>/lib/adapters/tsyringe/index.ts',
    '^spandrel/testing$': '<rootDir>/lib/testing/index.ts',
    '^spandrel/testing/jest$': '<rootDir>/lib/testing/jest.ts',
  },
  resolver: line === 2 ? '<rootDir>/spec/support/resolver.cjs' : '<rootDir>/spec/support/resolver-otel3.cjs',
});

module.exports = {
  projects: [project('standard', 2), project('legacy', 2), project('standard', 3), project('legacy', 3)],
  // Not in one process: the compilers of four projects fill its heap, and the specs that wait for garbage would wait for minutes.
  maxWorkers: 2,
  workerIdleMemoryLimit: '800MB',
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/spec/support/plain-totals.cjs'],
};
