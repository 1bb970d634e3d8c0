module.exports = {
  displayName: 'nestjs',
  preset: '../../jest.preset.js',
  coverageDirectory: 'test-output/jest/coverage',
};
