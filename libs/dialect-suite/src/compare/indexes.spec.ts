import type { Index, SchemaModel, UniqueConstraint } from '@nest-alembic/core';
import { column, keyed, named, tablesOf } from '../model-builders.js';
import type { CompareCase } from './compare-case.js';
import { describeComparisons } from './describe-compare.fixture.js';

interface Parts {
  readonly indexes?: readonly Index[];
  readonly uniques?: readonly UniqueConstraint[];
}

const t = (parts: Parts): SchemaModel =>
  tablesOf(
    keyed(
      't',
      [column('x', 'text'), column('y', 'text'), column('n', 'integer'), column('doc', 'jsonb')],
      parts,
    ),
  );

const ix = (more: Partial<Index> = {}): Index => ({
  name: 'ix',
  elements: [{ column: 'x' }],
  unique: false,
  ...more,
});
const on = (...elements: Index['elements']): Index => ix({ elements });
const uq = (more: Partial<UniqueConstraint> = {}): UniqueConstraint => ({
  name: 'uq',
  columns: ['x'],
  ...more,
});

/** From the first index to the second one. */
const indexCase = (name: string, from: Index, to: Index, differs: boolean): CompareCase => ({
  name,
  before: t({ indexes: [from] }),
  after: t({ indexes: [to] }),
  finds: differs ? ['drop index ix of t', `create ${to.unique ? 'unique ' : ''}index ix on t`] : [],
});

const EXPRESSION = { expression: 'lower(x)' };

describeComparisons('AG-63: what makes another index', [
  indexCase('AG-63, SCN-48: unique', ix(), ix({ unique: true }), true),
  indexCase('AG-63: no longer unique', ix({ unique: true }), ix(), true),
  indexCase(
    'AG-62, AG-63, SCN-52: columns in another order',
    on({ column: 'x' }, { column: 'y' }),
    on({ column: 'y' }, { column: 'x' }),
    true,
  ),
  indexCase('AG-63: DESC', on({ column: 'x' }), on({ column: 'x', order: 'desc' }), true),
  indexCase('NULLS FIRST', on({ column: 'x' }), on({ column: 'x', nulls: 'first' }), true),
  indexCase(
    'AG-66: the NULLS that the order implies',
    on({ column: 'x', order: 'desc' }),
    on({ column: 'x', order: 'desc', nulls: 'first' }),
    false,
  ),
  indexCase(
    'the NULLS that are the default',
    on({ column: 'x' }),
    on({ column: 'x', nulls: 'last' }),
    false,
  ),
  indexCase(
    'an operator class',
    on({ column: 'x' }),
    on({ column: 'x', opclass: 'text_pattern_ops' }),
    true,
  ),
  indexCase(
    'the operator class that is the default of the type',
    on({ column: 'x' }),
    on({ column: 'x', opclass: 'text_ops' }),
    false,
  ),
  indexCase('a collation', on({ column: 'x' }), on({ column: 'x', collation: 'C' }), true),
  indexCase('AG-68: columns besides the key', ix(), ix({ include: ['n'] }), true),
  indexCase(
    'AG-68: NULLS NOT DISTINCT',
    ix({ unique: true }),
    ix({ unique: true, nullsNotDistinct: true }),
    true,
  ),
  indexCase('AG-68: a predicate comes', ix(), ix({ where: 'n > 0' }), true),
  indexCase('AG-68: a predicate changes', ix({ where: 'n > 0' }), ix({ where: 'n > 1' }), true),
  indexCase(
    'AG-68: a predicate in other words',
    ix({ where: 'n > 0 AND x IS NOT NULL' }),
    ix({ where: '(N>0) and (x is not null)' }),
    false,
  ),
  indexCase('AG-68: a method that the model states', ix(), ix({ method: 'hash' }), true),
  indexCase('a method that the model does not state', ix({ method: 'hash' }), ix(), false),
  indexCase('the method that is the default', ix(), ix({ method: 'btree' }), false),
  indexCase(
    'AG-66: an expression in other words',
    on(EXPRESSION, { expression: `(doc ->> 'k')` }),
    on({ expression: 'LOWER( x )' }, { expression: `doc->>'k'::text` }),
    false,
  ),
  indexCase('AG-66: another expression', on(EXPRESSION), on({ expression: 'upper(x)' }), true),
  indexCase(
    'AG-66: a cast is a part of an expression',
    on({ expression: 'n::text' }),
    on({ expression: 'n::varchar' }),
    true,
  ),
  indexCase(
    'AG-66: an expression with DESC',
    on(EXPRESSION),
    on({ ...EXPRESSION, order: 'desc' }),
    true,
  ),
  indexCase(
    'AG-66: an expression with an operator class',
    on({ ...EXPRESSION, opclass: 'text_pattern_ops' }),
    on(EXPRESSION),
    false,
  ),
  indexCase(
    'AG-66: another number of expressions',
    on(EXPRESSION),
    on(EXPRESSION, { column: 'n' }),
    true,
  ),
  indexCase('an expression becomes its column', on(EXPRESSION), on({ column: 'x' }), true),
]);

describeComparisons('indexes and unique constraints', [
  {
    name: 'AG-62: the columns of a unique constraint in another order',
    before: t({ uniques: [uq({ columns: ['x', 'y'] })] }),
    after: t({ uniques: [uq({ columns: ['y', 'x'] })] }),
    finds: [],
  },
  {
    name: 'a unique constraint with NULLS NOT DISTINCT',
    before: t({ uniques: [uq()] }),
    after: t({ uniques: [uq({ nullsNotDistinct: true })] }),
    finds: ['drop unique constraint uq of t', 'add unique constraint uq to t'],
  },
  {
    name: 'a unique constraint that can be deferred',
    before: t({ uniques: [uq()] }),
    after: t({ uniques: [uq({ deferrable: 'initially deferred' })] }),
    finds: ['drop unique constraint uq of t', 'add unique constraint uq to t'],
  },
  {
    name: 'AG-64: a unique index and a unique constraint are one for the other',
    before: t({ indexes: [ix({ name: 'a', unique: true })], uniques: [uq({ columns: ['y'] })] }),
    after: t({
      uniques: [uq({ name: 'a' })],
      indexes: [ix({ name: 'uq', elements: [{ column: 'y' }], unique: true })],
    }),
    finds: [],
  },
  {
    name: 'AG-64: a unique index with a predicate and a unique constraint are not',
    before: t({ indexes: [ix({ unique: true, where: 'n > 0' })] }),
    after: t({ uniques: [uq({ name: 'ix' })] }),
    finds: ['drop index ix of t', 'add unique constraint ix to t'],
  },
  {
    name: 'SCN-48: an index becomes a named unique constraint',
    before: t({ indexes: [ix()] }),
    after: t({ uniques: [uq()] }),
    finds: ['drop index ix of t', 'add unique constraint uq to t'],
  },
  {
    name: 'AG-64: an index becomes a unique constraint of its name, and the other way round',
    before: t({ indexes: [ix()], uniques: [uq({ name: 'both', columns: ['y'] })] }),
    after: t({
      uniques: [uq({ name: 'ix' })],
      indexes: [ix({ name: 'both', elements: [{ column: 'n' }] })],
    }),
    finds: [
      'drop index ix of t',
      'drop unique constraint both of t',
      'add unique constraint ix to t',
      'create index both on t',
    ],
  },
  {
    name: 'AG-65, SCN-49: a name in another case is another name of the same thing',
    before: t({
      indexes: [ix({ name: 'SomeCasing' })],
      uniques: [uq({ name: 'SomeUnique', columns: ['y'] })],
    }),
    after: t({
      indexes: [ix({ name: 'somecasing' })],
      uniques: [uq({ name: 'someunique', columns: ['y'] })],
    }),
    finds: [],
  },
  {
    name: 'AG-65: where the thing changes too, the old one goes before the new one comes',
    before: t({ indexes: [ix({ name: 'SomeCasing' })] }),
    after: t({ indexes: [ix({ name: 'somecasing', unique: true })] }),
    finds: ['drop index SomeCasing of t', 'create unique index somecasing on t'],
  },
  {
    name: 'two indexes swap their names',
    before: t({ indexes: [ix({ name: 'a' }), ix({ name: 'b', elements: [{ column: 'y' }] })] }),
    after: t({ indexes: [ix({ name: 'b' }), ix({ name: 'a', elements: [{ column: 'y' }] })] }),
    finds: [],
  },
  {
    name: 'two indexes of one shape stay two',
    before: t({ indexes: [ix({ name: 'a' }), ix({ name: 'b' })] }),
    after: t({ indexes: [ix({ name: 'a' })] }),
    finds: ['drop index b of t'],
  },
  {
    name: 'AG-72, SCN-51: those of a new table come with it; those of a table that is gone go with it',
    before: tablesOf(keyed('old', [column('x', 'text')], { indexes: [ix({ name: 'ix_old' })] })),
    after: t({ indexes: [ix({ unique: true })], uniques: [uq({ columns: ['y'] })] }),
    finds: ['create table t', 'drop table old'],
  },
  {
    name: 'the index that a key or a constraint stands on is none of its own',
    before: t({ uniques: [uq()] }),
    byHand: `ALTER TABLE t ADD CONSTRAINT no_overlap EXCLUDE USING btree (n WITH =)`,
    after: t({ uniques: [uq()] }),
    finds: [],
  },
  {
    name: 'indexes of a materialized view',
    before: { ...t({}), views: [matView([ix({ name: 'gone' })])] },
    after: { ...t({}), views: [matView([ix({ name: 'new', unique: true })])] },
    finds: ['drop index gone of v', 'create unique index new on v'],
  },
]);

function matView(indexes: readonly Index[]) {
  return {
    ...named('v'),
    definition: 'SELECT x FROM t',
    materialized: true,
    dependsOn: [],
    indexes,
  };
}
