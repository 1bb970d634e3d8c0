module.exports = {
  displayName: 'example-api-e2e',
  preset: '../../jest.preset.js',
};
