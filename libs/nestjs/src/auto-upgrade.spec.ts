import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { EventEmitter } from 'node:events';
import { DataSource } from 'typeorm';
import { autoUpgrade } from './auto-upgrade.js';
import { MigrationService } from './migration.service.js';
import { shopRevisions } from './shop.fixture.js';

let database: TestDatabase;
let dataSource: DataSource;

beforeEach(async () => {
  database = await createTestDatabase();
  dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
});
afterEach(async () => {
  await dataSource.destroy();
  await database.drop();
});

/** Waits until the database is at head, which it never will be. */
function wait(told: string[]): Promise<void> {
  const options = { revisions: shopRevisions, autoUpgrade: 'wait' } as const;
  const tell = (text: string): void => void told.push(text);
  return autoUpgrade({
    migrator: new MigrationService({
      name: 'default',
      dataSource,
      options,
      onEvent: () => undefined,
    }),
    options,
    logger: { log: tell, warn: tell },
  });
}

describe('a wait for someone else to migrate', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('is ended by %s at once, in words', async (signal) => {
    const before = process.listenerCount(signal);
    const told: string[] = [];
    const waiting = wait(told);
    // It listens from the beginning, so the signal may come while the database is being asked.
    expect(process.listenerCount(signal)).toBe(before + 1);
    // Not `process.emit`: once Nx's resolver for Jest has loaded Nx, that one emits on the process outside of the sandbox.
    EventEmitter.prototype.emit.call(process, signal, signal);
    await expect(waiting).rejects.toMatchObject({
      code: 'E6013',
      problem: expect.stringMatching(/^interrupted while waiting/) as string,
    });
    expect(told).toContain(`${signal}: a revision that runs is finished first`);
    expect(process.listenerCount(signal)).toBe(before);
  });
});
