import { column, keyed, named, required, schemaOf, table, tablesOf } from '../model-builders.js';
import { lines, notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const person = keyed('person', [column('name', 'text')]);

const everything = table(
  'account',
  [
    required('id', 'bigint', { identity: { generation: 'always' } }),
    required('no', 'integer', { autoIncrement: true }),
    required('email', 'character varying(255)', {
      default: "''::character varying",
      comment: "the user's",
    }),
    column('name', 'text', { collation: 'C' }),
    column('size', 'integer', {
      generated: { expression: 'length((email)::text)', stored: true },
    }),
    column('balance', 'numeric(12,2)', { default: '0' }),
    column('tags', 'text[]', { default: "'{}'::text[]" }),
    column('data', 'jsonb', { default: "'{}'::jsonb" }),
    column('owner_id', 'integer'),
    column('made_at', 'timestamp with time zone', { default: 'now()' }),
  ],
  {
    primaryKey: { name: 'account_pkey', columns: ['id'] },
    uniques: [
      { name: 'uq_account_email', columns: ['email'] },
      { name: 'uq_account_no', columns: ['no', 'email'], deferrable: 'initially deferred' },
    ],
    checks: [{ name: 'ck_account_balance', expression: 'balance >= (0)::numeric' }],
    foreignKeys: [
      {
        name: 'fk_account_owner',
        columns: ['owner_id'],
        referencedTable: named('person'),
        referencedColumns: ['id'],
        onDelete: 'cascade',
        onUpdate: 'restrict',
      },
    ],
    indexes: [
      { name: 'ix_account_name', elements: [{ column: 'name' }], unique: false },
      {
        name: 'ix_account_open',
        elements: [{ column: 'made_at', order: 'desc' }],
        unique: true,
        where: 'balance > (0)::numeric',
      },
    ],
    comment: 'who may log in',
  },
);

/** Cases of createTable, dropTable, renameTable and setTableComment. */
export const TABLE_CASES: readonly SuiteCase[] = [
  {
    name: 'OP-10, OP-11: create a table with everything that a table can have',
    needs: [
      'identityColumns',
      'generatedColumns',
      'deferrableConstraints',
      'partialIndexes',
      'comments',
    ],
    before: tablesOf(person),
    operations: [{ kind: 'createTable', table: everything }],
    sql: {
      postgres: [
        lines(
          'CREATE TABLE "account" (',
          '  "id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,',
          '  "no" serial NOT NULL,',
          '  "email" character varying(255) DEFAULT \'\'::character varying NOT NULL,',
          '  "name" text COLLATE "C",',
          '  "size" integer GENERATED ALWAYS AS (length((email)::text)) STORED,',
          '  "balance" numeric(12,2) DEFAULT 0,',
          '  "tags" text[] DEFAULT \'{}\'::text[],',
          '  "data" jsonb DEFAULT \'{}\'::jsonb,',
          '  "owner_id" integer,',
          '  "made_at" timestamp with time zone DEFAULT now(),',
          '  CONSTRAINT "account_pkey" PRIMARY KEY ("id"),',
          '  CONSTRAINT "uq_account_email" UNIQUE ("email"),',
          '  CONSTRAINT "uq_account_no" UNIQUE ("no", "email") DEFERRABLE INITIALLY DEFERRED,',
          '  CONSTRAINT "ck_account_balance" CHECK (balance >= (0)::numeric),',
          '  CONSTRAINT "fk_account_owner" FOREIGN KEY ("owner_id") REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE RESTRICT',
          ')',
        ),
        'CREATE INDEX "ix_account_name" ON "account" ("name")',
        'CREATE UNIQUE INDEX "ix_account_open" ON "account" ("made_at" DESC) WHERE balance > (0)::numeric',
        'COMMENT ON TABLE "account" IS \'who may log in\'',
        'COMMENT ON COLUMN "account"."email" IS \'the user\'\'s\'',
      ],
      sqlite: notSupported('this database has no identity columns'),
      mariadb: notSupported('this database has no identity columns'),
    },
  },
  {
    name: 'OP-12: create a table that refers to itself, with a key of two columns',
    operations: [
      {
        kind: 'createTable',
        table: table(
          'node',
          [required('tree', 'integer'), required('id', 'integer'), column('parent_id', 'integer')],
          {
            primaryKey: { name: 'node_pkey', columns: ['tree', 'id'] },
            foreignKeys: [
              {
                name: 'fk_node_parent',
                columns: ['tree', 'parent_id'],
                referencedTable: named('node'),
                referencedColumns: ['tree', 'id'],
                onDelete: 'set null',
                deferrable: 'initially immediate',
              },
            ],
          },
        ),
      },
    ],
    needs: ['deferrableConstraints'],
    sql: {
      postgres: [
        lines(
          'CREATE TABLE "node" (',
          '  "tree" integer NOT NULL,',
          '  "id" integer NOT NULL,',
          '  "parent_id" integer,',
          '  CONSTRAINT "node_pkey" PRIMARY KEY ("tree", "id"),',
          '  CONSTRAINT "fk_node_parent" FOREIGN KEY ("tree", "parent_id") REFERENCES "node" ("tree", "id") ON DELETE SET NULL DEFERRABLE INITIALLY IMMEDIATE',
          ')',
        ),
      ],
      sqlite: [
        lines(
          'CREATE TABLE "node" (',
          '  "tree" integer NOT NULL,',
          '  "id" integer NOT NULL,',
          '  "parent_id" integer,',
          '  CONSTRAINT "node_pkey" PRIMARY KEY ("tree", "id"),',
          '  CONSTRAINT "fk_node_parent" FOREIGN KEY ("tree", "parent_id") REFERENCES "node" ("tree", "id") ON DELETE SET NULL DEFERRABLE INITIALLY IMMEDIATE',
          ')',
        ),
      ],
      mariadb: notSupported('this database has no deferrable constraints'),
    },
  },
  {
    name: 'OP-12: create a table that refers to one of the same name in another schema',
    needs: ['schemas'],
    before: schemaOf({ schemas: ['audit'], tables: [person] }),
    operations: [
      {
        kind: 'createTable',
        table: keyed('person', [column('of_id', 'integer')], {
          schema: 'audit',
          foreignKeys: [
            {
              name: 'fk_person_of',
              columns: ['of_id'],
              referencedTable: named('person'),
              referencedColumns: ['id'],
            },
          ],
        }),
      },
    ],
    sql: {
      postgres: [
        lines(
          'CREATE TABLE "audit"."person" (',
          '  "id" integer NOT NULL,',
          '  "of_id" integer,',
          '  CONSTRAINT "person_pkey" PRIMARY KEY ("id"),',
          '  CONSTRAINT "fk_person_of" FOREIGN KEY ("of_id") REFERENCES "person" ("id")',
          ')',
        ),
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'create a table without key in another schema, in the order of its columns',
    needs: ['schemas'],
    before: schemaOf({ schemas: ['audit'] }),
    operations: [
      {
        kind: 'createTable',
        table: table('event', [column('z', 'text'), column('a', 'integer')], { schema: 'audit' }),
      },
    ],
    sql: {
      postgres: [lines('CREATE TABLE "audit"."event" (', '  "z" text,', '  "a" integer', ')')],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'OP-06: create a table that may be there',
    operations: [{ kind: 'createTable', table: person, ifNotExists: true }],
    sql: {
      postgres: [
        lines(
          'CREATE TABLE IF NOT EXISTS "person" (',
          '  "id" integer NOT NULL,',
          '  "name" text,',
          '  CONSTRAINT "person_pkey" PRIMARY KEY ("id")',
          ')',
        ),
      ],
      sqlite: [
        lines(
          'CREATE TABLE IF NOT EXISTS "person" (',
          '  "id" integer NOT NULL,',
          '  "name" text,',
          '  CONSTRAINT "person_pkey" PRIMARY KEY ("id")',
          ')',
        ),
      ],
      mariadb: [
        'CREATE TABLE IF NOT EXISTS `person` (\n  `id` integer NOT NULL,\n  `name` text,\n  CONSTRAINT `person_pkey` PRIMARY KEY (`id`)\n)',
      ],
    },
  },
  {
    name: 'OP-13: drop a table with all that it has',
    needs: [
      'identityColumns',
      'generatedColumns',
      'deferrableConstraints',
      'partialIndexes',
      'comments',
    ],
    before: tablesOf(everything, person),
    operations: [{ kind: 'dropTable', name: named('account'), dropped: everything }],
    sql: {
      postgres: ['DROP TABLE "account"'],
      sqlite: notSupported('this database has no identity columns'),
      mariadb: notSupported('this database has no identity columns'),
    },
  },
  {
    name: 'OP-06: drop a table that may be missing',
    before: tablesOf(person),
    operations: [{ kind: 'dropTable', name: named('person'), dropped: person, ifExists: true }],
    sql: {
      postgres: ['DROP TABLE IF EXISTS "person"'],
      sqlite: ['DROP TABLE IF EXISTS "person"'],
      mariadb: ['DROP TABLE IF EXISTS `person`'],
    },
  },
  {
    name: 'OP-14, DL-23: rename a table, and keep its rows',
    before: tablesOf(
      keyed('pet', [column('owner_id', 'integer')], {
        foreignKeys: [
          {
            name: 'fk_pet_owner',
            columns: ['owner_id'],
            referencedTable: named('person'),
            referencedColumns: ['id'],
          },
        ],
      }),
      person,
    ),
    operations: [{ kind: 'renameTable', from: named('person'), to: named('Human being') }],
    sql: {
      postgres: ['ALTER TABLE "person" RENAME TO "Human being"'],
      sqlite: ['ALTER TABLE "person" RENAME TO "Human being"'],
      mariadb: ['RENAME TABLE `person` TO `Human being`'],
    },
    rows: {
      insert: `INSERT INTO person VALUES (1, 'Ada')`,
      query: 'SELECT * FROM "Human being"',
      found: [{ id: 1, name: 'Ada' }],
    },
  },
  {
    name: 'DL-24: move a table to another schema',
    needs: ['schemas'],
    before: schemaOf({ schemas: ['audit'], tables: [person] }),
    operations: [{ kind: 'renameTable', from: named('person'), to: named('human', 'audit') }],
    sql: {
      postgres: [
        'ALTER TABLE "person" SET SCHEMA "audit"',
        'ALTER TABLE "audit"."person" RENAME TO "human"',
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
    rows: {
      insert: `INSERT INTO person VALUES (1, 'Ada')`,
      query: 'SELECT * FROM audit.human',
      found: [{ id: 1, name: 'Ada' }],
    },
  },
  {
    name: 'OP-15: set the comment of a table, change it, remove it',
    needs: ['comments'],
    before: tablesOf(
      { ...person, comment: 'old' },
      keyed('animal', [], { comment: 'gone' }),
      keyed('plant'),
    ),
    operations: [
      { kind: 'setTableComment', table: named('person'), from: 'old', to: "it's \\ new" },
      { kind: 'setTableComment', table: named('animal'), from: 'gone' },
      { kind: 'setTableComment', table: named('plant'), to: 'green' },
    ],
    sql: {
      postgres: [
        "COMMENT ON TABLE \"person\" IS E'it''s \\\\ new'",
        'COMMENT ON TABLE "animal" IS NULL',
        'COMMENT ON TABLE "plant" IS \'green\'',
      ],
      sqlite: notSupported('this database has no comments'),
      mariadb: [
        "ALTER TABLE `person` COMMENT='it''s \\\\ new', ALGORITHM=INSTANT",
        "ALTER TABLE `animal` COMMENT='', ALGORITHM=INSTANT",
        "ALTER TABLE `plant` COMMENT='green', ALGORITHM=INSTANT",
      ],
    },
  },
];
