import { schemaOf } from '../model-builders.js';
import { notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const older = { name: 'hstore', version: '1.4', schema: 'ext' };

/** Cases of extensions. */
export const EXTENSION_CASES: readonly SuiteCase[] = [
  {
    name: 'create extensions, one in a schema',
    needs: ['extensions', 'schemas'],
    before: schemaOf({ schemas: ['Ext "1"'] }),
    operations: [
      { kind: 'createExtension', extension: { name: 'citext' }, ifNotExists: true },
      { kind: 'createExtension', extension: { name: 'uuid-ossp', schema: 'Ext "1"' } },
    ],
    sql: {
      postgres: [
        'CREATE EXTENSION IF NOT EXISTS "citext"',
        'CREATE EXTENSION "uuid-ossp" SCHEMA "Ext ""1"""',
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'create an extension with those that it needs, unless they are there',
    needs: ['extensions'],
    before: schemaOf({ extensions: [{ name: 'cube' }] }),
    operations: [
      {
        kind: 'createExtension',
        extension: { name: 'earthdistance', version: '1.1' },
        cascade: true,
      },
    ],
    sql: {
      postgres: [`CREATE EXTENSION "earthdistance" VERSION '1.1' CASCADE`],
      sqlite: notSupported('this database has no extensions'),
      mariadb: notSupported('this database has no extensions'),
    },
  },
  {
    name: 'drop an extension',
    needs: ['extensions'],
    before: schemaOf({ extensions: [{ name: 'citext' }] }),
    operations: [{ kind: 'dropExtension', name: 'citext', dropped: { name: 'citext' } }],
    sql: {
      postgres: ['DROP EXTENSION "citext"'],
      sqlite: notSupported('this database has no extensions'),
      mariadb: notSupported('this database has no extensions'),
    },
  },
  {
    name: 'update an extension, and move it to another schema',
    needs: ['extensions', 'schemas'],
    before: schemaOf({ schemas: ['ext', 'more'], extensions: [older] }),
    operations: [
      {
        kind: 'alterExtension',
        name: 'hstore',
        from: { schema: 'ext' },
        to: { schema: 'more' },
      },
      { kind: 'alterExtension', name: 'hstore', to: { version: '1.5' } },
    ],
    irreversible: 'no extension of the server has a way to an older version',
    sql: {
      postgres: [
        'ALTER EXTENSION "hstore" SET SCHEMA "more"',
        `ALTER EXTENSION "hstore" UPDATE TO '1.5'`,
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
];
