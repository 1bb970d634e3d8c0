import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { drawGraph } from './index.js';
import { MigrationService } from './migration.service.js';
import { MigrationsModule } from './migrations.module.js';
import { shopRevisions, typeOrm } from './shop.fixture.js';

const [FIRST, HEAD] = ['a1a1a1a1a1a1', 'b2b2b2b2b2b2'];

let database: TestDatabase;
let app: INestApplicationContext;
let service: MigrationService;

beforeEach(async () => {
  database = await createTestDatabase();
  class AppModule {}
  const revisions = [
    ...shopRevisions,
    { revision: 'c3c3c3c3c3c3', downRevision: FIRST, upgrade: () => undefined },
  ];
  app = await NestFactory.createApplicationContext(
    {
      module: AppModule,
      imports: [typeOrm(database.url), MigrationsModule.forRoot({ revisions })],
    },
    { logger: false, abortOnError: false },
  );
  service = app.get(MigrationService);
});
afterEach(async () => {
  await app.close();
  await database.drop();
});

describe('MigrationService', () => {
  it('answers about the graph', async () => {
    const ids = (revisions: readonly { readonly id: string }[]): string[] =>
      revisions.map(({ id }) => id);
    expect(ids(await service.heads())).toEqual([HEAD, 'c3c3c3c3c3c3']);
    expect(ids(await service.heads({ resolveDependencies: true }))).toHaveLength(2);
    expect((await service.checkHeads()).problems).toHaveLength(1);
    expect(await service.branches()).toMatchObject([
      { branchPoint: { id: FIRST }, children: [{ id: HEAD }, { id: 'c3c3c3c3c3c3' }] },
    ]);
    expect(ids(await service.history({ range: `:${HEAD}` }))).toEqual([HEAD, FIRST]);
    expect(ids(await service.show('base'))).toEqual([]);
    expect(drawGraph(await service.graph(), 'mermaid')).toMatch(/^flowchart BT\n/);
    await expect(service.edit('heads')).rejects.toMatchObject({ code: 'E7015' });
  });

  it('moves the database', async () => {
    expect(await service.ensureVersion()).toEqual({ created: true });
    expect((await service.upgrade(HEAD, { tag: 'x' })).rows).toEqual([HEAD]);
    const { steps, rows } = await service.redo();
    expect(steps.map(({ direction }) => direction)).toEqual(['downgrade', 'upgrade']);
    expect(rows).toEqual([HEAD]);
    await expect(service.current({ checkHeads: true })).rejects.toMatchObject({ code: 'E4014' });
    await service.stamp(['heads']);
    expect(await service.current({ checkHeads: true })).toMatchObject({ isAtHead: true });
    expect((await service.history({ indicateCurrent: true })).map((one) => one.isCurrent)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
