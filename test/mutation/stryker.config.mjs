/**
 * `npm run test:mutation`, by hand or nightly: whether the unit tests notice a change of the code. All of it takes most
 * of an hour on two cores, a second run only what has changed; `-- --mutate 'src/gate/*.ts'` takes a part.
 */
export default {
  packageManager: 'npm',
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  mutate: [
    'machines/**/*.ts',
    'src/{gate,grants,time,vault}/**/*.ts',
    // Names and words, nothing that can be wrong.
    '!**/index.ts',
    '!machines/descriptions.ts',
  ],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  timeoutFactor: 3,
  dryRunTimeoutMinutes: 10,
  // TypeScript 7 has no API for what Stryker does with a tsconfig.json, and vitest needs none of it.
  tsconfigFile: 'none.json',
  disableTypeChecks: false,
  ignorePatterns: ['dist', 'coverage', 'test/keycloak'],
  tempDirName: 'dist/mutation/sandbox',
  incremental: true,
  incrementalFile: 'dist/mutation/incremental.json',
  reporters: ['html', 'clear-text', 'progress-append-only'],
  htmlReporter: { fileName: 'dist/mutation/report.html' },
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  thresholds: { high: 97, low: 92, break: 90 },
};
