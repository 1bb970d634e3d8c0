module.exports = {
  displayName: 'core',
  preset: '../../jest.preset.js',
  coverageDirectory: 'test-output/jest/coverage',
};
