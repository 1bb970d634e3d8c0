import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckResult, createMigrator, type Migrator } from '@nest-alembic/core';
import type { DataSource } from 'typeorm';
import { migratorOptionsFor, typeormConnection } from '../index.js';
import { type Entities, linesOf, type SetUp, withDataSource } from './compare-schemas.fixture.js';
import type { TestedDriver } from './tested-driver.fixture.js';

/** What {@link withMigrated} begins with. */
export interface Beginning extends SetUp {
  /** The entities of the first revision, which autogenerate writes and which is applied. @default none */
  readonly entities?: Entities;
  readonly options?: object;
  /** @default postgres */
  readonly on?: Pick<TestedDriver, 'withDataSource'>;
  /** Without it the database has no log: everything in it is foreign. @default true */
  readonly withLog?: boolean;
}

/** A database that our first revision made, and the engine over it. */
export class MigratedDatabase {
  readonly #dataSource: DataSource;
  readonly #root: string;

  constructor(dataSource: DataSource, root: string) {
    this.#dataSource = dataSource;
    this.#root = root;
  }

  /** The engine; with other entities than those of the first revision where they are given. */
  migrator(dataSource: DataSource = this.#dataSource): Migrator {
    return createMigrator(migratorOptionsFor(dataSource, { rootDirectory: this.#root }));
  }

  /** What a person does to the database by hand. */
  async byHand(sql: string | undefined): Promise<void> {
    if (!sql) return;
    const connection = await typeormConnection(this.#dataSource);
    try {
      await connection.script(sql);
    } finally {
      await connection.close();
    }
  }

  /** Compares entities with the database. */
  async check(entities?: Entities): Promise<CheckResult> {
    return this.#with(entities, (migrator) => migrator.check());
  }

  /** Has a revision written and applied. @returns the text of its file; undefined where nothing was written */
  async autogenerate(entities?: Entities): Promise<string | undefined> {
    return this.#with(entities, async (migrator) => {
      const { file } = await migrator.revision({ autogenerate: true, allowDestructive: true });
      if (file === undefined) return undefined;
      await migrator.upgrade('head');
      return readFileSync(file, 'utf8');
    });
  }

  /** Has a revision of one's own written and applied; `body` is that of its `upgrade`. */
  async revise(body: string): Promise<void> {
    const { file = '' } = await this.migrator().revision({ message: 'by hand' });
    const empty = readFileSync(file, 'utf8');
    const text = empty.replace(/(function upgrade\(.*\{)[^}]*\}/, `$1 ${body} }`);
    if (text === empty) throw new Error(`no place for a body in ${empty}`);
    writeFileSync(file, text);
    await this.migrator().upgrade('head');
  }

  /** The whole schema as {@link linesOf} tells it. */
  lines(notDumped?: readonly string[]): Promise<readonly string[]> {
    return linesOf(this.#dataSource, notDumped);
  }

  /** Ids of what is asked where nothing destructive is allowed. */
  async questions(entities?: Entities): Promise<readonly string[]> {
    return this.#with(entities, async (migrator) => {
      const { file, questions } = await migrator.revision({ autogenerate: true });
      if (file !== undefined) rmSync(file);
      return questions.map(({ id }) => id);
    });
  }

  /** The text of the one value that a query gives. */
  async valueOf(sql: string): Promise<string> {
    const [row] = (await this.#dataSource.query(sql)) as Record<string, unknown>[];
    return String(Object.values(row ?? {})[0]);
  }

  async #with<T>(entities: Entities | undefined, work: (migrator: Migrator) => Promise<T>) {
    if (entities === undefined) return work(this.migrator());
    const Class = this.#dataSource.constructor as typeof DataSource;
    const other = new Class({ ...this.#dataSource.options, entities: [...entities] as never });
    await other.initialize();
    try {
      return await work(this.migrator(other));
    } finally {
      await other.destroy();
    }
  }
}

/** Runs work on a database whose schema the first revision of some entities made. */
export async function withMigrated<T>(
  { entities = [], options, setUp, withLog = true, on = { withDataSource } }: Beginning,
  work: (database: MigratedDatabase) => Promise<T>,
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'migrated-'));
  const settings = { ...options, ...(setUp && { setUp }), entities: [...entities] as never };
  try {
    return await on.withDataSource(settings, async (dataSource) => {
      const database = new MigratedDatabase(dataSource, root);
      await database.migrator().init();
      if (entities.length > 0) await database.autogenerate();
      if (entities.length > 0 && !withLog)
        await dataSource.query('DELETE FROM alembic_version_log');
      return work(database);
    });
  } finally {
    rmSync(root, { recursive: true });
  }
}
