import { keyed, schemaOf } from '../model-builders.js';
import { foreign, notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';
import { addAudit, dropAudit } from './own-operations.js';

const account = keyed('account', []);
const odd = { ...keyed('Odd "1"', []), schema: 'it\'s "x"' };

/** Cases of operations of an app's own. */
export const OWN_CASES: readonly SuiteCase[] = [
  {
    name: 'OPX-08: an operation of an app, made of built-in ones',
    before: schemaOf({ tables: [account] }),
    operations: [addAudit.of({ table: 'account' })],
    sql: {
      postgres: [
        'ALTER TABLE "account" ADD COLUMN "written_at" timestamp with time zone DEFAULT now() NOT NULL',
        'CREATE INDEX "ix_account_written" ON "account" ("written_at")',
      ],
      sqlite: foreign('an operation of an app cannot have a table made anew'),
      mariadb: foreign('its times are those of PostgreSQL'),
    },
    rows: {
      insert: 'INSERT INTO account VALUES (1)',
      query: 'SELECT id, written_at IS NOT NULL AS written FROM account',
      found: [{ id: 1, written: true }],
    },
  },
  {
    name: 'its way back, of a table in a schema, with quotes in names',
    needs: ['schemas'],
    before: addAudit
      .of({ table: odd.name, schema: odd.schema })
      .definition.apply(
        { table: odd.name, schema: odd.schema },
        schemaOf({ schemas: [odd.schema], tables: [odd] }),
      ),
    operations: [dropAudit.of({ table: odd.name, schema: odd.schema })],
    sql: {
      postgres: [
        `DROP INDEX "it's ""x"""."ix_Odd ""1""_written"`,
        `ALTER TABLE "it's ""x"""."Odd ""1""" DROP COLUMN "written_at"`,
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
];
