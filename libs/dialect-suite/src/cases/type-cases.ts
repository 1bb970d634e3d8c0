import { column, keyed, named, required, schemaOf } from '../model-builders.js';
import { notSupported } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const mood = { ...named('mood'), labels: ['bad', 'ok', 'good'] };
const account = named('account');
const withMood = schemaOf({
  enums: [mood],
  tables: [
    keyed('account', [
      required('mood', 'mood', { default: "'ok'::mood" }),
      column('moods', 'mood[]', { default: "'{bad}'::mood[]" }),
    ]),
  ],
});
const uses = [
  { table: account, column: 'mood', default: "'ok'::mood" },
  { table: account, column: 'moods', array: true, default: "'{ok}'::mood[]" },
] as const;
const sameUses = [uses[0], { ...uses[1], default: "'{bad}'::mood[]" }] as const;

/** Cases of schemas, enums and sequences. */
export const TYPE_CASES: readonly SuiteCase[] = [
  {
    name: 'create a schema',
    needs: ['schemas'],
    operations: [
      { kind: 'createSchema', name: 'audit' },
      { kind: 'createSchema', name: 'Quoted "name"', ifNotExists: true },
    ],
    sql: {
      postgres: ['CREATE SCHEMA "audit"', 'CREATE SCHEMA IF NOT EXISTS "Quoted ""name"""'],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'create a schema for another role',
    needs: ['schemas'],
    operations: [{ kind: 'createSchema', name: 'audit', authorization: 'pg_monitor' }],
    sql: {
      postgres: ['CREATE SCHEMA "audit" AUTHORIZATION "pg_monitor"'],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'rename a schema with all that is in it',
    needs: ['schemas', 'domains'],
    before: schemaOf({
      schemas: ['audit'],
      enums: [{ ...mood, schema: 'audit' }],
      domains: [{ ...named('mail', 'audit'), type: 'text', checks: [] }],
      tables: [
        {
          ...keyed('event', [column('mood', 'audit.mood'), column('to', 'audit.mail')]),
          schema: 'audit',
        },
      ],
    }),
    operations: [{ kind: 'renameSchema', from: 'audit', to: 'history' }],
    sql: {
      postgres: ['ALTER SCHEMA "audit" RENAME TO "history"'],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'drop a schema',
    unseen: 'D8: a schema belongs to no entity, so it is known, never managed',
    needs: ['schemas'],
    before: schemaOf({ schemas: ['Quoted "name"', 'audit'] }),
    operations: [
      { kind: 'dropSchema', name: 'audit' },
      { kind: 'dropSchema', name: 'Quoted "name"', ifExists: true },
    ],
    sql: {
      postgres: ['DROP SCHEMA "audit"', 'DROP SCHEMA IF EXISTS "Quoted ""name"""'],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'B080: create an enum with labels that need quoting',
    needs: ['enumTypes', 'schemas'],
    before: schemaOf({ schemas: ['audit'] }),
    operations: [
      {
        kind: 'createEnum',
        enum: { ...named('Mood', 'audit'), labels: ["Ner'zhul", 'a,b (c)', '', 'back\\slash'] },
      },
    ],
    sql: {
      postgres: [
        "CREATE TYPE \"audit\".\"Mood\" AS ENUM ('Ner''zhul', 'a,b (c)', '', E'back\\\\slash')",
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'drop an enum',
    needs: ['enumTypes'],
    before: schemaOf({ enums: [mood] }),
    operations: [{ kind: 'dropEnum', name: named('mood'), dropped: mood, ifExists: true }],
    sql: {
      postgres: ['DROP TYPE IF EXISTS "mood"'],
      sqlite: notSupported('this database has no enum types, and "mood" is one'),
      mariadb: notSupported('this database has no enum types, and "mood" is one'),
    },
  },
  {
    name: 'PG-E2: add labels in the middle and at the end',
    needs: ['enumTypes'],
    before: withMood,
    operations: [
      {
        kind: 'alterEnum',
        name: named('mood'),
        from: mood.labels,
        to: ['awful', 'bad', 'so so', 'ok', 'good', 'great'],
        uses: sameUses,
      },
    ],
    sql: {
      postgres: [
        "ALTER TYPE \"mood\" ADD VALUE 'awful' BEFORE 'bad'",
        "ALTER TYPE \"mood\" ADD VALUE 'so so' BEFORE 'ok'",
        'ALTER TYPE "mood" ADD VALUE \'great\'',
      ],
      sqlite: notSupported('this database has no enum types, and "mood" is one'),
      mariadb: notSupported('this database has no enum types, and "mood" is one'),
    },
    rows: {
      insert: `INSERT INTO account VALUES (1, 'good', '{bad,good}')`,
      query: 'SELECT mood, moods::text FROM account',
      found: [{ mood: 'good', moods: '{bad,good}' }],
    },
  },
  {
    name: 'DL-16: rename a label',
    needs: ['enumTypes'],
    before: schemaOf({ enums: [mood], tables: [keyed('account', [column('mood', 'mood')])] }),
    operations: [
      {
        kind: 'alterEnum',
        name: named('mood'),
        from: mood.labels,
        to: ['sad', 'ok', 'good'],
        renames: [{ from: 'bad', to: 'sad' }],
      },
    ],
    sql: {
      postgres: ["ALTER TYPE \"mood\" RENAME VALUE 'bad' TO 'sad'"],
      sqlite: notSupported('this database has no enum types, and "mood" is one'),
      mariadb: notSupported('this database has no enum types, and "mood" is one'),
    },
    rows: {
      insert: `INSERT INTO account VALUES (1, 'bad')`,
      query: 'SELECT mood FROM account',
      found: [{ mood: 'sad' }],
    },
  },
  {
    name: 'labels of an enum without columns in another order, and it keeps its comment',
    needs: ['enumTypes', 'comments'],
    before: schemaOf({ enums: [{ ...mood, comment: "it's" }] }),
    operations: [
      {
        kind: 'alterEnum',
        name: named('mood'),
        from: mood.labels,
        to: ['good', 'ok', 'bad'],
        uses: [],
        comment: "it's",
      },
    ],
    sql: {
      postgres: [
        'ALTER TYPE "mood" RENAME TO "mood__old"',
        "CREATE TYPE \"mood\" AS ENUM ('good', 'ok', 'bad')",
        `COMMENT ON TYPE "mood" IS 'it''s'`,
        'DROP TYPE "mood__old"',
      ],
      sqlite: notSupported('this database has no enum types, and "mood" is one'),
      mariadb: notSupported('this database has no enum types, and "mood" is one'),
    },
  },
  {
    name: 'PG-M10: labels in another order',
    needs: ['enumTypes'],
    before: withMood,
    operations: [
      {
        kind: 'alterEnum',
        name: named('mood'),
        from: mood.labels,
        to: ['good', 'ok', 'bad'],
        uses: sameUses,
      },
    ],
    sql: {
      postgres: [
        'ALTER TYPE "mood" RENAME TO "mood__old"',
        "CREATE TYPE \"mood\" AS ENUM ('good', 'ok', 'bad')",
        'ALTER TABLE "account" ALTER COLUMN "mood" DROP DEFAULT',
        'ALTER TABLE "account" ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood"',
        'ALTER TABLE "account" ALTER COLUMN "mood" SET DEFAULT \'ok\'::mood',
        'ALTER TABLE "account" ALTER COLUMN "moods" DROP DEFAULT',
        'ALTER TABLE "account" ALTER COLUMN "moods" TYPE "mood"[] USING "moods"::text[]::"mood"[]',
        'ALTER TABLE "account" ALTER COLUMN "moods" SET DEFAULT \'{bad}\'::mood[]',
        'DROP TYPE "mood__old"',
      ],
      sqlite: notSupported('this database has no enum types, and "mood" is one'),
      mariadb: notSupported('this database has no enum types, and "mood" is one'),
    },
  },
  {
    name: 'DL-15: drop a label that rows hold',
    needs: ['enumTypes'],
    before: withMood,
    operations: [
      {
        kind: 'alterColumn',
        table: account,
        name: 'moods',
        from: { default: "'{bad}'::mood[]" },
        to: { default: "'{ok}'::mood[]" },
      },
      {
        kind: 'alterEnum',
        name: named('mood'),
        from: mood.labels,
        to: ['ok', 'good'],
        replacements: [{ from: 'bad', to: 'ok' }],
        uses,
      },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "account" ALTER COLUMN "moods" SET DEFAULT \'{ok}\'::mood[]',
        'ALTER TYPE "mood" RENAME TO "mood__old"',
        "CREATE TYPE \"mood\" AS ENUM ('ok', 'good')",
        'ALTER TABLE "account" ALTER COLUMN "mood" DROP DEFAULT',
        'ALTER TABLE "account" ALTER COLUMN "mood" TYPE "mood" USING (CASE "mood"::text WHEN \'bad\' THEN \'ok\' ELSE "mood"::text END)::"mood"',
        'ALTER TABLE "account" ALTER COLUMN "mood" SET DEFAULT \'ok\'::mood',
        'ALTER TABLE "account" ALTER COLUMN "moods" DROP DEFAULT',
        'ALTER TABLE "account" ALTER COLUMN "moods" TYPE "mood"[] USING array_replace("moods"::text[], \'bad\', \'ok\')::"mood"[]',
        'ALTER TABLE "account" ALTER COLUMN "moods" SET DEFAULT \'{ok}\'::mood[]',
        'DROP TYPE "mood__old"',
      ],
      sqlite: notSupported('this database has no enum types, and "mood" is one'),
      mariadb: notSupported('this database has no enum types, and "mood" is one'),
    },
    rows: {
      insert: `INSERT INTO account VALUES (1, 'bad', '{good,bad}')`,
      query: 'SELECT mood, moods::text FROM account',
      found: [{ mood: 'ok', moods: '{good,ok}' }],
    },
  },
  {
    name: 'rename an enum that is in use, and move it to another schema',
    needs: ['enumTypes', 'schemas'],
    before: schemaOf({
      schemas: ['audit'],
      enums: [mood],
      tables: [keyed('account', [column('mood', 'mood')])],
    }),
    operations: [{ kind: 'renameEnum', from: named('mood'), to: named('Temper', 'audit') }],
    sql: {
      postgres: [
        'ALTER TYPE "mood" SET SCHEMA "audit"',
        'ALTER TYPE "audit"."mood" RENAME TO "Temper"',
      ],
      sqlite: notSupported('this database has no schemas'),
      mariadb: notSupported('this database has no schemas'),
    },
  },
  {
    name: 'create sequences, with the defaults and with all options',
    needs: ['sequences'],
    operations: [
      { kind: 'createSequence', sequence: named('ticket') },
      {
        kind: 'createSequence',
        sequence: {
          ...named('other'),
          type: 'integer',
          options: {
            increment: '5',
            minValue: '-10',
            maxValue: '100',
            start: '0',
            cache: '7',
            cycle: true,
          },
        },
      },
    ],
    sql: {
      postgres: [
        'CREATE SEQUENCE "ticket"',
        'CREATE SEQUENCE "other" AS integer INCREMENT BY 5 MINVALUE -10 MAXVALUE 100 START WITH 0 CACHE 7 CYCLE',
      ],
      sqlite: notSupported('this database has no sequences'),
      mariadb: notSupported('this database has no sequences'),
    },
  },
  {
    name: 'drop a sequence',
    needs: ['sequences'],
    before: schemaOf({ sequences: [{ ...named('ticket'), options: { start: '7' } }] }),
    operations: [
      {
        kind: 'dropSequence',
        name: named('ticket'),
        dropped: { ...named('ticket'), options: { start: '7' } },
      },
    ],
    sql: {
      postgres: ['DROP SEQUENCE "ticket"'],
      sqlite: notSupported('this database has no sequences'),
      mariadb: notSupported('this database has no sequences'),
    },
  },
];
