import { createMigrator } from '@nest-alembic/core';
import type { Connection, Migrator } from '@nest-alembic/core';
import type { TestDatabase } from '@nest-alembic/testing';
import { migratorOptionsFor } from '@nest-alembic/typeorm';
import { DataSource } from 'typeorm';
import type { DataSourceOptions, EntitySchema } from 'typeorm';
import { temporaryFolder } from '../example/example-bench.js';
import type { MigrationsFolder } from '../example/example-bench.js';
import type { DataLossCase } from './data-loss-case.js';
import { LOSS_POSTGRES } from './loss-dialect.js';
import type { LossDialect } from './loss-dialect.js';

/** A database with the entities of cases as they were, in the first revision, and with their rows. */
export class DataLossBench {
  private readonly dataSources: DataSource[] = [];
  private readonly copies: DataLossBench[] = [];

  private constructor(
    private readonly loss: LossDialect,
    private readonly database: TestDatabase,
    readonly connection: Connection,
    private readonly folder: MigrationsFolder,
    readonly cases: readonly DataLossCase[],
  ) {}

  /** Makes the tables of cases by a first revision, and fills them. @param loss default PostgreSQL */
  static async open(
    cases: readonly DataLossCase[],
    loss: LossDialect = LOSS_POSTGRES,
  ): Promise<DataLossBench> {
    const database = await loss.tested.createDatabase();
    const connection = await database.connect();
    const bench = new DataLossBench(loss, database, connection, temporaryFolder(), cases);
    const migrator = bench.migrator(cases.flatMap(({ before }) => before));
    await migrator.init();
    await migrator.revision({ autogenerate: true, revisionId: 'before' });
    await migrator.upgrade('head');
    await connection.script(loss.prepare);
    for (const { insert } of cases) await connection.script(insert);
    return bench;
  }

  /** The same in another database, as after a restore; closes this one's sessions. It is closed with this one. */
  async restored(): Promise<DataLossBench> {
    await this.disconnect();
    await this.connection.close();
    const database = await this.loss.tested.createDatabase(this.database.name);
    const connection = await database.connect();
    const copy = new DataLossBench(this.loss, database, connection, this.folder, this.cases);
    this.copies.push(copy);
    return copy;
  }

  /** The engine with a model of entities. */
  migrator(entities: readonly EntitySchema[]): Migrator {
    const options = this.loss.dataSource(this.database);
    const dataSource = new DataSource({ ...options, entities: [...entities] } as DataSourceOptions);
    this.dataSources.push(dataSource);
    return createMigrator(migratorOptionsFor(dataSource, { rootDirectory: this.folder.root }));
  }

  /** The engine with only one case changed. */
  migratorTo(changed: DataLossCase): Migrator {
    return this.migrator(
      this.cases.flatMap((item) => (item === changed ? item.after : item.before)),
    );
  }

  /** The whole of it: the schema as the server tells it, and every row of the cases. */
  async state(): Promise<readonly string[]> {
    const { tested } = this.loss;
    const tables = this.cases.flatMap(({ before }) => before.map(({ options }) => options));
    const lines = [...(await this.fingerprint())];
    for (const { tableName = '', type } of tables) {
      if (type === 'view') continue;
      const name = tested.dialect.quoting.identifier(tableName);
      const { rows } = await this.connection.query(`SELECT * FROM ${name}`);
      lines.push(...rows.map((row) => `${name}: ${JSON.stringify(row)}`).sort());
    }
    return lines;
  }

  fingerprint(): Promise<readonly string[]> {
    const { tested } = this.loss;
    return tested.fingerprint(this.connection, { columnOrder: false });
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
