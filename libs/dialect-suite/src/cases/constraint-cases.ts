import type { Constraint } from '@nest-alembic/core';
import { column, keyed, named, required, schemaOf, table, tablesOf } from '../model-builders.js';
import { MADE_ANEW, notSupported, foreign } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const account = named('account');
const person = keyed('person', [column('email', 'text')]);
const columns = [
  required('id', 'integer'),
  column('email', 'text'),
  column('owner_id', 'integer'),
  column('seen', 'tstzrange'),
];
const plain = table('account', columns);

const primaryKey = { name: 'account_pkey', columns: ['id'] };
const unique = { name: 'uq_email', columns: ['email', 'id'] };
const check = { name: 'ck_id', expression: 'id > 0' };
const foreignKey = {
  name: 'fk_owner',
  columns: ['owner_id'],
  referencedTable: named('person'),
  referencedColumns: ['id'],
  onDelete: 'set null',
} as const;
const exclusion = {
  name: 'ex_seen',
  definition: 'USING gist (seen WITH &&) WHERE ((id > 0))',
};

const full = table('account', columns, {
  primaryKey,
  uniques: [unique],
  checks: [check],
  foreignKeys: [foreignKey],
});

const add = (added: Constraint) => ({ kind: 'addConstraint', table: account, added }) as const;
const drop = (dropped: Constraint & { readonly constraint: { readonly name: string } }) =>
  ({
    kind: 'dropConstraint',
    table: account,
    name: dropped.constraint.name,
    type: dropped.type,
    dropped,
  }) as const;

/** Cases of addConstraint, dropConstraint and renameConstraint. */
export const CONSTRAINT_CASES: readonly SuiteCase[] = [
  {
    name: 'OP-26, OP-27: keys with columns besides, checked later',
    needs: ['deferrableConstraints'],
    before: tablesOf(
      table('wide', [required('a', 'integer'), required('b', 'integer'), column('c', 'text')]),
    ),
    operations: [
      {
        kind: 'addConstraint',
        table: named('wide'),
        added: {
          type: 'primaryKey',
          constraint: {
            name: 'wide_pkey',
            columns: ['a'],
            include: ['c', 'b'],
            deferrable: 'initially deferred',
          },
        },
      },
      {
        kind: 'addConstraint',
        table: named('wide'),
        added: {
          type: 'unique',
          constraint: {
            name: 'wide_b',
            columns: ['b'],
            include: ['c'],
            deferrable: 'initially immediate',
          },
        },
      },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "wide" ADD CONSTRAINT "wide_pkey" PRIMARY KEY ("a") INCLUDE ("c", "b") DEFERRABLE INITIALLY DEFERRED',
        'ALTER TABLE "wide" ADD CONSTRAINT "wide_b" UNIQUE ("b") INCLUDE ("c") DEFERRABLE INITIALLY IMMEDIATE',
      ],
      sqlite: notSupported('a primary key cannot be deferred on SQLite: only foreign keys can'),
      mariadb: notSupported('this database has no columns besides the key of an index'),
    },
  },
  {
    name: 'OP-26 to OP-29: add a key, a unique constraint, a check and a foreign key',
    before: tablesOf(plain, person),
    operations: [
      add({ type: 'primaryKey', constraint: primaryKey }),
      add({ type: 'unique', constraint: unique }),
      add({ type: 'check', constraint: check }),
      add({ type: 'foreignKey', constraint: foreignKey }),
    ],
    sql: {
      postgres: [
        'ALTER TABLE "account" ADD CONSTRAINT "account_pkey" PRIMARY KEY ("id")',
        'ALTER TABLE "account" ADD CONSTRAINT "uq_email" UNIQUE ("email", "id")',
        'ALTER TABLE "account" ADD CONSTRAINT "ck_id" CHECK (id > 0)',
        'ALTER TABLE "account" ADD CONSTRAINT "fk_owner" FOREIGN KEY ("owner_id") REFERENCES "person" ("id") ON DELETE SET NULL',
      ],
      sqlite: MADE_ANEW,
      mariadb: foreign('the table has a column of a type that only PostgreSQL has'),
    },
  },
  {
    name: 'OP-28: a foreign key that empties one of its columns when the row it refers to goes',
    since: { postgres: 15 },
    before: tablesOf(
      table('person', [required('tenant', 'integer'), required('id', 'integer')], {
        primaryKey: { name: 'person_pkey', columns: ['tenant', 'id'] },
      }),
      table('post', [required('tenant', 'integer'), column('author', 'integer')]),
    ),
    operations: [
      {
        kind: 'addConstraint',
        table: named('post'),
        added: {
          type: 'foreignKey',
          constraint: {
            name: 'fk_author',
            columns: ['tenant', 'author'],
            referencedTable: named('person'),
            referencedColumns: ['tenant', 'id'],
            onDelete: 'set null',
            onDeleteColumns: ['author'],
          },
        },
      },
      { kind: 'renameColumn', table: named('post'), from: 'author', to: 'writer' },
      { kind: 'execute', sql: 'DELETE FROM person' },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "post" ADD CONSTRAINT "fk_author" FOREIGN KEY ("tenant", "author") REFERENCES "person" ("tenant", "id") ON DELETE SET NULL ("author")',
        'ALTER TABLE "post" RENAME COLUMN "author" TO "writer"',
        'DELETE FROM person',
      ],
      sqlite: notSupported('this database changes all columns of a foreign key on delete'),
      mariadb: notSupported('this database changes all columns of a foreign key on delete'),
    },
    rows: {
      insert: 'INSERT INTO person VALUES (1, 2); INSERT INTO post VALUES (1, 2)',
      query: 'SELECT tenant, writer FROM post',
      found: [{ tenant: 1, writer: null }],
    },
    irreversible: 'the rows that were deleted are gone',
  },
  {
    name: 'OP-28: a foreign key of two columns to its own table, in another schema, and one from there to the default schema',
    needs: ['schemas'],
    before: schemaOf({
      schemas: ['audit'],
      tables: [
        person,
        table(
          'node',
          [required('tree', 'integer'), required('id', 'integer'), column('above', 'integer')],
          { schema: 'audit', primaryKey: { name: 'node_pkey', columns: ['tree', 'id'] } },
        ),
      ],
    }),
    operations: [
      {
        kind: 'addConstraint',
        table: named('node', 'audit'),
        added: {
          type: 'foreignKey',
          constraint: {
            name: 'fk_above',
            columns: ['tree', 'above'],
            referencedTable: named('node', 'audit'),
            referencedColumns: ['tree', 'id'],
          },
        },
      },
      {
        kind: 'addConstraint',
        table: named('node', 'audit'),
        added: {
          type: 'foreignKey',
          constraint: {
            name: 'fk_person',
            columns: ['id'],
            referencedTable: named('person'),
            referencedColumns: ['id'],
          },
        },
      },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "audit"."node" ADD CONSTRAINT "fk_above" FOREIGN KEY ("tree", "above") REFERENCES "audit"."node" ("tree", "id")',
        'ALTER TABLE "audit"."node" ADD CONSTRAINT "fk_person" FOREIGN KEY ("id") REFERENCES "person" ("id")',
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'OP-30: an exclusion that is checked later, in another schema',
    needs: ['exclusionConstraints', 'schemas'],
    before: schemaOf({ schemas: ['audit'], tables: [{ ...plain, schema: 'audit' }] }),
    operations: [
      {
        kind: 'addConstraint',
        table: named('account', 'audit'),
        added: {
          type: 'exclusion',
          constraint: { ...exclusion, deferrable: 'initially deferred' },
        },
      },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "audit"."account" ADD CONSTRAINT "ex_seen" EXCLUDE USING gist (seen WITH &&) WHERE ((id > 0)) DEFERRABLE INITIALLY DEFERRED',
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'OP-31: drop each of them',
    before: tablesOf(full, person),
    operations: [
      drop({ type: 'foreignKey', constraint: foreignKey }),
      drop({ type: 'check', constraint: check }),
      drop({ type: 'unique', constraint: unique }),
      drop({ type: 'primaryKey', constraint: primaryKey }),
    ],
    sql: {
      postgres: [
        'ALTER TABLE "account" DROP CONSTRAINT "fk_owner"',
        'ALTER TABLE "account" DROP CONSTRAINT "ck_id"',
        'ALTER TABLE "account" DROP CONSTRAINT "uq_email"',
        'ALTER TABLE "account" DROP CONSTRAINT "account_pkey"',
      ],
      sqlite: MADE_ANEW,
      mariadb: foreign('the table has a column of a type that only PostgreSQL has'),
    },
  },
  {
    name: 'OP-30: add an exclusion',
    needs: ['exclusionConstraints'],
    before: tablesOf(plain),
    operations: [add({ type: 'exclusion', constraint: exclusion })],
    sql: {
      postgres: [
        'ALTER TABLE "account" ADD CONSTRAINT "ex_seen" EXCLUDE USING gist (seen WITH &&) WHERE ((id > 0))',
      ],
      sqlite: notSupported('this database has no exclusion constraints'),
      mariadb: notSupported('this database has no exclusion constraints'),
    },
  },
  {
    name: 'drop an exclusion',
    needs: ['exclusionConstraints'],
    before: tablesOf(table('account', columns, { exclusions: [exclusion] })),
    operations: [drop({ type: 'exclusion', constraint: exclusion })],
    sql: {
      postgres: ['ALTER TABLE "account" DROP CONSTRAINT "ex_seen"'],
      sqlite: notSupported('this database has no exclusion constraints'),
      mariadb: notSupported('this database has no exclusion constraints'),
    },
  },
  {
    name: 'PG-M7, DDL-16: a foreign key and a check that skip the rows that are there',
    before: tablesOf(plain, person),
    operations: [
      add({ type: 'foreignKey', constraint: { ...foreignKey, notValid: true } }),
      add({ type: 'check', constraint: { ...check, notValid: true } }),
    ],
    sql: {
      postgres: [
        'ALTER TABLE "account" ADD CONSTRAINT "fk_owner" FOREIGN KEY ("owner_id") REFERENCES "person" ("id") ON DELETE SET NULL NOT VALID',
        'ALTER TABLE "account" ADD CONSTRAINT "ck_id" CHECK (id > 0) NOT VALID',
      ],
      sqlite: notSupported('this database always checks the rows that are there'),
      mariadb: notSupported('this database always checks the rows that are there'),
    },
    rows: {
      insert: 'INSERT INTO account (id, owner_id) VALUES (-1, 99)',
      query: 'SELECT id, owner_id FROM account',
      found: [{ id: -1, owner_id: 99 }],
    },
  },
  {
    name: 'PG-M12: constraints that can be deferred',
    needs: ['deferrableConstraints'],
    before: tablesOf(plain, person),
    operations: [
      add({ type: 'unique', constraint: { ...unique, deferrable: 'initially deferred' } }),
      add({
        type: 'foreignKey',
        constraint: {
          ...foreignKey,
          onDelete: 'cascade',
          onUpdate: 'set default',
          match: 'full',
          deferrable: 'initially immediate',
        },
      }),
    ],
    sql: {
      postgres: [
        'ALTER TABLE "account" ADD CONSTRAINT "uq_email" UNIQUE ("email", "id") DEFERRABLE INITIALLY DEFERRED',
        'ALTER TABLE "account" ADD CONSTRAINT "fk_owner" FOREIGN KEY ("owner_id") REFERENCES "person" ("id") MATCH FULL ON DELETE CASCADE ON UPDATE SET DEFAULT DEFERRABLE INITIALLY IMMEDIATE',
      ],
      sqlite: notSupported(
        'a unique constraint cannot be deferred on SQLite: only foreign keys can',
      ),
      mariadb: notSupported('this database has no deferrable constraints'),
    },
  },
  {
    name: 'PG-M5: a unique constraint with NULLS NOT DISTINCT',
    since: { postgres: 15 },
    before: tablesOf(plain),
    operations: [add({ type: 'unique', constraint: { ...unique, nullsNotDistinct: true } })],
    sql: {
      postgres: [
        'ALTER TABLE "account" ADD CONSTRAINT "uq_email" UNIQUE NULLS NOT DISTINCT ("email", "id")',
      ],
      sqlite: notSupported('to SQLite two nulls are never equal in a unique index'),
      mariadb: notSupported('on this database NULLs are always distinct'),
    },
  },
  {
    name: 'PG-M1: another check under the same name',
    before: tablesOf(table('account', columns, { checks: [check] })),
    operations: [
      drop({ type: 'check', constraint: check }),
      add({ type: 'check', constraint: { ...check, expression: 'id > 5' } }),
    ],
    sql: {
      postgres: [
        'ALTER TABLE "account" DROP CONSTRAINT "ck_id"',
        'ALTER TABLE "account" ADD CONSTRAINT "ck_id" CHECK (id > 5)',
      ],
      sqlite: MADE_ANEW,
      mariadb: foreign('the table has a column of a type that only PostgreSQL has'),
    },
  },
  {
    name: 'OP-06: drop a constraint that may be missing',
    before: tablesOf(table('account', columns, { checks: [check] })),
    operations: [{ ...drop({ type: 'check', constraint: check }), ifExists: true }],
    sql: {
      postgres: ['ALTER TABLE "account" DROP CONSTRAINT IF EXISTS "ck_id"'],
      sqlite: MADE_ANEW,
      mariadb: foreign('the table has a column of a type that only PostgreSQL has'),
    },
  },
  {
    name: 'drop constraints that have no name',
    before: tablesOf(
      keyed('child', [column('kind', 'text'), column('parent_id', 'integer')], {
        checks: [{ expression: "kind IN ('a', 'b')" }],
        uniques: [{ columns: ['kind', 'parent_id'] }],
        foreignKeys: [
          {
            columns: ['parent_id'],
            referencedTable: named('parent'),
            referencedColumns: ['id'],
            onDelete: 'cascade',
          },
        ],
      }),
      keyed('parent'),
    ),
    operations: [
      {
        kind: 'dropUnnamedConstraint',
        table: named('child'),
        dropped: { type: 'check', constraint: { expression: "kind IN ('a', 'b')" } },
      },
      {
        kind: 'dropUnnamedConstraint',
        table: named('child'),
        dropped: { type: 'unique', constraint: { columns: ['kind', 'parent_id'] } },
      },
      {
        kind: 'dropUnnamedConstraint',
        table: named('child'),
        dropped: {
          type: 'foreignKey',
          constraint: {
            columns: ['parent_id'],
            referencedTable: named('parent'),
            referencedColumns: ['id'],
            onDelete: 'cascade',
          },
        },
      },
    ],
    sql: {
      postgres: notSupported('this database has given it a name'),
      sqlite: MADE_ANEW,
      mariadb: notSupported('this database has given it a name'),
    },
  },
  {
    name: 'rename constraints',
    before: tablesOf(full, person),
    operations: [
      {
        kind: 'renameConstraint',
        table: account,
        type: 'primaryKey',
        from: 'account_pkey',
        to: 'PK "1"',
      },
      { kind: 'renameConstraint', table: account, type: 'unique', from: 'uq_email', to: 'uq_2' },
      {
        kind: 'renameConstraint',
        table: account,
        type: 'foreignKey',
        from: 'fk_owner',
        to: 'fk_2',
      },
      { kind: 'renameConstraint', table: account, type: 'check', from: 'ck_id', to: 'ck_2' },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "account" RENAME CONSTRAINT "account_pkey" TO "PK ""1"""',
        'ALTER TABLE "account" RENAME CONSTRAINT "uq_email" TO "uq_2"',
        'ALTER TABLE "account" RENAME CONSTRAINT "fk_owner" TO "fk_2"',
        'ALTER TABLE "account" RENAME CONSTRAINT "ck_id" TO "ck_2"',
      ],
      sqlite: MADE_ANEW,
      mariadb: notSupported(
        'constraint "account_pkey" of table "account" cannot be renamed on this database',
      ),
    },
    unseen: 'D7: another name is no difference',
  },
];
