import type { CasesOf } from './compiler-case.fixture.js';
import { ID_TEXT, account, accountWith } from './compiler-case.fixture.js';

/** Constraints. */
export const CONSTRAINT_CASES: CasesOf<
  'addConstraint' | 'dropConstraint' | 'renameConstraint' | 'validateConstraint' | 'alterConstraint'
> = {
  addConstraint: [
    {
      name: 'OP-26: a primary key',
      before: accountWith('id integer'),
      operation: {
        kind: 'addConstraint',
        table: account,
        added: { type: 'primaryKey', constraint: { name: 'account_pkey', columns: ['id'] } },
      },
      sql: ['ALTER TABLE "account" ADD CONSTRAINT "account_pkey" PRIMARY KEY ("id")'],
    },
    {
      name: 'OP-27: a unique constraint without a name',
      before: ID_TEXT,
      operation: {
        kind: 'addConstraint',
        table: account,
        added: { type: 'unique', constraint: { columns: ['email', 'id'] } },
      },
      sql: ['ALTER TABLE "account" ADD UNIQUE ("email", "id")'],
    },
    {
      name: 'DDL-15: a unique constraint with NULLS NOT DISTINCT',
      before: ID_TEXT,
      operation: {
        kind: 'addConstraint',
        table: account,
        added: {
          type: 'unique',
          constraint: { name: 'uq', columns: ['email'], nullsNotDistinct: true },
        },
      },
      sql: ['ALTER TABLE "account" ADD CONSTRAINT "uq" UNIQUE NULLS NOT DISTINCT ("email")'],
    },
    {
      name: 'DDL-16: a foreign key that is not validated',
      before: ID_TEXT,
      operation: {
        kind: 'addConstraint',
        table: account,
        added: {
          type: 'foreignKey',
          constraint: {
            name: 'fk_self',
            columns: ['id'],
            referencedTable: account,
            referencedColumns: ['id'],
            onDelete: 'set default',
            onUpdate: 'restrict',
            notValid: true,
          },
        },
      },
      sql: [
        'ALTER TABLE "account" ADD CONSTRAINT "fk_self" FOREIGN KEY ("id") REFERENCES "account" ("id") ON DELETE SET DEFAULT ON UPDATE RESTRICT NOT VALID',
      ],
    },
    {
      name: 'OP-29: a check that is not validated',
      before: ID_TEXT,
      operation: {
        kind: 'addConstraint',
        table: account,
        added: {
          type: 'check',
          constraint: { name: 'ck', expression: 'id > 0', notValid: true },
        },
      },
      sql: ['ALTER TABLE "account" ADD CONSTRAINT "ck" CHECK (id > 0) NOT VALID'],
    },
    {
      name: 'DDL-16: an exclusion',
      before: accountWith('seen tstzrange'),
      operation: {
        kind: 'addConstraint',
        table: account,
        added: {
          type: 'exclusion',
          constraint: {
            name: 'ex',
            definition: 'USING gist (seen WITH &&)',
            deferrable: 'initially deferred',
          },
        },
      },
      sql: [
        'ALTER TABLE "account" ADD CONSTRAINT "ex" EXCLUDE USING gist (seen WITH &&) DEFERRABLE INITIALLY DEFERRED',
      ],
    },
  ],
  dropConstraint: [
    {
      name: 'a constraint',
      before: ID_TEXT,
      operation: {
        kind: 'dropConstraint',
        table: account,
        name: 'account_pkey',
        type: 'primaryKey',
      },
      sql: ['ALTER TABLE "account" DROP CONSTRAINT "account_pkey"'],
    },
    {
      name: 'DDL-16: a constraint that may be missing',
      before: ID_TEXT,
      operation: {
        kind: 'dropConstraint',
        table: account,
        name: 'x',
        type: 'check',
        ifExists: true,
      },
      sql: ['ALTER TABLE "account" DROP CONSTRAINT IF EXISTS "x"'],
    },
  ],
  renameConstraint: [
    {
      name: 'a new name',
      before: ID_TEXT,
      operation: {
        kind: 'renameConstraint',
        table: account,
        type: 'primaryKey',
        from: 'account_pkey',
        to: 'PK_account',
      },
      sql: ['ALTER TABLE "account" RENAME CONSTRAINT "account_pkey" TO "PK_account"'],
    },
  ],
  validateConstraint: [
    {
      name: 'a check',
      before: `${ID_TEXT}; alter table account add constraint ck check (id > 0) not valid`,
      operation: { kind: 'validateConstraint', table: account, name: 'ck', type: 'check' },
      sql: ['ALTER TABLE "account" VALIDATE CONSTRAINT "ck"'],
    },
  ],
  alterConstraint: [
    {
      name: 'a foreign key that was deferrable',
      before: `${ID_TEXT}; alter table account add constraint fk foreign key (id) references account deferrable`,
      operation: {
        kind: 'alterConstraint',
        table: account,
        name: 'fk',
        to: { deferrable: null },
      },
      sql: ['ALTER TABLE "account" ALTER CONSTRAINT "fk" NOT DEFERRABLE'],
    },
  ],
};
