module.exports = {
  displayName: 'typeorm',
  preset: '../../jest.preset.js',
  coverageDirectory: 'test-output/jest/coverage',
  // PGlite's CommonJS build uses `import()`, which Jest's own module system cannot do.
  transform: {
    '^.+\\.cjs$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { target: 'es2023', parser: { syntax: 'ecmascript', dynamicImport: true } },
        module: { type: 'commonjs' },
      },
    ],
  },
};
