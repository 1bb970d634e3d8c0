import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import { errorOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

beforeEach(() => {
  shop.put('a1', { upgrade: `throw new Error('must not run');` });
  shop.put('b2', { down: 'a1' });
  shop.put('x1', { labels: ['billing'] });
});

const model: SchemaModel = {
  ...EMPTY_SCHEMA,
  tables: [
    {
      schema: null,
      name: 'account',
      entity: 'Account',
      columns: [
        { name: 'id', type: 'integer', nullable: false, property: 'key' },
        { name: 'missing', type: 'text', nullable: true, property: 'missing' },
      ],
      primaryKey: { name: 'account_pkey', columns: ['id'] },
      foreignKeys: [],
      uniques: [],
      checks: [],
      exclusions: [],
      indexes: [],
    },
  ],
};

describe('stamp', () => {
  it('sets the rows and runs nothing', async () => {
    const result = await shop.migrator.stamp(['b2']);
    expect(result).toMatchObject({ rows: ['b2'], steps: [{ direction: 'stamp' }] });
    expect(await stateOf(database)).toEqual({ rows: ['b2'], tables: [], log: ['stamp b2'] });
    expect((await shop.migrator.stamp(['b2'])).steps).toEqual([]);
    await shop.migrator.stamp(['a1']);
    await shop.migrator.stamp(['base']);
    expect((await stateOf(database)).rows).toEqual([]);
  });

  it('CLI-76: takes several targets, in one transaction', async () => {
    await shop.migrator.stamp(['b2', 'billing@head']);
    expect((await stateOf(database)).rows).toEqual(['b2', 'x1']);
  });

  it('CLI-75, CLI-77: refuses unknown rows; --purge is the way out, whatever the rows are', async () => {
    await database.checker.query(
      `CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('gone'), ('gone'), (NULL)`,
    );
    expect(await errorOf(shop.migrator.stamp(['b2']))).toMatchObject({ code: 'E4004' });
    const result = await shop.migrator.stamp(['b2'], { purge: true });
    expect(result.rows).toEqual(['b2']);
    expect(await stateOf(database)).toMatchObject({ rows: ['b2'], log: ['stamp b2'] });
    await shop.migrator.stamp(['base'], { purge: true });
    expect(await stateOf(database)).toMatchObject({ rows: [], log: ['stamp b2', 'stamp base'] });
  });

  it('D8: remembers what model and database have in common', async () => {
    await database.checker.query(
      'CREATE TABLE account (id int PRIMARY KEY, hand_made int); CREATE INDEX hand ON account (hand_made)',
    );
    await shop.migratorWith({ targetSchema: () => model }).stamp(['b2']);
    const { rows } = await database.checker.query('SELECT objects FROM alembic_version_log');
    expect(rows[0].objects).toEqual([
      { kind: 'table', schema: null, name: 'account', action: 'made', entity: 'Account' },
      {
        kind: 'column',
        schema: null,
        table: 'account',
        name: 'id',
        action: 'made',
        entity: 'Account',
        property: 'key',
      },
      {
        kind: 'primaryKey',
        schema: null,
        table: 'account',
        name: 'account_pkey',
        action: 'made',
        entity: 'Account',
      },
    ]);
  });

  it('is not stopped by a model that cannot be read', async () => {
    const targetSchema = () => Promise.reject(new Error('no metadata'));
    await shop.migratorWith({ targetSchema }).stamp(['b2']);
    expect((await stateOf(database)).rows).toEqual(['b2']);
    expect(shop.events).toContainEqual({
      type: 'warning',
      message: expect.stringContaining('no metadata'),
    });
  });

  it('writes no row when its target is unknown', async () => {
    expect(await errorOf(shop.migrator.stamp(['zz']))).toMatchObject({ code: 'E1017' });
    expect(await errorOf(shop.migrator.stamp(['zz'], { purge: true }))).toMatchObject({
      code: 'E1017',
    });
    expect((await stateOf(database)).rows).toBeUndefined();
  });
});
