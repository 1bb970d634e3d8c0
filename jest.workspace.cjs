/** One Jest run over every project: what `npm test` uses. `nx test <project>` runs one of them. */
module.exports = {
  // Jest takes this from here only, not from the projects.
  testTimeout: require('./jest.preset.js').testTimeout,
  projects: [
    '<rootDir>/libs/*/jest.config.cjs',
    '<rootDir>/libs/typeorm/jest.typeorm-0-3.config.cjs',
    '<rootDir>/apps/*/jest.config.cjs',
  ],
  reporters: ['default', '<rootDir>/tools/testing/summary-reporter.cjs'],
};
