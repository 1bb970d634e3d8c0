/** Boundaries between the folders of core (docs/adr/0002): each rule names what a folder may not reach. */
const core = '^libs/core/src';
const only = (name, folder, allowed) => ({
  name,
  severity: 'error',
  from: { path: `${core}/${folder}/`, pathNot: '\\.(spec|fixture)\\.ts$' },
  to: { path: `${core}/`, pathNot: `${core}/(${[folder, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    only('errors-is-a-leaf', 'errors', []),
    only('schema-is-a-leaf', 'schema', ['errors']),
    only('operations-knows-schema', 'operations', ['schema', 'errors']),
    only('graph-knows-no-sql', 'graph', ['errors']),
    only('autogenerate-sees-the-dialect-interface', 'autogenerate', [
      'schema',
      'operations',
      'errors',
      'dialects/common',
    ]),
    only('render-knows-operations', 'render', [
      'schema',
      'operations',
      'errors',
      'dialects/common',
    ]),
    only('revisions-reads-and-writes-files', 'revisions', [
      'graph',
      'render',
      'operations',
      'schema',
      'errors',
    ]),
    only('runtime-sees-the-dialect-interface', 'runtime', [
      'schema',
      'operations',
      'graph',
      'autogenerate',
      'render',
      'revisions',
      'errors',
      'dialects/common',
    ]),
    only('common-knows-no-dialect', 'dialects/common', ['schema', 'operations', 'graph', 'errors']),
    only('postgres-knows-only-common', 'dialects/postgres', [
      'dialects/common',
      'schema',
      'operations',
      'graph',
      'errors',
    ]),
    only('mysql-knows-only-common', 'dialects/mysql', [
      'dialects/common',
      'schema',
      'operations',
      'graph',
      'errors',
    ]),
    only('sqlite-knows-only-common', 'dialects/sqlite', [
      'dialects/common',
      'schema',
      'operations',
      'graph',
      'errors',
    ]),
    {
      name: 'pure-folders-do-no-io',
      severity: 'error',
      from: {
        path: `${core}/(schema|operations|graph|autogenerate|render|errors)/`,
        pathNot: '\\.spec\\.ts$',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-needs-only-jiti',
      severity: 'error',
      // `check --load` looks whether the app has typescript; core does not depend on it.
      from: { path: `${core}/`, pathNot: '\\.(spec|fixture)\\.ts$|/revisions/type-problems\\.ts$' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-no-pkg', 'unknown'],
        pathNot: 'node_modules/jiti/',
      },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: { path: '^libs/', pathNot: `${core}/operations/` },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|out-tsc)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      conditionNames: ['@nest-alembic/source', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
