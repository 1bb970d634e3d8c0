import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, createMigrator, type Migrator } from '@nest-alembic/core';
import type { DataSource } from 'typeorm';
import { migratorOptionsFor } from '../index.js';
import type { Entities } from './compare-schemas.fixture.js';
import type { TestedDriver } from './tested-driver.fixture.js';
import { onConnection } from './tested-driver.fixture.js';

/** Entities that change while their tables have rows. */
export interface EntityChange {
  readonly on: TestedDriver;
  readonly before: Entities;
  readonly after: Entities;
  /** Puts rows into the tables of before. */
  readonly fill: (connection: Connection) => Promise<void>;
  /** What to look at before the change, after it, and after the way back. */
  readonly look: (connection: Connection) => Promise<unknown>;
}

/** What a change has come to. */
export interface ChangedEntities {
  /** The revision that autogenerate wrote; undefined where there was nothing to write. */
  readonly file: string | undefined;
  readonly changes: readonly string[];
  readonly looks: readonly [before: unknown, after: unknown, back: unknown];
  /** What a comparison finds after the change, and what is still asked. */
  readonly again: readonly string[];
  /** The schema before the change and after the way back. */
  readonly lines: readonly [before: readonly string[], back: readonly string[]];
}

/** Has the change written by autogenerate, with all that loses data allowed, and goes up, down and up again. */
export async function changeEntities(change: EntityChange): Promise<ChangedEntities> {
  const { on, before, after, fill, look } = change;
  const rootDirectory = mkdtempSync(join(tmpdir(), 'changed-'));
  try {
    return await on.withDataSource({ entities: [...before] }, async (dataSource) => {
      const migratorOf = (source: DataSource): Migrator =>
        createMigrator(migratorOptionsFor(source, { rootDirectory }));
      const migrator = migratorOf(dataSource);
      await migrator.init();
      await migrator.revision({ autogenerate: true, revisionId: 'before' });
      await migrator.upgrade('head');
      await onConnection(dataSource, fill);
      const lines = await on.linesOf(dataSource);
      const first = await onConnection(dataSource, look);
      return withEntities(dataSource, after, async (changed) => {
        const next = migratorOf(changed);
        const { changes } = await next.check();
        const file = await written(next);
        await next.upgrade('head');
        const second = await onConnection(dataSource, look);
        const { changes: again } = await next.check();
        if (file !== undefined) await next.downgrade('-1');
        const third = await onConnection(dataSource, look);
        const back = await on.linesOf(dataSource);
        await next.upgrade('head');
        return {
          file: file === undefined ? undefined : readFileSync(file, 'utf8'),
          changes,
          looks: [first, second, third],
          again,
          lines: [lines, back],
        };
      });
    });
  } finally {
    rmSync(rootDirectory, { recursive: true });
  }
}

/** The revision, with all that loses data allowed; what may be a rename is none. */
async function written(migrator: Migrator): Promise<string | undefined> {
  const request = { autogenerate: true, allowDestructive: true, revisionId: 'after' };
  const answers: Record<string, string> = {};
  for (;;) {
    const { file, questions } = await migrator.revision({ ...request, answers });
    if (questions.length === 0) return file;
    for (const { id, choices } of questions) {
      const choice = choices.find(({ answer }) => answer === 'new') ?? choices[0];
      if (choice === undefined || id in answers) throw new Error(`asked: ${id}`);
      answers[id] = choice.answer;
    }
  }
}

async function withEntities<T>(
  dataSource: DataSource,
  entities: Entities,
  work: (other: DataSource) => Promise<T>,
): Promise<T> {
  const Class = dataSource.constructor as typeof DataSource;
  const other = new Class({ ...dataSource.options, entities: [...entities] as never });
  await other.initialize();
  try {
    return await work(other);
  } finally {
    await other.destroy();
  }
}
