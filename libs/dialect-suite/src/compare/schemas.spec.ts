import { createMigrator } from '@nest-alembic/core';
import type { SchemaModel } from '@nest-alembic/core';
import { connectPostgres } from '@nest-alembic/testing';
import { column, keyed, named, required, schemaOf, tablesOf } from '../model-builders.js';
import { POSTGRES } from '../tested-dialects.js';
import { CompareBench } from './compare-bench.js';

let bench: CompareBench;
beforeAll(async () => {
  bench = await CompareBench.open();
});
afterAll(() => bench.close());

const account = keyed('account', [column('name', 'text')]);
const inSchema = (schema: string | null, model: SchemaModel): SchemaModel => ({
  ...model,
  schemas: schema === null ? [] : [schema],
  tables: model.tables.map((table) => ({
    ...table,
    schema,
    foreignKeys: table.foreignKeys.map((key) => ({
      ...key,
      referencedTable: { ...key.referencedTable, schema },
    })),
  })),
});

describe('schemas', () => {
  it('AG-20: the default schema, those of the model, and those that are asked for are read', async () => {
    await bench.make(tablesOf(account));
    await bench.sql(`CREATE SCHEMA other; CREATE TABLE other.account (id int); CREATE TABLE other.more (id int);
      CREATE SCHEMA third; CREATE TABLE third.account (id int)`);
    const leftAlone = async (includeSchemas?: boolean | readonly string[]) => {
      const options = includeSchemas === undefined ? {} : { includeSchemas };
      const { diff, upToDate } = await bench.check(tablesOf(account), options);
      expect(upToDate).toBe(true);
      return diff.untouched.map(({ schema, name }) => `${schema}.${name}`).sort();
    };
    expect(await leftAlone()).toEqual([]);
    expect(await leftAlone(false)).toEqual([]);
    expect(await leftAlone(['other'])).toEqual(['other.account', 'other.more']);
    expect(await leftAlone(true)).toEqual(['other.account', 'other.more', 'third.account']);
  });

  it('ENV-32: includeName chooses among all schemas, before anything in them is read', async () => {
    const asked: (string | null)[] = [];
    const { diff } = await bench.check(tablesOf(account), {
      includeSchemas: true,
      includeName: (name, type) => {
        if (type === 'schema') asked.push(name);
        return name !== 'third';
      },
    });
    expect(new Set(asked)).toEqual(new Set([null, 'other', 'third']));
    expect(diff.untouched.map(({ schema }) => schema)).not.toContain('third');
  });

  it('AG-21, SCN-42: the default schema is the same by its name and without one, also where a key refers to it', async () => {
    const order = keyed('order', [column('account_id', 'integer')], {
      foreignKeys: [
        {
          name: 'fk',
          columns: ['account_id'],
          referencedTable: named('account'),
          referencedColumns: ['id'],
        },
      ],
    });
    await bench.make(tablesOf(account, order));
    for (const schema of ['public', null]) {
      const target = inSchema(schema, tablesOf(account, order));
      expect(await bench.check(target, { includeSchemas: ['public'] })).toMatchObject({
        upToDate: true,
      });
    }
  });

  it('AG-82: keys between schemas are found, with the default schema by its name or without one', async () => {
    const event = (schema: string | null) => ({
      ...keyed('event', [column('account_id', 'integer')], {
        foreignKeys: [
          {
            name: 'fk',
            columns: ['account_id'],
            referencedTable: named('account', schema),
            referencedColumns: ['id'],
          },
        ],
      }),
      schema: 'audit',
    });
    const model = (schema: string | null) =>
      schemaOf({ schemas: ['audit'], tables: [account, event(schema)] });
    await bench.make(model(null));
    expect(await bench.check(model('public'))).toMatchObject({ upToDate: true });
    const { changes } = await bench.check(
      schemaOf({ schemas: ['audit'], tables: [account, { ...event(null), foreignKeys: [] }] }),
    );
    expect(changes).toEqual(['drop foreign key fk of audit.event']);
  });

  it('a search path of several schemas: the first one is the default, and types of the others are known', async () => {
    await bench.make(tablesOf(account));
    await bench.sql(`CREATE SCHEMA app; CREATE TYPE public.kind AS ENUM ('x'); CREATE TYPE app.sort AS ENUM ('y');
      CREATE TABLE app.item (id int PRIMARY KEY, kind public.kind, sort app.sort DEFAULT 'y')`);
    const target: SchemaModel = schemaOf({
      schemas: ['public'],
      enums: [
        { ...named('sort'), labels: ['y'] },
        { ...named('kind', 'public'), labels: ['x'] },
      ],
      tables: [
        keyed('item', [column('kind', 'public.kind'), column('sort', 'sort', { default: `'y'` })], {
          primaryKey: { name: 'item_pkey', columns: ['id'] },
        }),
        { ...account, schema: 'public' },
      ],
    });
    const migrator = createMigrator({
      dialect: POSTGRES.dialect,
      connect: async () => {
        const connection = await connectPostgres(bench.database.url);
        await connection.query('SET search_path = app, public');
        return connection;
      },
      targetSchema: () => target,
      revisions: [],
    });
    expect((await migrator.check()).changes).toEqual([]);
  });

  it('E5012: without a schema that exists in the search path there is no default', async () => {
    const migrator = createMigrator({
      dialect: POSTGRES.dialect,
      connect: async () => {
        const connection = await connectPostgres(bench.database.url);
        await connection.query('SET search_path = nowhere');
        return connection;
      },
      targetSchema: () => tablesOf(account),
      revisions: [],
    });
    await expect(migrator.check()).rejects.toMatchObject({ code: 'E5012' });
  });
});

describe('the version table', () => {
  it('AG-29, SCN-45: is in no diff, whether the database or the model has it; one of its name elsewhere is', async () => {
    const versions = keyed('alembic_version', [required('version_num', 'varchar(32)')]);
    const elsewhere = { ...versions, schema: 'other' };
    await bench.make(tablesOf(account));
    expect((await bench.check(tablesOf(account, versions))).changes).toEqual([]);
    const both = schemaOf({ schemas: ['other'], tables: [account, versions, elsewhere] });
    expect((await bench.check(both)).changes).toEqual([
      'create schema other',
      'create table other.alembic_version',
    ]);
    await bench.make(schemaOf({ schemas: ['other'], tables: [account, elsewhere] }));
    expect(
      (await bench.check(schemaOf({ schemas: ['other'], tables: [account] }))).changes,
    ).toEqual(['drop table other.alembic_version']);
  });

  it('AG-29: with a name and a schema of its own, and a table of the usual name is one like any other', async () => {
    const options = { versionTable: 'versions', versionTableSchema: 'meta' };
    await bench.make(tablesOf(account));
    await bench.sql(
      'DROP TABLE alembic_version, alembic_version_log, alembic_version_ledger; CREATE SCHEMA meta',
    );
    await bench.sql('CREATE TABLE alembic_version (id int)');
    const target = schemaOf({ schemas: ['meta'], tables: [account] });
    await bench.migrator(target, options).stamp(['heads']);
    const { changes, diff } = await bench.check(target, options);
    expect(changes).toEqual([]);
    expect(diff.untouched.map(({ name }) => name)).toEqual(['alembic_version']);
  });
});

describe('what is not compared', () => {
  it('AG-28: system columns', async () => {
    await bench.make(tablesOf(account));
    const { diff } = await bench.check(tablesOf(account));
    expect(diff).toMatchObject({ operations: [], untouched: [] });
  });

  it('AG-27: E9006 without a model', async () => {
    await expect(bench.migrator(undefined).check()).rejects.toMatchObject({ code: 'E9006' });
  });
});
