import { createMigrator } from '@nest-alembic/core';
import type {
  CheckResult,
  MigratorOptions,
  Migrator,
  Operation,
  SchemaModel,
} from '@nest-alembic/core';
import { connectPostgres } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { withEntityMarks } from '../entity-marks.js';
import { POSTGRES } from '../tested-dialects.js';
import { operationsToMake } from '../workbench.js';

/** Options of a comparison, but for the two sides. */
export type CompareOptions = Partial<Omit<MigratorOptions, 'dialect' | 'targetSchema'>>;

/**
 * A database that is made from one model and compared with another, through the engine as an app uses it: with the log, the
 * server's spelling and the options.
 */
export class CompareBench {
  private constructor(readonly database: TestDatabase) {}

  static async open(): Promise<CompareBench> {
    return new CompareBench(await POSTGRES.createDatabase());
  }

  close(): Promise<void> {
    return this.database.drop();
  }

  /** Empties the database and makes a schema in it, which is remembered as made from entities. */
  async make(model: SchemaModel): Promise<void> {
    const marked = withEntityMarks(model);
    await this.withConnection((connection) => POSTGRES.empty(connection));
    await this.run(operationsToMake(marked, POSTGRES));
    await this.migrator(marked).stamp(['heads']);
  }

  /** Runs operations, each with a statement of its own. */
  async run(operations: readonly Operation[]): Promise<void> {
    const statements = operations.flatMap((operation) => POSTGRES.dialect.compile(operation));
    for (const statement of statements) await this.sql(statement);
  }

  /** What somebody else does to the database. */
  async sql(text: string): Promise<void> {
    await this.withConnection((connection) => connection.script(text));
  }

  /** What `check` finds. */
  check(target: SchemaModel, options: CompareOptions = {}): Promise<CheckResult> {
    return this.migrator(withEntityMarks(target), options).check();
  }

  migrator(target: SchemaModel | undefined, options: CompareOptions = {}): Migrator {
    return createMigrator({
      dialect: POSTGRES.dialect,
      connect: () => connectPostgres(this.database.url),
      ...(target && { targetSchema: () => target }),
      revisions: [{ revision: 'a1' }],
      ...options,
    });
  }

  #session: ReturnType<TestDatabase['connect']> | undefined;

  private async withConnection<T>(
    work: (connection: Awaited<ReturnType<TestDatabase['connect']>>) => Promise<T>,
  ): Promise<T> {
    this.#session ??= this.database.connect();
    return work(await this.#session);
  }
}
