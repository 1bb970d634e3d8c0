import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { MigrationEvent } from '@nest-alembic/core';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { DataSource } from 'typeorm';
import { migratedDataSource } from './migrated-data-source.js';
import { MigrationService } from './migration.service.js';
import type { MigrationsModuleRootOptions } from './migrations-module-options.js';
import { MigrationsModule } from './migrations.module.js';
import {
  FeatureModule,
  GlobalCacheModule,
  OrderCache,
  shopRevisions,
  typeOrm,
} from './shop.fixture.js';
import { getMigrationServiceToken } from './tokens.js';
import { withoutAutoUpgrade } from './without-auto-upgrade.js';

const HEAD = 'b2b2b2b2b2b2';
type Import = Type | DynamicModule;

let database: TestDatabase;
const open: INestApplicationContext[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
  await database.drop();
});

/** Starts an app with these modules, all its hooks included. */
async function start(...imports: Import[]): Promise<INestApplicationContext> {
  class AppModule {}
  const app = await NestFactory.createApplicationContext(
    { module: AppModule, imports },
    { logger: false, abortOnError: false },
  );
  open.push(app);
  return app;
}

const migrations = (options: MigrationsModuleRootOptions = {}): DynamicModule =>
  MigrationsModule.forRoot({ revisions: shopRevisions, ...options });

async function rows(): Promise<unknown[]> {
  const connection = await database.connect();
  const { rows: found } = await connection.query<{ present: boolean }>(
    `SELECT to_regclass('alembic_version') IS NOT NULL AS present`,
  );
  if (!found[0]?.present) return [];
  const versions = await connection.query<{ version_num: string }>(
    'SELECT version_num FROM alembic_version',
  );
  return versions.rows.map((row) => row.version_num);
}

async function setRow(revision: string): Promise<void> {
  const connection = await database.connect();
  await connection.query(
    'CREATE TABLE IF NOT EXISTS alembic_version (version_num varchar(32) PRIMARY KEY)',
  );
  await connection.query('DELETE FROM alembic_version');
  await connection.query('INSERT INTO alembic_version VALUES ($1)', [revision]);
}

describe('auto-upgrade', () => {
  const orders: readonly [string, (...modules: [Import, Import]) => Import[], Type][] = [
    [
      'the deep module is imported first',
      (orm, migrate) => [FeatureModule, orm, migrate],
      FeatureModule,
    ],
    [
      'the deep module is imported last',
      (orm, migrate) => [migrate, orm, FeatureModule],
      FeatureModule,
    ],
    ['in between', (orm, migrate) => [orm, FeatureModule, migrate], FeatureModule],
    [
      'the querying module is global and imported first',
      (orm, migrate) => [GlobalCacheModule, orm, migrate],
      GlobalCacheModule,
    ],
  ];

  it.each(orders)('is finished before any onModuleInit when %s', async (_case, order) => {
    const app = await start(
      ...order(typeOrm(database.url), migrations({ autoUpgrade: 'upgrade' })),
    );
    expect(app.get(OrderCache).orders).toBe(0);
    expect(await rows()).toEqual([HEAD]);
  });

  it('is off by default', async () => {
    await start(typeOrm(database.url), migrations());
    expect(await rows()).toEqual([]);
  });

  it('does not run inside withoutAutoUpgrade', async () => {
    await withoutAutoUpgrade(() =>
      start(typeOrm(database.url), migrations({ autoUpgrade: 'upgrade' })),
    );
    expect(await rows()).toEqual([]);
  });

  it('ten apps that start at once apply each revision once', async () => {
    const applied: string[] = [];
    const onEvent = (event: MigrationEvent): void => {
      if (event.type === 'stepFinished') applied.push(event.step.revision?.id ?? '');
    };
    const one = () => start(typeOrm(database.url), migrations({ autoUpgrade: 'upgrade', onEvent }));
    await Promise.all(Array.from({ length: 10 }, one));
    expect(applied).toEqual(shopRevisions.map((revision) => revision.revision));
    expect(await rows()).toEqual([HEAD]);
  });

  it('verify: refuses to start below head with E4014, starts at head', async () => {
    const verify = () => start(typeOrm(database.url), migrations({ autoUpgrade: 'verify' }));
    await expect(verify()).rejects.toMatchObject({
      code: 'E4014',
      facts: { rows: [], heads: [HEAD] },
    });
    expect(await rows()).toEqual([]);
    await start(typeOrm(database.url), migrations({ autoUpgrade: 'upgrade' }));
    await expect(verify()).resolves.toBeDefined();
  });

  it('wait: starts as soon as someone else has migrated', async () => {
    const waiting = start(
      typeOrm(database.url),
      FeatureModule,
      migrations({ autoUpgrade: 'wait' }),
    );
    await start(typeOrm(database.url), migrations({ autoUpgrade: 'upgrade' }));
    expect((await waiting).get(OrderCache).orders).toBe(0);
  });

  it('wait: gives up after lockTimeoutMs with E4014', async () => {
    const waiting = start(
      typeOrm(database.url),
      migrations({ autoUpgrade: 'wait', lockTimeoutMs: 0 }),
    );
    await expect(waiting).rejects.toMatchObject({ code: 'E4014' });
  });

  it.each(['upgrade', 'verify', 'wait'] as const)(
    'B092: %s starts with a warning when the database is ahead of the code',
    async (autoUpgrade) => {
      await setRow('ffffffffffff');
      const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
      await start(typeOrm(database.url), migrations({ autoUpgrade }));
      expect(warn).toHaveBeenCalledWith(
        'the version table has the row "ffffffffffff", and no revision has this id: this build may be older than the ' +
          'database. The app starts all the same (onUnknownRevision: "warn")',
      );
      expect(await rows()).toEqual(['ffffffffffff']);
      warn.mockRestore();
    },
  );

  it.each(['upgrade', 'verify', 'wait'] as const)(
    'B092: %s refuses it with E4001 when onUnknownRevision is "error"',
    async (autoUpgrade) => {
      await setRow('ffffffffffff');
      const options = { autoUpgrade, onUnknownRevision: 'error' } as const;
      await expect(start(typeOrm(database.url), migrations(options))).rejects.toMatchObject({
        code: 'E4001',
      });
    },
  );

  it.each(['synchronize', 'migrationsRun'])('B139: refuses %s with E9004', async (option) => {
    const started = start(
      typeOrm(database.url, { [option]: true }),
      migrations({ autoUpgrade: 'upgrade' }),
    );
    await expect(started).rejects.toMatchObject({ code: 'E9004' });
    expect(await rows()).toEqual([]);
  });

  it('B139: without auto-upgrade synchronize is only warned of', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    await start(typeOrm(database.url, { synchronize: true }), migrations());
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('synchronize'));
    warn.mockRestore();
  });

  it('a failing revision keeps the app from starting', async () => {
    const broken = {
      revision: 'c3c3c3c3c3c3',
      downRevision: HEAD,
      message: 'broken',
      upgrade: () => Promise.reject(new Error('no')),
    };
    const options = { autoUpgrade: 'upgrade', revisions: [...shopRevisions, broken] } as const;
    await expect(start(typeOrm(database.url), migrations(options))).rejects.toMatchObject({
      code: 'E6004',
    });
    expect(await rows()).toEqual([HEAD]);
  });
});

describe('migratedDataSource', () => {
  const options = { revisions: shopRevisions, autoUpgrade: 'upgrade' } as const;

  function typeOrmMigrated(onEvent?: (event: MigrationEvent) => void): DynamicModule {
    return TypeOrmModule.forRootAsync({
      useFactory: () => ({ type: 'postgres', url: database.url, retryAttempts: 1 }),
      dataSourceFactory: migratedDataSource({ ...options, ...(onEvent && { onEvent }) }),
    });
  }

  @Injectable()
  class Early {
    constructor(@Inject('ORDERS') readonly orders: number) {}
  }
  const early: DynamicModule = {
    module: class EarlyModule {},
    providers: [
      {
        provide: 'ORDERS',
        inject: [DataSource],
        useFactory: async (dataSource: DataSource) => {
          const found: { n: number }[] = await dataSource.query(
            'SELECT count(*)::int AS n FROM "order"',
          );
          return found[0]?.n;
        },
      },
      Early,
    ],
  };

  it('migrates before an async provider queries, and the module does not do it again', async () => {
    const plans: string[] = [];
    const onEvent = (event: MigrationEvent): void => void plans.push(event.type);
    const app = await start(
      early,
      typeOrmMigrated(onEvent),
      migrations({ autoUpgrade: 'upgrade', onEvent }),
    );
    expect(app.get(Early).orders).toBe(0);
    expect(plans.filter((type) => type === 'planStarted')).toHaveLength(1);
  });

  it('does nothing inside withoutAutoUpgrade', async () => {
    await withoutAutoUpgrade(() => start(typeOrmMigrated()));
    expect(await rows()).toEqual([]);
  });

  it('B139: refuses synchronize before it runs', async () => {
    const factory = migratedDataSource(options);
    const dataSource = factory({ type: 'postgres', url: database.url, synchronize: true });
    await expect(dataSource).rejects.toMatchObject({ code: 'E9004' });
  });

  it('B138: tells wrong options', async () => {
    const factory = migratedDataSource({ autoUprgade: 'upgrade' } as never);
    await expect(factory({ type: 'postgres', url: database.url })).rejects.toMatchObject({
      code: 'E9003',
    });
  });
});

describe('MigrationService', () => {
  it('has the verbs of the command line', async () => {
    const app = await start(typeOrm(database.url), migrations());
    const service = app.get(MigrationService);
    expect((await service.heads()).map((head) => head.id)).toEqual([HEAD]);
    expect(await service.isAtHead()).toBe(false);
    expect((await service.upgrade('head')).rows).toEqual([HEAD]);
    expect((await service.current()).isAtHead).toBe(true);
    expect((await service.downgrade('-1')).rows).toEqual(['a1a1a1a1a1a1']);
    expect((await service.stamp(['head'])).rows).toEqual([HEAD]);
    expect((await service.history()).map((revision) => revision.id)).toEqual([
      HEAD,
      'a1a1a1a1a1a1',
    ]);
    expect((await service.show('base')).length).toBe(0);
  });

  it('the listener of the options hears every event, beside one that a run brings', async () => {
    const heard: string[] = [];
    const listener = (who: string) => (event: MigrationEvent) =>
      void (event.type === 'stepStarted' && heard.push(`${who} ${event.step.revision?.id}`));
    const app = await start(typeOrm(database.url), migrations({ onEvent: listener('options') }));
    await app
      .get(MigrationService)
      .with({ onEvent: listener('run') })
      .upgrade('+1');
    expect(heard).toEqual(['run a1a1a1a1a1a1', 'options a1a1a1a1a1a1']);
    await app.get(MigrationService).upgrade('+1');
    expect(heard.slice(2)).toEqual(['options b2b2b2b2b2b2']);
  });

  it('a listener that rejects changes nothing', async () => {
    const rejections: unknown[] = [];
    const hear = (reason: unknown): void => void rejections.push(reason);
    process.on('unhandledRejection', hear);
    try {
      const onEvent = (): unknown => Promise.reject(new Error('the webhook is down'));
      const app = await start(typeOrm(database.url), migrations({ onEvent }));
      expect((await app.get(MigrationService).upgrade('head')).rows).toEqual([HEAD]);
      await sleep(0);
      expect(rejections).toEqual([]);
    } finally {
      process.off('unhandledRejection', hear);
    }
  });

  it('options may come from other providers', async () => {
    const settings: DynamicModule = {
      module: class SettingsModule {},
      providers: [{ provide: 'TABLE', useValue: 'my_version' }],
      exports: ['TABLE'],
    };
    const module = MigrationsModule.forRootAsync({
      imports: [settings],
      inject: ['TABLE'],
      useFactory: (versionTable: string) => ({ revisions: shopRevisions, versionTable }),
    });
    const app = await start(typeOrm(database.url), module);
    await app.get(MigrationService).upgrade('head');
    const connection = await database.connect();
    const { rows: found } = await connection.query('SELECT version_num FROM my_version');
    expect(found).toEqual([{ version_num: HEAD }]);
  });

  it('CLI-08: each of several environments has its own', async () => {
    const reports = await createTestDatabase();
    try {
      const app = await start(
        typeOrm(database.url),
        typeOrm(reports.url, { name: 'reports' }),
        migrations(),
        migrations({ name: 'reports', dataSource: 'reports' }),
      );
      const service = app.get<MigrationService>(getMigrationServiceToken('reports'));
      expect(service.name).toBe('reports');
      await service.upgrade('head');
      expect(await service.isAtHead()).toBe(true);
      expect(await app.get(MigrationService).isAtHead()).toBe(false);
      for (const one of open.splice(0)) await one.close();
    } finally {
      await reports.drop();
    }
  });

  it.each([
    [undefined, /^MigrationsModule finds no DataSource. Import TypeOrmModule\.forRoot\(\)/],
    ['reports', /^MigrationsModule finds no DataSource "reports"/],
  ])('without its DataSource (%s) the app is told what to import', async (dataSource, message) => {
    const options = dataSource === undefined ? {} : { dataSource };
    const orm = dataSource === undefined ? [] : [typeOrm(database.url)];
    await expect(start(...orm, MigrationsModule.forRoot(options))).rejects.toMatchObject({
      code: 'E9002',
      message: expect.stringMatching(message) as string,
    });
  });

  it.each([
    ['B138: an unknown option', { autoUprgade: 'upgrade' }, 'E9003'],
    ['B112: a wrong value', { lockTimeoutMs: '5' }, 'E9002'],
    ['B137: a dangerous name', JSON.parse('{"__proto__":{}}') as object, 'E9001'],
  ])('%s is told when the app is built', async (_case, options, code) => {
    await expect(
      start(typeOrm(database.url), MigrationsModule.forRoot(options)),
    ).rejects.toMatchObject({ code });
  });
});
