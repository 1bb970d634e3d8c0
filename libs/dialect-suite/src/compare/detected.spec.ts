import type { Column, ForeignKey, SchemaModel, Table } from '@nest-alembic/core';
import { column, keyed, named, required, tablesOf } from '../model-builders.js';
import { describeComparisons } from './describe-compare.fixture.js';

const index = (name: string, ...columns: readonly string[]) => ({
  name,
  elements: columns.map((of) => ({ column: of })),
  unique: false,
});
const unique = (name: string | undefined, ...columns: readonly string[]) => ({
  ...(name !== undefined && { name }),
  columns,
});

/** A table `t` with two columns, and what is given. */
const t = (parts: Partial<Table> = {}, ...more: readonly Column[]): SchemaModel =>
  tablesOf(
    keyed('parent'),
    keyed('t', [column('a', 'text'), column('b', 'integer'), ...more], parts),
  );

const foreignKey = (more: Partial<ForeignKey> = {}): Partial<Table> => ({
  foreignKeys: [
    {
      name: 'fk',
      columns: ['b'],
      referencedTable: named('parent'),
      referencedColumns: ['id'],
      ...more,
    },
  ],
});

describeComparisons('AG-01: what is always detected', [
  {
    name: 'AG-01: a table that is new',
    before: tablesOf(keyed('parent')),
    after: t(),
    finds: ['create table t'],
  },
  {
    name: 'AG-01: a table that is gone',
    before: t(),
    after: tablesOf(keyed('parent')),
    finds: ['drop table t'],
  },
  {
    name: 'AG-01: columns that are new and gone',
    before: t({}, column('old', 'text')),
    after: t({}, column('new', 'boolean')),
    finds: ['add column t.new', 'drop column t.old'],
  },
  {
    name: 'AG-01: nullability, both ways',
    before: t({}, column('x', 'text'), required('y', 'text')),
    after: t({}, required('x', 'text'), column('y', 'text')),
    finds: ['alter column t.x: nullable', 'alter column t.y: nullable'],
  },
  {
    name: 'AG-01: indexes that are new, gone and changed',
    before: t({ indexes: [index('gone', 'a'), index('changed', 'a', 'b')] }),
    after: t({ indexes: [index('new', 'b'), index('changed', 'b', 'a')] }),
    finds: [
      'drop index gone of t',
      'drop index changed of t',
      'create index new on t',
      'create index changed on t',
    ],
  },
  {
    name: 'AG-01: named unique constraints that are new, gone and changed',
    before: t({ uniques: [unique('gone', 'a'), unique('changed', 'a', 'b')] }),
    after: t({ uniques: [unique('new', 'b'), unique('changed', 'a', 'id')] }),
    finds: [
      'drop unique constraint gone of t',
      'drop unique constraint changed of t',
      'add unique constraint new to t',
      'add unique constraint changed to t',
    ],
  },
  {
    name: 'AG-01, AG-61, SCN-50: an unnamed unique constraint is known by its columns',
    before: t({ uniques: [unique('uq', 'b', 'a')] }),
    after: t({ uniques: [unique(undefined, 'a', 'b')] }),
    finds: [],
  },
  {
    name: 'AG-61, SCN-50: an unnamed unique constraint over other columns is another one',
    before: t({ uniques: [unique('uq', 'a', 'b')] }),
    after: t({ uniques: [unique(undefined, 'a')] }),
    finds: ['drop unique constraint uq of t', 'add unique constraint (a) to t'],
  },
  {
    name: 'a unique constraint over the primary key, which CREATE TABLE leaves out',
    before: t({ uniques: [unique('uq', 'id')] }),
    after: t({ uniques: [unique('uq', 'id')] }),
    finds: [],
  },
  {
    name: 'a unique constraint over the primary key that somebody made',
    before: t(),
    byHand: 'ALTER TABLE t ADD CONSTRAINT uq UNIQUE (id)',
    after: t({ uniques: [unique('uq', 'id')] }),
    finds: [],
  },
  {
    name: 'AG-01: comments of table and column, new, changed and gone',
    before: t({ comment: 'a' }, column('x', 'text', { comment: 'a' }), column('y', 'text')),
    after: t({}, column('x', 'text', { comment: 'b' }), column('y', 'text', { comment: 'c' })),
    finds: ['remove comment of table t', 'alter column t.x: comment', 'alter column t.y: comment'],
  },
  {
    name: 'AG-31: the NOT NULL of a primary key is no difference',
    before: tablesOf(keyed('t')),
    after: tablesOf({ ...keyed('t'), columns: [column('id', 'integer')] }),
    finds: [],
  },
  {
    name: 'AG-31: the NOT NULL of an identity column is no difference',
    before: t({}, required('n', 'integer', { identity: { generation: 'always' } })),
    after: t({}, column('n', 'integer', { identity: { generation: 'always' } })),
    finds: [],
  },
]);

const NO_KEY = t();
const PLAIN = t(foreignKey());
const dropped = 'drop foreign key fk of t';
const added = 'add foreign key fk to t';
const replaced = [dropped, added];

describeComparisons('AG-01, SCN-54: foreign keys', [
  { name: 'SCN-54: a new one', before: NO_KEY, after: PLAIN, finds: [added] },
  { name: 'SCN-54: one that is gone', before: PLAIN, after: NO_KEY, finds: [dropped] },
  {
    name: 'SCN-54: the same one under another name',
    before: PLAIN,
    after: t(foreignKey({ name: 'other' })),
    finds: [],
  },
  ...(
    [
      ['ON DELETE', { onDelete: 'cascade' }],
      ['ON DELETE RESTRICT, which is not NO ACTION on PostgreSQL', { onDelete: 'restrict' }],
      ['ON UPDATE', { onUpdate: 'set null' }],
      ['DEFERRABLE', { deferrable: 'initially immediate' }],
      ['INITIALLY DEFERRED', { deferrable: 'initially deferred' }],
    ] as const
  ).flatMap(([words, more]) => [
    {
      name: `AG-82, SCN-54: ${words} comes: the key is dropped and added`,
      before: PLAIN,
      after: t(foreignKey(more)),
      finds: replaced,
    },
    {
      name: `AG-82, SCN-54: ${words} goes`,
      before: t(foreignKey(more)),
      after: PLAIN,
      finds: replaced,
    },
    {
      name: `SCN-54: ${words} stays`,
      before: t(foreignKey(more)),
      after: t(foreignKey(more)),
      finds: [],
    },
  ]),
  {
    name: 'SCN-54: initially deferred is not initially immediate',
    before: t(foreignKey({ deferrable: 'initially deferred' })),
    after: t(foreignKey({ deferrable: 'initially immediate' })),
    finds: replaced,
  },
  {
    name: 'AG-80: options of the second key count whatever the first has',
    before: tablesOf(
      keyed('parent'),
      keyed('t', [column('b', 'integer'), column('c', 'integer')], {
        foreignKeys: [
          ...(foreignKey().foreignKeys ?? []),
          {
            name: 'second',
            columns: ['c'],
            referencedTable: named('parent'),
            referencedColumns: ['id'],
            onDelete: 'cascade',
          },
        ],
      }),
    ),
    after: tablesOf(
      keyed('parent'),
      keyed('t', [column('b', 'integer'), column('c', 'integer')], {
        foreignKeys: [
          ...(foreignKey().foreignKeys ?? []),
          {
            name: 'second',
            columns: ['c'],
            referencedTable: named('parent'),
            referencedColumns: ['id'],
          },
        ],
      }),
    ),
    finds: ['drop foreign key second of t', 'add foreign key second to t'],
  },
  {
    name: 'AG-83: names in mixed case, of the key, its columns and its table',
    before: tablesOf(
      keyed('Parent'),
      keyed('Child', [column('parentId', 'integer')], {
        foreignKeys: [
          {
            name: 'FK_Parent',
            columns: ['parentId'],
            referencedTable: named('Parent'),
            referencedColumns: ['id'],
          },
        ],
      }),
    ),
    after: tablesOf(keyed('Parent'), keyed('Child', [column('parentId', 'integer')])),
    finds: ['drop foreign key FK_Parent of Child'],
  },
]);

const checked = (...checks: readonly (readonly [name: string | undefined, sql: string])[]) =>
  t({
    checks: checks.map(([name, expression]) => ({
      ...(name !== undefined && { name }),
      expression,
    })),
  });

describeComparisons('CHECK constraints', [
  {
    name: 'SCN-55: a named one that is new',
    before: checked(),
    after: checked(['ck', 'b > 0']),
    finds: ['add check constraint ck to t'],
  },
  {
    name: 'SCN-55: a named one that is gone',
    before: checked(['ck', 'b > 0']),
    after: checked(),
    finds: ['drop check constraint ck of t'],
  },
  {
    name: 'AG-90, AG-92: another body is a change, because the server says what it is',
    before: checked(['ck', 'b > 0']),
    after: checked(['ck', 'b > 1']),
    finds: ['drop check constraint ck of t', 'add check constraint ck to t'],
  },
  {
    name: 'AG-90: the same body in other words is none',
    before: checked(['ck', "b > 0 AND a IN ('x', 'y')"]),
    after: checked(['ck', "((b>0) and (a = any (array['x','y']::text[])))"]),
    finds: [],
  },
  {
    name: 'AG-90: an unnamed one is known by its body',
    before: checked(['ck', 'b > 0']),
    after: checked([undefined, '0 < b'], [undefined, 'b > 0']),
    finds: ['add check constraint without a name to t'],
  },
  {
    name: 'AG-91: those of a new table are part of it, those of one that is gone go with it',
    before: tablesOf(
      keyed('parent'),
      keyed('old', [], { checks: [{ name: 'ck_old', expression: 'id > 0' }] }),
    ),
    after: checked(['ck', 'b > 0']),
    finds: ['create table t', 'drop table old'],
  },
  {
    name: 'AG-91: what goes goes first, then what changes, then what is new',
    before: checked(['ck_1', 'b > 1'], ['ck_2', 'b > 2']),
    after: checked(['ck_2', 'b > 3'], ['ck_4', 'b > 4']),
    finds: [
      'drop check constraint ck_1 of t',
      'drop check constraint ck_2 of t',
      'add check constraint ck_2 to t',
      'add check constraint ck_4 to t',
    ],
  },
]);

describeComparisons('AG-04: what Alembic does not detect', [
  {
    name: 'AG-04: another primary key',
    before: tablesOf(keyed('t', [required('a', 'integer')])),
    after: tablesOf(
      keyed('t', [required('a', 'integer')], {
        primaryKey: { name: 't_pkey', columns: ['id', 'a'] },
      }),
    ),
    finds: ['drop primary key t_pkey of t', 'add primary key t_pkey to t'],
  },
  {
    name: 'AG-04: an exclusion constraint',
    before: t({}, column('during', 'tstzrange')),
    after: t(
      { exclusions: [{ name: 'ex', definition: 'USING gist (during WITH &&)' }] },
      column('during', 'tstzrange'),
    ),
    finds: ['add exclusion constraint ex to t'],
  },
  {
    name: 'AG-04: labels of an enum',
    before: { ...t({}, column('k', 'kind')), enums: [{ ...named('kind'), labels: ['x'] }] },
    after: { ...t({}, column('k', 'kind')), enums: [{ ...named('kind'), labels: ['x', 'y'] }] },
    finds: ['alter enum kind: +y'],
  },
  {
    name: 'AG-04: sequences',
    before: { ...t(), sequences: [named('old')] },
    after: { ...t(), sequences: [named('new')] },
    finds: ['create sequence new', 'drop sequence old'],
  },
  {
    name: 'AG-05, SCN-56: a generated column whose expression changes',
    before: t({}, column('g', 'integer', { generated: { expression: 'b * 2', stored: true } })),
    after: t({}, column('g', 'integer', { generated: { expression: 'b * 3', stored: true } })),
    finds: ['alter column t.g: generated'],
  },
  {
    name: 'AG-05: a generated column in other words',
    before: t({}, column('g', 'integer', { generated: { expression: 'b * 2', stored: true } })),
    after: t({}, column('g', 'integer', { generated: { expression: '( B*(2) )', stored: true } })),
    finds: [],
  },
]);
