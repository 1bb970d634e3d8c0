import {
  applyOperations,
  createMigrator,
  diffSchema,
  effectsOf,
  EMPTY_SCHEMA,
  isMigrationError,
  NO_MEMORY,
  OfflineConnection,
  replayLog,
} from '@nest-alembic/core';
import type {
  Connection,
  InspectedKind,
  Migrator,
  Operation,
  SchemaDiff,
  SchemaModel,
} from '@nest-alembic/core';
import type { TestDatabase } from '@nest-alembic/testing';
import { renderedFunctions } from './run-rendered.js';
import type { RevisionFunctions } from './run-rendered.js';
import type { JudgeOptions, TestedDialect } from './tested-dialects.js';

/** What the server says of a schema, by each judge that is at hand. */
export interface Judgement {
  readonly fingerprint: readonly string[];
  readonly dump: string | undefined;
}

/** The revision that {@link Workbench.migrate} runs. */
export const SUITE_REVISION = '1975ea83b712';

/** A database that the laws make schemas in, one after the other. */
export class Workbench {
  private constructor(
    readonly tested: TestedDialect,
    private readonly database: TestDatabase,
    readonly connection: Connection,
    readonly version: number,
  ) {}

  /** Makes a database of its own; {@link Workbench.close} removes it. */
  static async open(tested: TestedDialect): Promise<Workbench> {
    const database = await tested.createDatabase();
    const connection = await database.connect();
    return new Workbench(tested, database, connection, await tested.version(connection));
  }

  close(): Promise<void> {
    return this.database.drop();
  }

  /** Empties the database and makes a schema in it. */
  async make(model: SchemaModel): Promise<void> {
    await this.tested.empty(this.connection);
    await this.run(operationsToMake(model, this.tested));
  }

  /** Runs operations as a revision without a transaction does; where tables have to be made anew, as the engine does. */
  async run(operations: readonly Operation[]): Promise<void> {
    if (this.mayMakeAnew(operations)) return this.runAsRevision(operations);
    for (const sql of this.compile(operations)) await this.connection.query(sql);
  }

  /** Runs operations as a script, with the database's own client. A script that makes tables anew must make them first. */
  async runOffline(operations: readonly Operation[], before: SchemaModel): Promise<void> {
    if (this.mayMakeAnew(operations)) {
      const made = operationsToMake(before, this.tested);
      await this.tested.empty(this.connection);
      const functions = renderedFunctions([...made, ...operations], this.tested.dialect);
      const { sql = '' } = await this.migrator(functions).upgrade('head', { sql: true });
      await this.tested.runScript(this.database, sql);
      return this.dropOwnTables();
    }
    const offline = new OfflineConnection();
    for (const sql of this.compile(operations)) await offline.query(sql);
    await this.tested.runScript(this.database, offline.text);
  }

  /** Runs operations all or none, where the database can do that; as the engine does it where tables have to be made anew. */
  async runInTransaction(operations: readonly Operation[]): Promise<void> {
    const { transactionalDdl } = this.tested.dialect.capabilities;
    if (!transactionalDdl || this.mayMakeAnew(operations)) return this.run(operations);
    await this.connection.query('BEGIN');
    try {
      await this.run(operations);
      await this.connection.query('COMMIT');
    } catch (error) {
      await this.connection.query('ROLLBACK');
      throw error;
    }
  }

  private mayMakeAnew(operations: readonly Operation[]): boolean {
    const { tableRebuild } = this.tested.dialect;
    return (
      tableRebuild !== undefined &&
      operations.some((one) => one.kind === 'batchAlterTable' || !this.canCompile(one))
    );
  }

  private canCompile(operation: Operation): boolean {
    try {
      this.compile([operation]);
      return true;
    } catch (error) {
      if (isMigrationError(error) && error.code === 'E3012') return false;
      throw error;
    }
  }

  private async runAsRevision(operations: readonly Operation[]): Promise<void> {
    try {
      await this.migrator(renderedFunctions(operations, this.tested.dialect)).upgrade('head');
    } finally {
      await this.dropOwnTables();
    }
  }

  private async dropOwnTables(): Promise<void> {
    const { quoting, versionTables } = this.tested.dialect;
    for (const table of versionTables.ownTables({ schema: null, name: 'alembic_version' }))
      await this.connection.query(`DROP TABLE IF EXISTS ${quoting.qualified(table)}`);
  }

  /**
   * Runs a revision as the engine does: in its transaction, out of it where operations need that, with version row and log.
   * @returns the version rows that are there then
   */
  async migrate(
    { own = [], ...functions }: RevisionFunctions,
    direction: 'up' | 'down',
  ): Promise<readonly string[]> {
    const migrator = this.migrator({ own, ...functions });
    await (direction === 'up' ? migrator.upgrade('head') : migrator.downgrade('base'));
    const { rows } = await this.connection.query<{ version_num: string }>(
      'SELECT version_num FROM alembic_version',
    );
    return rows.map((row) => row.version_num);
  }

  private migrator({ own = [], ...functions }: RevisionFunctions): Migrator {
    return createMigrator({
      dialect: this.tested.dialect,
      connect: () => this.database.connect(),
      operations: own,
      revisions: [{ revision: SUITE_REVISION, downRevision: null, ...functions }],
    });
  }

  /** The diff that autogenerate finds, when everything of `before` came from entities. */
  async diff(sides: DiffSides): Promise<SchemaDiff> {
    const { dialect } = this.tested;
    const schemas = [...new Set([...sides.before.schemas, ...sides.target.schemas])];
    const current = await dialect.inspect(this.connection, {
      ignoredTables: [],
      schemas,
      also: INSPECTED,
    });
    const target = speakingOfAll(sides.target);
    const models = await dialect.canonicalize(this.connection, { current, target });
    const made = [...operationsToMake(sides.before, this.tested), ...sides.applied];
    const memory = replayLog(made.flatMap(effectsOf));
    return diffSchema({ ...models, memory, dialect, allowDestructive: true });
  }

  /** What every judge says that is at hand. */
  async judge(options: { readonly columnOrder?: boolean } = {}): Promise<Judgement> {
    const [fingerprint, dump] = await Promise.all([
      this.fingerprint(options),
      this.tested.dump(this.database.url, options),
    ]);
    return { fingerprint, dump };
  }

  fingerprint(options: JudgeOptions = {}): Promise<readonly string[]> {
    return this.tested.fingerprint(this.connection, options);
  }

  private compile(operations: readonly Operation[]): readonly string[] {
    return operations.flatMap((operation) => this.tested.dialect.compile(operation));
  }
}

const INSPECTED: readonly InspectedKind[] = [
  'extensions',
  'domains',
  'routines',
  'triggers',
  'policies',
  'partitions',
];

/** The target with an empty list of what it does not have: then those of the database are compared, and dropped. */
function speakingOfAll(target: SchemaModel): SchemaModel {
  return {
    extensions: [],
    domains: [],
    routines: [],
    partitions: [],
    ...target,
    tables: target.tables.map((table) => ({
      triggers: [],
      policies: [],
      rowSecurity: {},
      ...table,
    })),
    views: target.views.map((view) => ({ triggers: [], ...view })),
  };
}

/** What a diff is made from. */
export interface DiffSides {
  /** The schema that the database was made from. */
  readonly before: SchemaModel;
  /** What was done to it since. */
  readonly applied: readonly Operation[];
  readonly target: SchemaModel;
}

/** The operations that make a schema in an empty database, as autogenerate writes them. */
export function operationsToMake(
  target: SchemaModel,
  { dialect }: TestedDialect,
): readonly Operation[] {
  const current = EMPTY_SCHEMA;
  return diffSchema({ current, target, memory: NO_MEMORY, dialect }).operations;
}

/** The schema after operations. */
export function schemaAfter(before: SchemaModel, operations: readonly Operation[]): SchemaModel {
  return applyOperations(operations, before);
}
