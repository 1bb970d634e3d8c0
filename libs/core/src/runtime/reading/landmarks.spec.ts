import { mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { IndexElement, SchemaModel } from '../../schema/schema-model.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { createSpecDatabase } from '../testing/database.fixture.js';
import { createWorkshop, reset } from '../testing/migrator.fixture.js';

let database: SpecDatabase;
beforeAll(async () => {
  database = await createSpecDatabase();
  await reset(database);
});
afterAll(() => database.drop());

const entity = 'Account';
const withIndex = (...elements: readonly IndexElement[]): SchemaModel => ({
  ...EMPTY_SCHEMA,
  tables: [
    {
      schema: null,
      name: 'account',
      entity,
      columns: ['email', 'nick'].map((name) => {
        return { name, type: 'text', nullable: true, entity, property: name };
      }),
      uniques: [],
      checks: [],
      exclusions: [],
      foreignKeys: [],
      indexes: [{ name: 'ix', elements, unique: false, entity }],
    },
  ],
});

it('NEW-02: folders below a version location are read, and expressions and sort modifiers of an index are compared', async () => {
  let model = withIndex({ expression: 'lower(email)' }, { column: 'nick' });
  const shop = createWorkshop(database, {
    dialect: postgresDialect,
    targetSchema: () => model,
    recursiveVersionLocations: true,
  });
  try {
    const { file } = await shop.migrator.revision({ autogenerate: true, message: 'accounts' });
    const below = join(shop.versions, '2026', '11');
    mkdirSync(below, { recursive: true });
    renameSync(String(file), join(below, basename(String(file))));
    await shop.migrator.upgrade('head');
    const changesOf = async (...elements: readonly IndexElement[]): Promise<readonly string[]> => {
      model = withIndex(...elements);
      return (await shop.migrator.check()).changes;
    };
    const again = ['drop index ix of account', 'create index ix on account'];
    expect(await changesOf({ expression: 'lower(  email)' }, { column: 'nick' })).toEqual([]);
    expect(await changesOf({ expression: 'upper(email)' }, { column: 'nick' })).toEqual(again);
    for (const sort of [{ order: 'desc' }, { nulls: 'first' }] as const) {
      const elements = [{ expression: 'lower(email)' }, { column: 'nick', ...sort }] as const;
      expect(await changesOf(...elements)).toEqual(again);
    }
  } finally {
    shop.remove();
  }
});
