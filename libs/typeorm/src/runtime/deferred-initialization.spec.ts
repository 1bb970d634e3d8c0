import { createServer, type Server } from 'node:net';
import { createTestDatabase, type TestDatabase } from '@nest-alembic/testing';
import { DataSource, type EntitySubscriberInterface } from 'typeorm';
import type { Options } from '../testing/compare-schemas.fixture.js';
import { UuidKey } from '../testing/columns.fixture.js';
import { AdjacentNode, PathNode } from '../testing/trees.fixture.js';
import { oneColumn } from '../testing/one-column.fixture.js';
import {
  connectDeferred,
  deferDataSourceInitialization,
  type DeferredInitialization,
} from './deferred-initialization.js';
import { isEarlyQuery } from './refuse-early-queries.js';

jest.setTimeout(60_000);

/** Nobody listens there. */
const DOWN = 'postgres://nobody:secret@127.0.0.1:9/nowhere';

describe('deferDataSourceInitialization', () => {
  let database: TestDatabase;
  let handle: DeferredInitialization;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => database.drop());
  beforeEach(() => {
    handle = deferDataSourceInitialization();
  });
  afterEach(async () => {
    handle.restore();
    await handle.close();
  });

  const dataSourceOf = (options: Options = {}): DataSource =>
    new DataSource({ url: database.url, entities: [PathNode], ...options, type: 'postgres' });

  it('builds the metadata without a connection, and touches no database', async () => {
    const dataSource = dataSourceOf({ url: DOWN, synchronize: true });
    await expect(dataSource.initialize()).resolves.toBe(dataSource);
    expect(dataSource.isInitialized).toBe(false);
    expect(dataSource.getRepository(PathNode).metadata.tableName).toBe('path_node');
    expect(dataSource.getTreeRepository(PathNode)).toBeDefined();
    expect(handle.dataSources).toEqual([dataSource]);
  });

  it('refuses queries before that, in words that say what to do', async () => {
    const dataSource = await dataSourceOf().initialize();
    const queries = [
      () => dataSource.query('SELECT 1'),
      () => dataSource.getRepository(PathNode).count(),
      () => dataSource.transaction((manager) => manager.query('SELECT 1')),
      () => dataSource.createQueryBuilder().select('1').from(PathNode, 'node').getRawMany(),
      () => dataSource.createQueryRunner().connect(),
    ];
    for (const query of queries) {
      const error: unknown = await query().catch((failure: unknown) => failure);
      expect(error).toMatchObject({ code: 'E6006', advice: expect.stringMatching(/onModuleInit/) });
      expect(isEarlyQuery(error)).toBe(true);
    }
  });

  it('lets a query runner that was made before query afterwards', async () => {
    const dataSource = await dataSourceOf().initialize();
    const runner = dataSource.createQueryRunner();
    await connectDeferred(dataSource);
    expect(await runner.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await runner.release();
  });

  it('connects when asked, once for everyone who asks, and keeps the metadata', async () => {
    const dataSource = await dataSourceOf().initialize();
    const { metadata } = dataSource.getRepository(PathNode);
    await Promise.all([connectDeferred(dataSource), connectDeferred(dataSource)]);
    await connectDeferred(dataSource);
    expect(dataSource.isInitialized).toBe(true);
    expect(dataSource.getMetadata(PathNode)).toBe(metadata);
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('keeps subscribers that providers added while nothing was connected', async () => {
    const dataSource = await dataSourceOf().initialize();
    const subscriber: EntitySubscriberInterface = {};
    dataSource.subscribers.push(subscriber);
    await connectDeferred(dataSource);
    expect(dataSource.subscribers).toContain(subscriber);
  });

  it('never runs synchronize, migrationsRun or dropSchema, and leaves the options of the user alone', async () => {
    const probe = await database.connect();
    await probe.script('CREATE TABLE precious ()');
    const options = {
      type: 'postgres' as const,
      url: database.url,
      entities: [AdjacentNode],
      synchronize: true,
      migrationsRun: true,
      dropSchema: true,
    };
    const dataSource = await new DataSource(options).initialize();
    await connectDeferred(dataSource);
    const { rows } = await probe.query(`SELECT relname FROM pg_class WHERE relkind = 'r'
      AND relnamespace = 'public'::regnamespace`);
    expect(rows).toEqual([{ relname: 'precious' }]);
    expect(options).toMatchObject({ synchronize: true, migrationsRun: true, dropSchema: true });
  });

  it('tells an error of the entities when a command connects, not before', async () => {
    const dataSource = dataSourceOf({ entities: [oneColumn({ type: 'nonsense' as never })] });
    await expect(dataSource.initialize()).resolves.toBe(dataSource);
    expect(dataSource.entityMetadatas).toEqual([]);
    await expect(connectDeferred(dataSource)).rejects.toThrow(/nonsense/);
    expect(dataSource.isInitialized).toBe(false);
  });

  it('lets DataSources connect again after restore, and those deferred before when asked', async () => {
    const early = await dataSourceOf().initialize();
    handle.restore();
    const late = dataSourceOf();
    await late.initialize();
    expect(late.isInitialized).toBe(true);
    await late.destroy();
    await connectDeferred(early);
    expect(early.isInitialized).toBe(true);
  });

  it('connects a DataSource that it has not met, during deferral and without', async () => {
    const during = dataSourceOf();
    await connectDeferred(during);
    expect(during.isInitialized).toBe(true);
    handle.restore();
    const without = dataSourceOf();
    await connectDeferred(without);
    expect(without.isInitialized).toBe(true);
    await without.destroy();
  });

  it('can be asked for twice', async () => {
    const inner = deferDataSourceInitialization();
    const dataSource = await dataSourceOf().initialize();
    inner.restore();
    const another = await dataSourceOf().initialize();
    expect(another.isInitialized).toBe(false);
    await connectDeferred(dataSource);
    expect(dataSource.isInitialized).toBe(true);
    await inner.close();
    expect(dataSource.isInitialized).toBe(false);
  });

  it('CLI: writes nothing to stdout, and warnings to stderr', async () => {
    const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      jest.spyOn(console, name).mockReturnValue(undefined),
    );
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const dataSource = await dataSourceOf({
        logging: true,
        extensions: ['no_such_extension'],
        entities: [UuidKey],
      }).initialize();
      await connectDeferred(dataSource);
      await dataSource.query('SELECT 1');
      expect(stdout).not.toHaveBeenCalled();
      for (const spy of consoles) expect(spy).not.toHaveBeenCalled();
      expect(stderr).toHaveBeenCalledWith(expect.stringMatching(/no_such_extension/));
    } finally {
      jest.restoreAllMocks();
    }
  });

  it('closes what it connected', async () => {
    const dataSource = await dataSourceOf().initialize();
    await connectDeferred(dataSource);
    await handle.close();
    expect(dataSource.isInitialized).toBe(false);
    await expect(handle.close()).resolves.toBeUndefined();
  });

  it('tries again after a failure', async () => {
    const url = new URL(database.url);
    url.pathname = '/not_yet_there';
    const dataSource = await dataSourceOf({ url: url.href }).initialize();
    await expect(connectDeferred(dataSource)).rejects.toMatchObject({ code: '3D000' });
    const server = await database.connect();
    await server.query('CREATE DATABASE not_yet_there TEMPLATE template0');
    try {
      await expect(connectDeferred(dataSource)).resolves.toBeUndefined();
    } finally {
      await handle.close();
      await server.query('DROP DATABASE not_yet_there WITH (FORCE)');
    }
  });

  it('gives an error within 3 seconds when nobody listens', async () => {
    const dataSource = await dataSourceOf({ url: DOWN }).initialize();
    const start = Date.now();
    await expect(connectDeferred(dataSource)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(Date.now() - start).toBeLessThan(3_000);
  });

  describe('with a server that never answers', () => {
    let silent: Server;
    const port = (): number => (silent.address() as { port: number }).port;
    beforeAll((done) => {
      silent = createServer(() => undefined).listen(0, '127.0.0.1', done);
    });
    afterAll(() => void silent.close());

    it('gives an error within 3 seconds', async () => {
      const url = `postgres://nobody:secret@127.0.0.1:${port()}/nowhere`;
      const dataSource = await dataSourceOf({ url }).initialize();
      const start = Date.now();
      await expect(connectDeferred(dataSource)).rejects.toThrow(/timeout/i);
      expect(Date.now() - start).toBeLessThan(3_000);
    });

    it("waits as long as the DataSource's own option says", async () => {
      const url = `postgres://nobody:secret@127.0.0.1:${port()}/nowhere`;
      const dataSource = await dataSourceOf({ url, connectTimeoutMS: 200 }).initialize();
      const start = Date.now();
      await expect(connectDeferred(dataSource)).rejects.toThrow(/timeout/i);
      expect(Date.now() - start).toBeLessThan(2_000);
    });
  });
});
