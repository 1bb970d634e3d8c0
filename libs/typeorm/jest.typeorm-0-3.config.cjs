const base = require('./jest.config.cjs');
// The mapping replaces that of the preset, so it must have it, too.
// eslint-disable-next-line @nx/enforce-module-boundaries
const { moduleNameMapper } = require('../../jest.preset.js');

/** The schema specs once more, on the oldest line of TypeORM that the peer range allows. */
module.exports = {
  ...base,
  displayName: 'typeorm 0.3',
  testMatch: ['<rootDir>/src/schema/**/*.spec.ts'],
  globals: { TYPEORM_LINE: '0.3.' },
  moduleNameMapper: {
    ...moduleNameMapper,
    '^typeorm$': 'typeorm-0-3',
  },
};
