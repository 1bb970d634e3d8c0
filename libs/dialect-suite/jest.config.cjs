module.exports = {
  displayName: 'dialect-suite',
  preset: '../../jest.preset.js',
  coverageDirectory: 'test-output/jest/coverage',
};
