import nx from '@nx/eslint-plugin';
import jsdoc from 'eslint-plugin-jsdoc';

/**
 * Patterns such as `libs/core/src/**` start here, not in the folder of a project's own configuration, which is what they
 * would be relative to.
 */
const fromWorkspace = { basePath: import.meta.dirname };

/** Folders of core that do no I/O, read no clock and use no randomness (docs/adr/0002). */
const pureFolders = ['schema', 'operations', 'graph', 'autogenerate', 'render', 'errors'].map(
  (folder) => `libs/core/src/${folder}/**/*.ts`,
);

const dialectNames = {
  selector: 'Literal[value=/^(postgres|mysql|mariadb|sqlite)$/]',
  message: 'only dialects/<name> may name a dialect',
};

const impurities = [
  { selector: 'FunctionDeclaration[async=true]', message: 'pure folders are synchronous' },
  { selector: 'ArrowFunctionExpression[async=true]', message: 'pure folders are synchronous' },
  { selector: 'AwaitExpression', message: 'pure folders are synchronous' },
  { selector: "NewExpression[callee.name='Date']", message: 'pass the time in' },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'pass the time in',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'pass ids in',
  },
  {
    selector: "MemberExpression[object.name='process']",
    message: 'pure folders do not read the environment',
  },
];

/** What each library may see: libraries of ours, and packages that it must not import. */
const inSources = {
  core: { sees: [], banned: ['@nestjs/*', 'typeorm', 'nest-commander', 'pg'] },
  typeorm: { sees: ['core'], banned: ['@nestjs/*', 'nest-commander'] },
  nestjs: { sees: ['core', 'typeorm'], banned: ['nest-commander'] },
  cli: { sees: ['core', 'typeorm', 'nestjs'], banned: [] },
  testing: { sees: ['core'], banned: ['@nestjs/*', 'typeorm', 'nest-commander'] },
  'dialect-suite': { sees: ['core', 'typeorm', 'testing', 'example'], banned: [] },
  example: { sees: ['core', 'typeorm', 'nestjs', 'cli', 'testing'], banned: [] },
};

/** Specs may also use the test kit, and core's specs the bare driver; core stays below everything. */
const inSpecs = Object.fromEntries(
  Object.entries(inSources).map(([scope, { sees, banned }]) => [
    scope,
    scope === 'core'
      ? { sees, banned: banned.filter((name) => name !== 'pg') }
      : { sees: [...sees, 'testing'], banned },
  ]),
);

function boundaries(scopes) {
  return {
    enforceBuildableLibDependency: true,
    allow: ['^.*/eslint(\\.base)?\\.config\\.[cm]?js$'],
    depConstraints: Object.entries(scopes).map(([scope, { sees, banned }]) => ({
      sourceTag: `scope:${scope}`,
      onlyDependOnLibsWithTags: [scope, ...sees].map((name) => `scope:${name}`),
      bannedExternalImports: banned,
    })),
  };
}

export default [
  { ignores: ['**/dist', '**/out-tsc', '**/test-output', '**/*.d.ts', '**/.nx', '**/.data'] },
  ...nx.configs['flat/base'],
  ...nx.configs['flat/typescript'],
  ...nx.configs['flat/javascript'],
  {
    files: ['**/*.ts', '**/*.js', '**/*.mjs', '**/*.cjs'],
    rules: { '@nx/enforce-module-boundaries': ['error', boundaries(inSources)] },
  },
  {
    files: ['**/*.spec.ts', '**/*.fixture.ts', '**/*.fixture.cjs'],
    rules: { '@nx/enforce-module-boundaries': ['error', boundaries(inSpecs)] },
  },
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, argsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    ...fromWorkspace,
    files: ['libs/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.fixture.ts', 'libs/dialect-suite/**'],
    plugins: { jsdoc },
    rules: {
      complexity: ['error', 10],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      'no-console': 'error',
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          enableFixer: false,
          require: {
            ArrowFunctionExpression: true,
            ClassDeclaration: true,
            FunctionDeclaration: true,
            FunctionExpression: true,
            MethodDefinition: false,
          },
          contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration'],
        },
      ],
    },
  },
  {
    // The directives are what a revision file calls: `op.createIndex(name, table, columns, options)`, as in Alembic.
    ...fromWorkspace,
    files: ['libs/core/src/operations/directives/**/*.ts'],
    rules: { 'max-params': ['error', 4] },
  },
  {
    ...fromWorkspace,
    files: ['libs/core/src/**/*.ts'],
    ignores: ['libs/core/src/dialects/**', '**/*.spec.ts', '**/*.fixture.ts'],
    rules: { 'no-restricted-syntax': ['error', dialectNames] },
  },
  {
    ...fromWorkspace,
    files: pureFolders,
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', dialectNames, ...impurities] },
  },
];
