import type {
  FilteredKind,
  IncludeName,
  IncludeObject,
  ObjectName,
  ParentNames,
} from '@nest-alembic/core';
import { column, keyed, named, schemaOf, tablesOf } from '../model-builders.js';
import { CompareBench } from './compare-bench.js';

let bench: CompareBench;
beforeAll(async () => {
  bench = await CompareBench.open();
});
afterAll(() => bench.close());

const integer = (name: string) => column(name, 'integer');
const index = (name: string, of: string) => ({ name, elements: [{ column: of }], unique: false });
const toUser = (name: string) => ({
  name,
  columns: ['user_id'],
  referencedTable: named('user'),
  referencedColumns: ['id'],
});

const user = keyed('user', [column('name', 'text')]);
const order = keyed('order', [column('user_id', 'integer'), column('note', 'text')], {
  foreignKeys: [toUser('fk_user')],
  uniques: [{ name: 'uq_note', columns: ['note'] }],
  checks: [{ name: 'ck_note', expression: "note <> ''" }],
  indexes: [index('ix_user', 'user_id')],
});
const event = { ...keyed('event'), schema: 'audit' };
const shop = schemaOf({ schemas: ['audit'], tables: [event, order, user] });

describe('includeName (ENV-30)', () => {
  it('AG-22: is asked about every name of the database with its parents, the default schema as null', async () => {
    await bench.make(shop);
    const asked: [string | null, FilteredKind, ParentNames][] = [];
    const includeName: IncludeName = (...question) => {
      asked.push(question);
      return true;
    };
    expect(await bench.check(shop, { includeName })).toMatchObject({ upToDate: true });
    const ofOrder = {
      schemaName: null,
      tableName: 'order',
      schemaQualifiedTableName: 'order',
    };
    const expected: typeof asked = [
      [null, 'schema', {}],
      ['audit', 'schema', {}],
      ['order', 'table', { schemaName: null, schemaQualifiedTableName: 'order' }],
      ['event', 'table', { schemaName: 'audit', schemaQualifiedTableName: 'audit.event' }],
      ['user_id', 'column', ofOrder],
      ['ix_user', 'index', ofOrder],
      ['uq_note', 'unique', ofOrder],
      ['fk_user', 'foreignKey', ofOrder],
      ['ck_note', 'check', ofOrder],
    ];
    for (const question of expected) expect(asked).toContainEqual(question);
    expect(asked.filter(([name]) => name === 'alembic_version')).toEqual([]);
    expect(new Set(asked.map((question) => JSON.stringify(question))).size).toBe(asked.length);
  });

  it('AG-23: what it leaves out looks absent: an object of the model with that name is new', async () => {
    await bench.make(shop);
    const without =
      (...names: readonly string[]): IncludeName =>
      (name) =>
        name === null || !names.includes(name);
    const found = async (...names: readonly string[]) =>
      (await bench.check(shop, { includeName: without(...names) })).changes;
    expect(await found('note')).toEqual(['add column order.note']);
    expect(await found('ix_user')).toEqual(['create index ix_user on order']);
    expect(await found('audit')).toEqual(['create schema audit', 'create table audit.event']);
  });

  it('SCN-41: names that the model does not have either are not even listed as left alone', async () => {
    await bench.make(shop);
    await bench.sql('CREATE TABLE legacy_a (id int); CREATE TABLE other (id int)');
    const includeName: IncludeName = (name, type) =>
      type !== 'table' || name?.startsWith('legacy_') === false;
    const { diff, upToDate } = await bench.check(shop, { includeName });
    expect(upToDate).toBe(true);
    expect(diff.untouched.map(({ name }) => name)).toEqual(['other']);
  });
});

describe('includeObject (ENV-31)', () => {
  const changed = schemaOf({
    schemas: ['audit'],
    tables: [
      keyed('address', [column('street', 'text')]),
      event,
      {
        ...order,
        columns: [...order.columns.slice(0, 2), column('paid', 'boolean')],
        uniques: [],
        checks: [],
        indexes: [index('ix_user', 'paid')],
      },
      user,
    ],
  });
  const refusing =
    (...refused: readonly string[]): IncludeObject =>
    (_object, name, type) =>
      !refused.includes(`${type} ${String(name)}`);

  it('AG-24: is asked once about each object: the one of the model with its counterpart, else that of the database', async () => {
    await bench.make(shop);
    const asked = new Map<string, unknown>();
    const includeObject: IncludeObject = (
      object,
      name,
      type,
      reflected,
      compareTo,
      { tableName },
    ) => {
      const key = [type, ...(tableName === undefined ? [] : [tableName]), String(name)].join(' ');
      expect(asked.has(key)).toBe(false);
      asked.set(key, { reflected, hasTwin: compareTo !== undefined });
      expect(object.name ?? null).toBe(name);
      return true;
    };
    await bench.check(changed, { includeObject, includeName: (name) => name !== 'ix_user' });
    const answers = (...keys: readonly string[]) => keys.map((key) => asked.get(key));
    const both = { reflected: false, hasTwin: true };
    const added = { reflected: false, hasTwin: false };
    const gone = { reflected: true, hasTwin: false };
    expect(answers('table order', 'column order user_id', 'foreignKey order fk_user')).toEqual([
      both,
      both,
      both,
    ]);
    expect(answers('table address', 'column order paid', 'index order ix_user')).toEqual([
      added,
      added,
      added,
    ]);
    expect(answers('column order note', 'unique order uq_note')).toEqual([gone, gone]);
    expect(asked.has('column address street')).toBe(false);
  });

  it('what it refuses takes no part on either side, and all else does', async () => {
    await bench.make(shop);
    const found = async (...refused: readonly string[]) => {
      const options = { includeObject: refusing(...refused) };
      return (await bench.check(changed, options)).changes;
    };
    expect(await found()).toEqual([
      'drop index ix_user of order',
      'drop unique constraint uq_note of order',
      'drop check constraint ck_note of order',
      'create table address',
      'add column order.paid',
      'create index ix_user on order',
      'drop column order.note',
    ]);
    expect(await found('table order')).toEqual(['create table address']);
    const parts = ['index ix_user', 'unique uq_note', 'check ck_note', 'column note'];
    expect(await found('table address', ...parts)).toEqual(['add column order.paid']);
  });

  it('SCN-41: filters by table and column leave the rest, and a column that a name filter leaves out is new', async () => {
    await bench.make(shop);
    const options = {
      includeObject: refusing(
        'column paid',
        'index ix_user',
        'unique uq_note',
        'check ck_note',
        'column note',
      ),
      includeName: ((name, type) => !(type === 'column' && name === 'user_id')) as IncludeName,
    };
    const { changes } = await bench.check(changed, options);
    expect(changes).toEqual(['create table address', 'add column order.user_id']);
  });

  it('the unique index that it refuses is asked about on a new table too', async () => {
    await bench.make(tablesOf(user));
    const includeObject = refusing('index ix_user', 'table event');
    const { diff } = await bench.check(tablesOf(order, user), { includeObject });
    expect(diff.operations).toMatchObject([{ kind: 'createTable', table: { indexes: [] } }]);
  });

  it('AG-25, SCN-47: a foreign key to a table that is left out, in a chain too, is compared like any other', async () => {
    const chain = tablesOf(
      keyed('line', [column('order_id', 'integer')], {
        foreignKeys: [
          {
            name: 'fk_order',
            columns: ['order_id'],
            referencedTable: named('order'),
            referencedColumns: ['id'],
          },
        ],
      }),
      order,
      user,
    );
    await bench.make(chain);
    const leaveOut = ['table user', 'table order'];
    expect(await bench.check(chain, { includeObject: refusing(...leaveOut) })).toMatchObject({
      upToDate: true,
    });
    const notInModel = tablesOf(...chain.tables.filter(({ name }) => name === 'line'));
    expect(
      await bench.check(notInModel, {
        includeName: (name, type) => type !== 'table' || name === 'line',
      }),
    ).toMatchObject({ upToDate: true });
  });

  it('SCN-47: a key of two columns, two keys, and keys into another schema may go to tables that are left out', async () => {
    const key = (name: string, columns: readonly string[], referencedTable: ObjectName) => ({
      name,
      columns,
      referencedTable,
      referencedColumns: columns.length === 2 ? ['region', 'id'] : ['id'],
    });
    const place = {
      ...keyed('place', [column('region', 'integer')]),
      uniques: [{ name: 'uq_place', columns: ['region', 'id'] }],
    };
    const visit = keyed('visit', ['region', 'place_id', 'event_id', 'user_id'].map(integer), {
      foreignKeys: [
        key('fk_place', ['region', 'place_id'], named('place')),
        key('fk_event', ['event_id'], named('event', 'audit')),
        key('fk_user', ['user_id'], named('user')),
      ],
    });
    const entry = {
      ...keyed('entry', [integer('user_id'), integer('event_id')], {
        foreignKeys: [
          key('fk_entry_event', ['event_id'], named('event', 'audit')),
          key('fk_entry_user', ['user_id'], named('user')),
        ],
      }),
      schema: 'audit',
    };
    const all = schemaOf({ schemas: ['audit'], tables: [entry, event, place, user, visit] });
    await bench.make(all);
    const isTarget = (name: string | null) => ['event', 'place', 'user'].includes(String(name));
    const withoutNames: IncludeName = (name, type) => type !== 'table' || !isTarget(name);
    const withoutObjects = refusing('table event', 'table place', 'table user');
    expect(await bench.check(all, { includeObject: withoutObjects })).toMatchObject({
      upToDate: true,
    });
    const rest = schemaOf({ schemas: ['audit'], tables: [entry, visit] });
    expect(await bench.check(rest, { includeName: withoutNames })).toMatchObject({
      upToDate: true,
    });
    const changed = schemaOf({
      schemas: ['audit'],
      tables: [{ ...entry, foreignKeys: entry.foreignKeys.slice(1) }, visit],
    });
    const { changes } = await bench.check(changed, { includeName: withoutNames });
    expect(changes).toEqual(['drop foreign key fk_entry_event of audit.entry']);
  });

  it('an enum is replaced in columns that take no part as well, and stays while one has it', async () => {
    const withKind = (labels: readonly string[]) =>
      schemaOf({
        enums: [{ ...named('kind'), labels }],
        tables: [keyed('a', [column('kind', 'kind')]), keyed('b', [column('kind', 'kind')])],
      });
    await bench.make(withKind(['x', 'y']));
    const includeObject = refusing('table b');
    const { changes, diff } = await bench.check(withKind(['y', 'x']), { includeObject });
    expect(changes).toHaveLength(1);
    await bench.run(diff.operations);
    expect(await bench.check(withKind(['y', 'x']))).toMatchObject({ upToDate: true });
    const texts = tablesOf(keyed('a', [column('kind', 'text')]));
    const left = await bench.check(texts, { includeObject });
    await bench.run(left.diff.operations);
    expect(left.changes).toEqual(['alter column a.kind: type']);
  });
});

describe('answers that are none', () => {
  it.each<[string, () => unknown, string]>([
    ['includeName', () => undefined, 'undefined'],
    ['includeName', () => Promise.resolve(false), 'a promise'],
    ['includeObject', () => 1, '1'],
    ['compareType', () => null, 'null'],
    ['compareServerDefault', () => Promise.resolve(true), 'a promise'],
  ])('E9002: %s that returns such is refused: %#', async (option, answer, name) => {
    await bench.make(shop);
    await expect(bench.check(shop, { [option]: answer })).rejects.toMatchObject({
      code: 'E9002',
      problem: `option "${option}" returned ${name}`,
    });
  });

  it('AG-98: what a filter, a hook or a comparator throws ends the command unchanged', async () => {
    await bench.make(shop);
    const own = new Error('of my own');
    const fail = () => {
      throw own;
    };
    for (const options of [
      { includeName: fail },
      { includeObject: fail },
      { compareType: fail },
      { comparators: [{ name: 'acme.x', compare: fail }] },
    ])
      await expect(bench.check(shop, options)).rejects.toBe(own);
    const { changes, diff } = await bench.check(tablesOf(user));
    expect(changes).toEqual(['drop table audit.event', 'drop table order', 'drop schema audit']);
    expect(diff.operations.map(({ kind }) => kind)).toEqual([
      'dropTable',
      'dropTable',
      'dropSchema',
    ]);
  });
});
