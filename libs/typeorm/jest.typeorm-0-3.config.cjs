const base = require('./jest.config.cjs');
// What replaces a part of the preset must have it, too.
// eslint-disable-next-line @nx/enforce-module-boundaries
const { moduleNameMapper, testPathIgnorePatterns } = require('../../jest.preset.js');

/** What comes after the entities are read is the same on every line. */
const SAME_ON_BOTH =
  '/(key-changes|foreign-objects|counters-and-keys|vector-types|failing-ddl|entity-sets\\.(mariadb|better-sqlite3))\\.';

/** The schema specs once more, on the oldest line of TypeORM that the peer range allows. */
module.exports = {
  ...base,
  displayName: 'typeorm 0.3',
  testMatch: ['<rootDir>/src/schema/**/*.spec.ts'],
  testPathIgnorePatterns: [...testPathIgnorePatterns, SAME_ON_BOTH],
  globals: { TYPEORM_LINE: '0.3.' },
  moduleNameMapper: {
    ...moduleNameMapper,
    '^typeorm$': 'typeorm-0-3',
  },
};
