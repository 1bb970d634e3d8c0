import {
  renameColumnInSchema,
  renameEnumInSchema,
  renameTableInSchema,
} from './rename-in-schema.js';
import { findTable } from './schema-edit.js';
import type { Column, SchemaModel, Table } from './schema-model.js';
import { EMPTY_SCHEMA } from './schema-model.js';

const column = (name: string, type = 'bigint'): Column => ({ name, type, nullable: false });

const table = (name: string, parts: Partial<Table>): Table => ({
  schema: null,
  name,
  columns: [],
  foreignKeys: [],
  uniques: [],
  checks: [],
  exclusions: [],
  indexes: [],
  ...parts,
});

const account = table('account', {
  columns: [column('id'), column('email', 'text')],
  primaryKey: { columns: ['id'] },
  uniques: [{ columns: ['email', 'id'] }],
  checks: [{ expression: 'id > 0' }],
  indexes: [
    {
      name: 'ix',
      elements: [{ column: 'id', order: 'desc' }, { expression: 'lower(id)' }],
      include: ['id'],
      unique: false,
      where: 'id > 0',
    },
  ],
  foreignKeys: [
    {
      columns: ['id'],
      referencedTable: { schema: null, name: 'account' },
      referencedColumns: ['id'],
    },
  ],
});
const invoice = table('invoice', {
  columns: [column('id'), column('account_id')],
  foreignKeys: [
    {
      columns: ['account_id'],
      referencedTable: { schema: null, name: 'account' },
      referencedColumns: ['id'],
    },
    {
      columns: ['id'],
      referencedTable: { schema: 'audit', name: 'account' },
      referencedColumns: ['id'],
    },
  ],
});
const model: SchemaModel = {
  ...EMPTY_SCHEMA,
  tables: [account, invoice],
  views: [
    {
      schema: null,
      name: 'active',
      definition: 'SELECT id FROM account',
      materialized: false,
      dependsOn: [{ schema: null, name: 'account' }],
      indexes: [],
    },
  ],
};
const name = { schema: null, name: 'account' };

describe('a renamed column', () => {
  const renamed = renameColumnInSchema(model, name, { from: 'id', to: 'account_key' });
  const found = findTable(renamed, name);

  it('is followed by keys, uniques and indexes of its table', () => {
    expect(found?.columns.map((c) => c.name)).toEqual(['account_key', 'email']);
    expect(found?.primaryKey).toEqual({ columns: ['account_key'] });
    expect(found?.uniques).toEqual([{ columns: ['email', 'account_key'] }]);
    expect(found?.indexes[0]?.elements[0]).toEqual({ column: 'account_key', order: 'desc' });
    expect(found?.indexes[0]?.include).toEqual(['account_key']);
  });

  it('is followed by foreign keys that refer to it, not by those of a table of the same name elsewhere', () => {
    const [first, second] =
      findTable(renamed, { schema: null, name: 'invoice' })?.foreignKeys ?? [];
    expect(first).toMatchObject({ columns: ['account_id'], referencedColumns: ['account_key'] });
    expect(second).toMatchObject({ columns: ['id'], referencedColumns: ['id'] });
    expect(found?.foreignKeys[0]).toMatchObject({
      columns: ['account_key'],
      referencedColumns: ['account_key'],
    });
  });

  it('leaves SQL texts as they are', () => {
    expect(found?.checks).toEqual(account.checks);
    expect(found?.indexes[0]).toMatchObject({ where: 'id > 0' });
    expect(found?.indexes[0]?.elements[1]).toEqual({ expression: 'lower(id)' });
  });

  it.each([
    ['a name that is taken', { from: 'id', to: 'email' }],
    ['a column that is not there', { from: 'nosuch', to: 'other' }],
  ])('refuses %s', (_, renaming) => {
    expect(() => renameColumnInSchema(model, name, renaming)).toThrow(
      expect.objectContaining({ code: 'E3014' }),
    );
  });
});

describe('a renamed table', () => {
  const to = { schema: 'crm', name: 'zz customer' };
  const renamed = renameTableInSchema(model, { from: name, to });

  it('is followed by foreign keys and views, and stands in its sorted place', () => {
    expect(renamed.tables.map((t) => t.name)).toEqual(['invoice', 'zz customer']);
    expect(findTable(renamed, to)?.foreignKeys[0]?.referencedTable).toEqual(to);
    expect(renamed.tables[0]?.foreignKeys.map((key) => key.referencedTable)).toEqual([
      to,
      { schema: 'audit', name: 'account' },
    ]);
    expect(renamed.views[0]?.dependsOn).toEqual([to]);
  });

  it('refuses a name that is taken', () => {
    const taken = { from: name, to: { schema: null, name: 'invoice' } };
    expect(() => renameTableInSchema(model, taken)).toThrow(
      expect.objectContaining({ code: 'E3014' }),
    );
  });
});

describe('a renamed enum', () => {
  const withTypes = (...types: readonly string[]): SchemaModel => ({
    ...EMPTY_SCHEMA,
    enums: [{ schema: 'audit', name: 'kind', labels: ['a'] }],
    tables: [table('t', { columns: types.map((type, place) => column(`c${place}`, type)) })],
  });
  const typesAfter = (before: SchemaModel, to: string): readonly (string | undefined)[] =>
    renameEnumInSchema(before, {
      from: { schema: 'audit', name: 'kind' },
      to: { schema: 'audit', name: to },
    }).tables[0]?.columns.map(({ type }) => type) ?? [];

  it('is followed by columns of its type and of arrays of it, in both spellings', () => {
    const before = withTypes('audit.kind', '"audit"."kind"[]', 'kind', 'audit.kind_of', 'text');
    expect(typesAfter(before, 'sort')).toEqual([
      'audit.sort',
      'audit.sort[]',
      'kind',
      'audit.kind_of',
      'text',
    ]);
    expect(typesAfter(before, 'Odd "kind"')[0]).toBe('audit."Odd ""kind"""');
  });
});
