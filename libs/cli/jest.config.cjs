module.exports = {
  displayName: 'cli',
  preset: '../../jest.preset.js',
  coverageDirectory: 'test-output/jest/coverage',
};
