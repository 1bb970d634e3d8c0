import type { Policy } from '@nest-alembic/core';
import { column, keyed, named, schemaOf } from '../model-builders.js';
import { notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const account = keyed('account', [column('owner', 'name')]);
const table = named('account');
const own: Policy = {
  name: 'own "rows"',
  command: 'update',
  restrictive: true,
  roles: ['pg_monitor', 'pg_read_all_settings'],
  using: 'owner = CURRENT_USER',
  check: `owner <> 'it''s'::name`,
};
const seen: Policy = { name: 'seen', using: 'id > 0' };
const secured = (...policies: readonly Policy[]) =>
  schemaOf({ tables: [{ ...account, rowSecurity: { enabled: true }, policies }] });

/** Cases of row-level security. */
export const POLICY_CASES: readonly SuiteCase[] = [
  {
    name: 'turn row-level security on, for the owner too, with policies',
    needs: ['rowSecurity'],
    before: schemaOf({ tables: [account] }),
    operations: [
      { kind: 'setRowSecurity', table, to: { enabled: true, forced: true } },
      { kind: 'createPolicy', table, policy: own },
      { kind: 'createPolicy', table, policy: { ...seen, comment: `it's` } },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "account" ENABLE ROW LEVEL SECURITY',
        'ALTER TABLE "account" FORCE ROW LEVEL SECURITY',
        `CREATE POLICY "own ""rows""" ON "account" AS RESTRICTIVE FOR UPDATE TO "pg_monitor", "pg_read_all_settings" USING (owner = CURRENT_USER) WITH CHECK (owner <> 'it''s'::name)`,
        'CREATE POLICY "seen" ON "account" USING (id > 0)',
        `COMMENT ON POLICY "seen" ON "account" IS 'it''s'`,
      ],
      sqlite: notSupported('this database has no row-level security'),
      mariadb: notSupported('this database has no row-level security'),
    },
  },
  {
    name: 'turn row-level security off',
    needs: ['rowSecurity'],
    before: schemaOf({
      tables: [{ ...account, rowSecurity: { enabled: true, forced: true }, policies: [seen] }],
    }),
    operations: [
      { kind: 'setRowSecurity', table, to: { enabled: false } },
      { kind: 'setRowSecurity', table, to: { forced: false } },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "account" DISABLE ROW LEVEL SECURITY',
        'ALTER TABLE "account" NO FORCE ROW LEVEL SECURITY',
      ],
      sqlite: notSupported('this database has no row-level security'),
      mariadb: notSupported('this database has no row-level security'),
    },
  },
  {
    name: 'drop a policy',
    needs: ['rowSecurity'],
    before: secured(own, seen),
    operations: [{ kind: 'dropPolicy', table, name: 'own "rows"', dropped: own, ifExists: true }],
    sql: {
      postgres: ['DROP POLICY IF EXISTS "own ""rows""" ON "account"'],
      sqlite: notSupported('this database has no row-level security'),
      mariadb: notSupported('this database has no row-level security'),
    },
  },
  {
    name: 'give a policy another name',
    needs: ['rowSecurity'],
    before: secured(own, seen),
    operations: [{ kind: 'renamePolicy', table, from: 'own "rows"', to: 'it\'s "x" $$ ;' }],
    sql: {
      postgres: [`ALTER POLICY "own ""rows""" ON "account" RENAME TO "it's ""x"" $$ ;"`],
      sqlite: notSupported('this database has no row-level security'),
      mariadb: notSupported('this database has no row-level security'),
    },
  },
  {
    name: 'alter a policy: roles and expressions',
    needs: ['rowSecurity'],
    before: secured(own, seen),
    operations: [
      {
        kind: 'alterPolicy',
        table,
        name: 'own "rows"',
        from: { roles: own.roles ?? [], check: own.check ?? '' },
        to: { roles: [], check: 'id < 9' },
      },
    ],
    sql: {
      postgres: ['ALTER POLICY "own ""rows""" ON "account" TO PUBLIC WITH CHECK (id < 9)'],
      sqlite: notSupported('this database has no row-level security'),
      mariadb: notSupported('this database has no row-level security'),
    },
  },
  {
    name: 'another command needs another policy',
    needs: ['rowSecurity'],
    before: secured(seen),
    operations: [
      { kind: 'dropPolicy', table, name: 'seen', dropped: seen },
      { kind: 'createPolicy', table, policy: { ...seen, command: 'select' } },
    ],
    sql: {
      postgres: [
        'DROP POLICY "seen" ON "account"',
        'CREATE POLICY "seen" ON "account" FOR SELECT USING (id > 0)',
      ],
      sqlite: notSupported('this database has no row-level security'),
      mariadb: notSupported('this database has no row-level security'),
    },
  },
];
