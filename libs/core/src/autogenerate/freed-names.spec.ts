import type { Operation } from '../operations/operation.js';
import { describeOperation } from '../operations/operation-definitions.js';
import type { SchemaModel, Table } from '../schema/schema-model.js';
import { freedNames } from './freed-names.js';
import { column, model, table } from './model.fixture.js';

interface Names {
  readonly key?: string;
  readonly unique?: string;
  readonly index?: string;
}

const named = (name: string, { key, unique, index }: Names): Table =>
  table(name, [column('id', 'int', { nullable: false })], {
    ...(key !== undefined && { primaryKey: { name: key, columns: ['id'] } }),
    uniques: unique === undefined ? [] : [{ name: unique, columns: ['id'] }],
    indexes:
      index === undefined ? [] : [{ name: index, elements: [{ column: 'id' }], unique: false }],
  });
const of = (...tables: readonly Table[]): SchemaModel => model(tables);
const words = (current: SchemaModel, target: SchemaModel, ...operations: readonly Operation[]) =>
  freedNames({ current, target }, operations).map(describeOperation);
const made = (name: string, names: Names): Operation => ({
  kind: 'createTable',
  table: named(name, names),
});

describe('freedNames', () => {
  const names = { key: 'pk_a', unique: 'uq_a', index: 'ix_a' };
  const current = of(named('b', names));
  const wanted = { key: 'pk_b', unique: 'uq_b', index: 'ix_b' };
  const target = of(named('a', names), named('b', wanted));

  it('renames what keeps an earlier name that something new gets', () => {
    expect(words(current, target, made('a', names))).toEqual([
      'rename primary key pk_a of b to pk_b',
      'rename unique constraint uq_a of b to uq_b',
      'rename index ix_a of b to ix_b',
    ]);
  });

  it('leaves every name that nobody else gets (design D7)', () => {
    expect(words(current, target)).toEqual([]);
    expect(words(current, target, made('a', { key: 'pk_a' }))).toEqual([
      'rename primary key pk_a of b to pk_b',
    ]);
    const elsewhere: Operation = {
      kind: 'createTable',
      table: { ...named('a', names), schema: 's' },
    };
    expect(words(current, target, elsewhere)).toEqual([]);
  });

  it('goes on where the name that is free then was in use as well, in an order in which each is free', () => {
    const chain = of(named('b', { key: 'pk_a' }), named('c', { key: 'pk_b' }));
    const after = of(named('b', { key: 'pk_b' }), named('c', { key: 'pk_c' }));
    expect(words(chain, after, made('a', { key: 'pk_a' }))).toEqual([
      'rename primary key pk_b of c to pk_c',
      'rename primary key pk_a of b to pk_b',
    ]);
  });

  it('leaves what is in no model, and what goes anyway', () => {
    const byHand = of(named('b', { key: 'pk_b', index: 'pk_a' }));
    expect(words(byHand, of(named('b', { key: 'pk_b' })), made('a', { key: 'pk_a' }))).toEqual([]);
  });

  it('takes a new index and a new key of a table that is there for the same', () => {
    const two = of(named('b', { index: 'ix_a' }), named('c', {}));
    const after = of(named('b', { index: 'ix_b' }), named('c', { index: 'ix_a' }));
    const [index] = named('c', { index: 'ix_a' }).indexes;
    if (index === undefined) throw new Error('no index');
    const create: Operation = { kind: 'createIndex', table: { schema: null, name: 'c' }, index };
    expect(words(two, after, create)).toEqual(['rename index ix_a of b to ix_b']);
  });
});
