import { createMigrator } from '@nest-alembic/core';
import type { Connection, Migrator } from '@nest-alembic/core';
import type { TestDatabase } from '@nest-alembic/testing';
import { migratorOptionsFor } from '@nest-alembic/typeorm';
import { DataSource } from 'typeorm';
import type { EntitySchema } from 'typeorm';
import { temporaryFolder } from '../example/example-bench.js';
import type { MigrationsFolder } from '../example/example-bench.js';
import { POSTGRES } from '../tested-dialects.js';
import type { DataLossCase } from './data-loss-case.js';

/** A database with the entities of cases as they were, in the first revision, and with their rows. */
export class DataLossBench {
  private readonly dataSources: DataSource[] = [];
  private readonly copies: DataLossBench[] = [];

  private constructor(
    private readonly database: TestDatabase,
    readonly connection: Connection,
    private readonly folder: MigrationsFolder,
    readonly cases: readonly DataLossCase[],
  ) {}

  static async open(cases: readonly DataLossCase[]): Promise<DataLossBench> {
    const database = await POSTGRES.createDatabase();
    const connection = await database.connect();
    const bench = new DataLossBench(database, connection, temporaryFolder(), cases);
    const migrator = bench.migrator(cases.flatMap(({ before }) => before));
    await migrator.init();
    await migrator.revision({ autogenerate: true, revisionId: 'before' });
    await migrator.upgrade('head');
    await connection.script(`SET TimeZone = 'UTC'`);
    for (const { insert } of cases) await connection.script(insert);
    return bench;
  }

  /** The same in another database, as after a restore; closes this one's sessions. It is closed with this one. */
  async restored(): Promise<DataLossBench> {
    await this.disconnect();
    await this.connection.close();
    const database = await POSTGRES.createDatabase(this.database.name);
    const connection = await database.connect();
    const copy = new DataLossBench(database, connection, this.folder, this.cases);
    this.copies.push(copy);
    return copy;
  }

  /** The engine with a model of entities. */
  migrator(entities: readonly EntitySchema[]): Migrator {
    const dataSource = new DataSource({
      type: 'postgres',
      url: this.database.url,
      uuidExtension: 'pgcrypto',
      installExtensions: false,
      entities: [...entities],
    });
    this.dataSources.push(dataSource);
    return createMigrator(migratorOptionsFor(dataSource, { rootDirectory: this.folder.root }));
  }

  /** The engine with only one case changed. */
  migratorTo(changed: DataLossCase): Migrator {
    return this.migrator(
      this.cases.flatMap((item) => (item === changed ? item.after : item.before)),
    );
  }

  /** The whole of it: the schema as the server tells it, and every row. */
  async state(): Promise<readonly string[]> {
    const tables = await this.connection.query<{ name: string }>(
      `SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`,
    );
    const lines = [...(await POSTGRES.fingerprint(this.connection))];
    for (const { name } of tables.rows) {
      const { rows } = await this.connection.query(`SELECT * FROM ${name}`);
      lines.push(...rows.map((row) => `${name}: ${JSON.stringify(row)}`).sort());
    }
    return lines;
  }

  fingerprint(): Promise<readonly string[]> {
    return POSTGRES.fingerprint(this.connection, { columnOrder: false });
  }

  private async disconnect(): Promise<void> {
    for (const one of this.dataSources) if (one.isInitialized) await one.destroy();
  }

  async close(): Promise<void> {
    for (const copy of this.copies) {
      await copy.disconnect();
      await copy.database.drop();
    }
    await this.disconnect();
    await this.database.drop();
    this.folder.remove();
  }
}
