// Read by run.mjs, which names the files, the specs and the report.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: process.env.MUTATION_FILES.split(','),
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    configFile: 'mutation/jest.config.cjs',
    enableFindRelatedTests: false, // run.mjs knows the specs; to look for them costs a second a mutant
  },
  // What runs while a module loads (a decorated class, a table) would be "not covered" by any test: so each mutant meets all its specs.
  coverageAnalysis: 'off',
  plugins: ['@stryker-mutator/*', './mutation/ignore-reports.mjs'],
  ignorers: ['reports'],
  ignorePatterns: [
    'browser',
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
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: process.env.MUTATION_REPORT },
  allowEmpty: true,
  concurrency: Number(process.env.MUTATION_JOBS ?? 2),
  timeoutMS: 5_000,
  disableTypeChecks: false,
};
