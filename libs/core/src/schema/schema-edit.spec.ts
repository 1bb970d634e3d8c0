import type { SchemaModel, Table } from './schema-model.js';
import { EMPTY_SCHEMA } from './schema-model.js';
import {
  addObject,
  addSorted,
  findTable,
  removeObject,
  updateIndexes,
  updateTable,
} from './schema-edit.js';
import { dropColumnFromTable, withColumnsNotNull } from './table-edit.js';

const table = (name: string, schema: string | null = null): Table => ({
  schema,
  name,
  columns: [],
  foreignKeys: [],
  uniques: [],
  checks: [],
  exclusions: [],
  indexes: [],
});
const model: SchemaModel = { ...EMPTY_SCHEMA, tables: [table('a'), table('c')] };
const index = { name: 'ix', elements: [{ column: 'id' }], unique: false };

describe('edits of a model', () => {
  it('keep the lists sorted: default schema first, then by code unit', () => {
    const more = addObject(addObject(model, 'tables', table('b')), 'tables', table('B', 'x'));
    expect(more.tables.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'B']);
    expect(addSorted([1, 3], 2, (left, right) => left - right)).toEqual([1, 2, 3]);
  });

  it('leave the model that they start from alone', () => {
    const frozen = Object.freeze({ ...model, tables: Object.freeze([...model.tables]) });
    expect(removeObject(frozen, 'tables', table('a')).tables).toHaveLength(1);
    expect(frozen.tables).toHaveLength(2);
  });

  it('tell tables of the same name in two schemas apart', () => {
    const both = addObject(model, 'tables', table('a', 'audit'));
    expect(findTable(both, { schema: 'audit', name: 'a' })).toEqual(table('a', 'audit'));
    expect(findTable(model, { schema: 'audit', name: 'a' })).toBeUndefined();
  });

  it.each([
    ['a table twice', () => addObject(model, 'tables', table('a'))],
    ['a missing table', () => removeObject(model, 'tables', table('b'))],
    ['a change of a missing table', () => updateTable(model, table('b'), (found) => found)],
    ['indexes of a missing table or view', () => updateIndexes(model, table('b'), () => [])],
  ])('refuse %s, naming it', (_, edit) => {
    expect(edit).toThrow(
      expect.objectContaining({ code: 'E3014', message: expect.stringMatching(/"[ab]"/) }),
    );
  });

  it('find the indexes of a materialized view', () => {
    const view = {
      schema: null,
      name: 'v',
      definition: 'SELECT 1',
      materialized: true,
      dependsOn: [],
      indexes: [],
    };
    const after = updateIndexes({ ...model, views: [view] }, view, () => [index]);
    expect(after.views[0]?.indexes).toEqual([index]);
  });
});

describe('a dropped column', () => {
  const full: Table = {
    ...table('t'),
    columns: ['id', 'email', 'note'].map((name) => ({ name, type: 'text', nullable: true })),
    primaryKey: { columns: ['id'] },
    uniques: [{ columns: ['email', 'id'] }, { columns: ['id'] }],
    foreignKeys: [{ columns: ['email'], referencedTable: table('x'), referencedColumns: ['id'] }],
    indexes: [
      { ...index, name: 'by element', elements: [{ column: 'email' }] },
      { ...index, name: 'by include', include: ['email'] },
      { ...index, name: 'other', elements: [{ expression: 'lower(email)' }] },
    ],
  };

  it('takes the keys, uniques and indexes with it that name it', () => {
    const after = dropColumnFromTable(full, 'email');
    expect(after).toEqual({
      ...full,
      columns: [full.columns[0], full.columns[2]],
      uniques: [{ columns: ['id'] }],
      foreignKeys: [],
      indexes: [full.indexes[2]],
    });
    expect(dropColumnFromTable(full, 'id')).not.toHaveProperty('primaryKey');
  });

  it('is unlike a key, which only makes its columns NOT NULL', () => {
    expect(withColumnsNotNull(full, ['id']).columns.map(({ nullable }) => nullable)).toEqual([
      false,
      true,
      true,
    ]);
  });
});
