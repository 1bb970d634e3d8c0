import base from '../../eslint.config.mjs';

export default [
  ...base,
  {
    // Every revision has the same two functions, whether it needs their arguments or not.
    files: ['**/migrations/versions/*.ts'],
    rules: { '@typescript-eslint/no-unused-vars': ['error', { args: 'none' }] },
  },
];
