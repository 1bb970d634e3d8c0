const base = require('./jest.config.cjs');

/** The schema specs once more, on the oldest line of TypeORM that the peer range allows. */
module.exports = {
  ...base,
  displayName: 'typeorm 0.3',
  testMatch: ['<rootDir>/src/schema/**/*.spec.ts'],
  globals: { TYPEORM_LINE: '0.3.' },
  moduleNameMapper: {
    ...require('../../jest.preset.js').moduleNameMapper,
    '^typeorm$': 'typeorm-0-3',
  },
};
