import { diffSchema, type Dialect, NO_MEMORY, type SchemaDiff } from '@nest-alembic/core';
import type { DataSource } from 'typeorm';
import { dialectOf, schemaFromEntities, typeormConnection } from '../index.js';
import * as columns from '../testing/columns.fixture.js';
import { createSchema, type Entities, withDataSource } from '../testing/compare-schemas.fixture.js';
import * as departures from '../testing/departures.fixture.js';
import * as relations from '../testing/relations.fixture.js';
import * as shared from '../testing/shared-tables.fixture.js';
import * as structure from '../testing/structure.fixture.js';
import { isTypeOrm1 } from '../testing/typeorm-version.fixture.js';
import * as trees from '../testing/trees.fixture.js';
import * as views from '../testing/views.fixture.js';

jest.setTimeout(60_000);

/** Without the entity that contradicts another, and what TypeORM 0.3 has no options for. */
const entitiesOf = ({ PersonNumber, ...module }: Readonly<Record<string, unknown>>): Entities =>
  Object.entries(module)
    .filter(([name]) => isTypeOrm1 || name !== 'DeferredExclusion')
    .map(([, value]) => value)
    .filter((value) => typeof value === 'function') as never;

/** What autogenerate finds right after the schema was made from the same model. */
async function secondDiff(dataSource: DataSource): Promise<SchemaDiff> {
  await createSchema(dataSource);
  const dialect: Dialect = dialectOf(dataSource);
  const target = schemaFromEntities(dataSource);
  const connection = await typeormConnection(dataSource);
  try {
    const current = await dialect.inspect(connection, {
      ignoredTables: [],
      schemas: target.schemas,
    });
    const models = await dialect.canonicalize(connection, { current, target });
    return diffSchema({ ...models, dialect, memory: NO_MEMORY });
  } finally {
    await connection.close();
  }
}

const nothing = { operations: [], questions: [], untouched: [], unverified: false };

describe('a second comparison', () => {
  it.each([
    ['columns', columns],
    ['relations', relations],
    ['structure', structure],
    ['trees', trees],
    ['views', views],
    ['departures from synchronize', departures],
    ['tables of several entities', shared],
  ])('finds nothing among %s', async (_, module) => {
    await withDataSource({ entities: entitiesOf(module as never) as never }, async (dataSource) => {
      expect(await secondDiff(dataSource)).toEqual(nothing);
    });
  });
});
