// Read by run.mjs, which names the files, the specs and the report.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: (process.env.MUTATION_FILES ?? 'lib/capture/**/*.ts,lib/span/**/*.ts,lib/decorators/**/*.ts').split(','),
  testRunner: 'jest',
  jest: { projectType: 'custom', configFile: 'mutation/jest.config.cjs' },
  coverageAnalysis: 'perTest',
  ignorePatterns: [
    'conformance',
    'docs',
    'bench',
    'dist',
    'dist.*',
    '.contract.*',
    '.spandrel',
    '.node-versions',
    'mutation/report',
  ],
  tempDirName: 'mutation/sandbox',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: true },
  jsonReporter: { fileName: `mutation/report/${process.env.MUTATION_REPORT ?? 'mutants'}.json` },
  allowEmpty: true,
  ignoreStatic: process.env.MUTATION_SKIP_STATIC === '1',
  concurrency: 2,
  timeoutMS: 10_000,
  disableTypeChecks: false,
};
