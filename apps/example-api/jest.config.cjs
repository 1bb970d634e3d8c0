module.exports = {
  displayName: 'example-api',
  preset: '../../jest.preset.js',
  // PGlite's CommonJS build uses `import()`, which Jest's own module system cannot do: swc turns it into `require()`.
  transform: {
    '^.+\\.cjs$': [
      '@swc/jest',
      { swcrc: false, jsc: { target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  coverageDirectory: 'test-output/jest/coverage',
};
