module.exports = {
  displayName: 'example-portable',
  preset: '../../jest.preset.js',
};
