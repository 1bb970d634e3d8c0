import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMigrator } from '@nest-alembic/core';
import type { Connection, Migrator, MigratorOptions, SchemaModel } from '@nest-alembic/core';
// The tags allow it (the app's entities are cases of the laws), but Nx forbids every import of an app.
/* eslint-disable @nx/enforce-module-boundaries */
import { exampleDataSourceOptions } from '@nest-alembic/example-api/data-source-options';
import { exampleEntities } from '@nest-alembic/example-api/entities';
/* eslint-enable @nx/enforce-module-boundaries */
import type { TestDatabase } from '@nest-alembic/testing';
import { migratorOptionsFor, schemaFromEntities } from '@nest-alembic/typeorm';
import { DataSource } from 'typeorm';
import { POSTGRES } from '../tested-dialects.js';
import type { JudgeOptions } from '../tested-dialects.js';
import type { Judgement } from '../workbench.js';

/** A database for the example's entities, and the engine over it as the app has it. */
export class ExampleBench {
  private constructor(
    readonly database: TestDatabase,
    /** A session of its own, which the engine knows nothing of. */
    readonly connection: Connection,
    private readonly dataSource: DataSource,
  ) {}

  /** Makes a database. @param template a database to clone; default an empty one */
  static async open(template?: TestDatabase): Promise<ExampleBench> {
    const database = await POSTGRES.createDatabase(template?.name);
    const dataSource = new DataSource({
      ...exampleDataSourceOptions({ url: database.url }),
      entities: exampleEntities,
    });
    return new ExampleBench(database, await database.connect(), dataSource);
  }

  /** Makes what the entities say as TypeORM itself does, but for schemas: it makes none. */
  async synchronize(): Promise<void> {
    await this.connection.query('CREATE SCHEMA audit');
    await this.dataSource.initialize();
    await this.dataSource.synchronize();
  }

  /** The engine over this database and a migrations folder, with the options of the app where no others are given. */
  migrator(folder: MigrationsFolder, options: Partial<MigratorOptions> = {}): Migrator {
    return createMigrator(
      migratorOptionsFor(this.dataSource, { rootDirectory: folder.root, ...options }),
    );
  }

  /** What the entities say. */
  async model(): Promise<SchemaModel> {
    if (!this.dataSource.isInitialized) await this.dataSource.initialize();
    return schemaFromEntities(this.dataSource);
  }

  /** The schema as the server tells it, without the tables of the engine unless they are asked for. */
  fingerprint(options: JudgeOptions = {}): Promise<readonly string[]> {
    return POSTGRES.fingerprint(this.connection, { ignoredTables: OWN_TABLES, ...options });
  }

  /** The schema as the database's own tool writes it, where that is installed. */
  dump(options: JudgeOptions = {}): Promise<string | undefined> {
    return POSTGRES.dump(this.database.url, { ignoredTables: OWN_TABLES, ...options });
  }

  /** What both judges say. */
  async judge(options: JudgeOptions = {}): Promise<Judgement> {
    const [fingerprint, dump] = await Promise.all([this.fingerprint(options), this.dump(options)]);
    return { fingerprint, dump };
  }

  /** Rows of the version table by SQL of our own; undefined where there is no such table. */
  async versionRows(): Promise<readonly string[] | undefined> {
    const found = await this.connection.query(`SELECT to_regclass('alembic_version') AS name`);
    if (found.rows[0]?.['name'] === null) return undefined;
    const sql = 'SELECT version_num FROM alembic_version ORDER BY 1';
    const { rows } = await this.connection.query<{ version_num: string }>(sql);
    return rows.map((row) => row.version_num);
  }

  /** Ends every session, so that the database can be a template. */
  async disconnect(): Promise<void> {
    await this.connection.close();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  async close(): Promise<void> {
    await this.disconnect();
    await this.database.drop();
  }
}

/** The tables that the engine makes for itself. */
export const OWN_TABLES: readonly string[] = POSTGRES.dialect.versionTables
  .ownTables({ schema: null, name: 'alembic_version' })
  .map(({ name }) => name);

/** A migrations folder in a temporary place. */
export interface MigrationsFolder {
  readonly root: string;
  remove(): void;
}

/** Makes a place for a migrations folder. */
export function temporaryFolder(): MigrationsFolder {
  const root = mkdtempSync(join(tmpdir(), 'example-'));
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
