import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import type { SchemaModel, Table } from '../../schema/schema-model.js';
import { standInsFor } from './postgres-stand-ins.js';

const table = (name: string, type: string): Table => ({
  schema: null,
  name,
  columns: [{ name: 'v', type, nullable: true }],
  uniques: [],
  foreignKeys: [],
  checks: [],
  exclusions: [],
  indexes: [],
});

const modelWith = (labels: readonly string[]): SchemaModel => ({
  ...EMPTY_SCHEMA,
  enums: [{ schema: null, name: 'a', labels }],
  tables: [table('plain', 'varchar(20)'), table('one', 'a'), table('many', 'public."a"[]')],
});

describe('stand-ins of a changed enum', () => {
  it('are made for the tables with columns of it, and not where a type only has its name in it', () => {
    const made = standInsFor(
      { current: modelWith(['x']), keeps: () => true },
      modelWith(['x', 'y']),
      () => 'spare',
    )
      .flatMap(({ create }) => create)
      .join('\n');
    expect([...made.matchAll(/CREATE TABLE "?(\w+)/g)].map((match) => match[1])).toEqual([
      'one',
      'many',
    ]);
  });
});
