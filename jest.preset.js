const nxPreset = require('@nx/jest/preset').default;

const swc = (syntax) => ({
  swcrc: false,
  jsc: {
    target: 'es2023',
    parser: { syntax, decorators: true, dynamicImport: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
});

/** ESM-only packages that Jest's CommonJS runtime cannot `require()` before Node 24.9. */
const esmOnly = [
  '@nestjs',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  '@electric-sql',
];

/** Specs that need what this machine may not have; `npm test` says in its last lines what it went without. */
const withoutDatabase = [
  ...(process.env.TEST_MARIADB_URL ? [] : ['\\.mariadb\\.spec\\.ts$']),
  ...(hasSqlite() ? [] : ['\\.better-sqlite3\\.spec\\.ts$']),
];

/** The package may be there without the binary that it has to compile or fetch. */
function hasSqlite() {
  try {
    new (require('better-sqlite3'))(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

module.exports = {
  ...nxPreset,
  testEnvironment: 'node',
  // Real databases on a busy machine of two cores: a time limit finds what hangs, not what is slow.
  testTimeout: 30_000,
  testMatch: ['**/+(*.)+(spec|test).+(ts|js)?(x)'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/out-tsc/', ...withoutDatabase],
  testEnvironmentOptions: {
    customExportConditions: ['@nest-alembic/source', 'node', 'require', 'default'],
  },
  transform: {
    '^.+\\.[cm]?ts$': ['@swc/jest', swc('typescript')],
    '^.+\\.m?js$': ['@swc/jest', swc('ecmascript')],
  },
  moduleNameMapper: {
    '^fast-check$': `${__dirname}/tools/testing/seeded-fast-check.cjs`,
    // Without the driver, who asks for it has to be told that it is missing.
    ...(hasSqlite() && {
      '^better-sqlite3$': `${__dirname}/tools/testing/spec-better-sqlite3.cjs`,
    }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${esmOnly.join('|')})/)`],
  globalSetup: `${__dirname}/tools/databases/global-setup.mjs`,
  globalTeardown: `${__dirname}/tools/databases/global-teardown.mjs`,
  coverageReporters: ['html', 'text-summary'],
};
