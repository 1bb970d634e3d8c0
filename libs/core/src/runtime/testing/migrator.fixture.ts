import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../../dialects/common/connection.js';
import type { MigrationError } from '../../errors/migration-error.js';
import { createMigrator } from '../create-migrator.js';
import type { SpecDatabase } from './database.fixture.js';
import type { MigrationEvent } from '../events.js';
import type { Migrator } from '../migrator-api.js';
import type { MigratorOptions } from '../migrator-options.js';

/** The body of a revision in a spec. */
export interface SpecRevision {
  readonly down?: string | readonly string[] | null;
  readonly dependsOn?: string;
  readonly labels?: readonly string[];
  readonly message?: string;
  readonly upgrade?: string;
  readonly downgrade?: string;
  /** More exports. */
  readonly more?: string;
}

/** A migrations folder with a migrator over it. */
export interface Workshop {
  readonly root: string;
  readonly versions: string;
  readonly events: MigrationEvent[];
  readonly migrator: Migrator;
  /** Another migrator over the same folder. */
  migratorWith(options: Partial<MigratorOptions>): Migrator;
  put(id: string, revision?: SpecRevision): string;
  remove(): void;
}

/** Makes a migrations folder in a temporary place. */
export function createWorkshop(
  database: Pick<SpecDatabase, 'connect'>,
  options: Pick<MigratorOptions, 'dialect'> & Partial<MigratorOptions>,
): Workshop {
  const root = mkdtempSync(join(tmpdir(), 'core-spec-'));
  const versions = join(root, 'migrations', 'versions');
  mkdirSync(versions, { recursive: true });
  const events: MigrationEvent[] = [];
  const migratorWith = (more: Partial<MigratorOptions>): Migrator =>
    createMigrator({
      connect: () => database.connect(),
      rootDirectory: root,
      onEvent: (event) => events.push(event),
      ...options,
      ...more,
    });
  return {
    root,
    versions,
    events,
    migrator: migratorWith({}),
    migratorWith,
    put: (id, revision = {}) => {
      const file = join(versions, `${id}.ts`);
      writeFileSync(file, revisionText(id, revision));
      return file;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function revisionText(id: string, revision: SpecRevision): string {
  const json = (value: unknown): string => JSON.stringify(value ?? null);
  return `export const revision = ${json(id)};
export const message = ${json(revision.message ?? `message of ${id}`)};
export const downRevision = ${json(revision.down)};
export const branchLabels = ${json(revision.labels)};
export const dependsOn = ${json(revision.dependsOn)};
${revision.more ?? ''}
export async function upgrade(op: any, ctx: any): Promise<void> {
  ${revision.upgrade ?? `await op.createTable('t_${id}', (t: any) => [t.column('id', 'int')]);`}
}
${revision.downgrade === 'none' ? '' : `export async function downgrade(op: any, ctx: any): Promise<void> {\n  ${revision.downgrade ?? `await op.dropTable('t_${id}');`}\n}`}
`;
}

/** The error of ours that a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<MigrationError> {
  return promise.then(
    (value) => {
      throw new Error(`it resolved with ${JSON.stringify(value)}`);
    },
    (error: MigrationError) => error,
  );
}

/** What the checker sees: version rows, user tables, lines of the log. */
export async function stateOf({ checker }: SpecDatabase) {
  const column = async (sql: string): Promise<string[]> =>
    (await checker.query<{ value: string }>(sql)).rows.map(({ value }) => value);
  const has = async (table: string): Promise<boolean> =>
    (await checker.query(`SELECT to_regclass($1) IS NOT NULL AS there`, [table])).rows[0].there;
  return {
    rows: (await has('public.alembic_version'))
      ? await column('SELECT version_num AS value FROM public.alembic_version ORDER BY 1')
      : undefined,
    tables: await column(
      `SELECT c.relname AS value FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
       AND c.relname NOT LIKE 'alembic%' ORDER BY 1`,
    ),
    log: (await has('public.alembic_version_log'))
      ? await column(
          `SELECT direction || ' ' || revision AS value FROM public.alembic_version_log ORDER BY id`,
        )
      : [],
  };
}

/** What the checker sees of the ledger; undefined where there is none. */
export async function ledgerOf({ checker }: SpecDatabase): Promise<readonly string[] | undefined> {
  const name = 'public.alembic_version_ledger';
  const { rows: found } = await checker.query('SELECT to_regclass($1) AS there', [name]);
  if (found[0].there === null) return undefined;
  const { rows } = await checker.query<{ line: string }>(
    `SELECT concat_ws(' ', direction, revision, stmt_no, state) AS line FROM ${name} ORDER BY revision, stmt_no`,
  );
  return rows.map(({ line }) => line);
}

/** I5: locks and open transactions that are left. The session of a `pg_dump` may outlive it for a moment. */
export async function leaksOf({ checker }: SpecDatabase): Promise<readonly string[]> {
  const { rows } = await checker.query<{ value: string }>(
    `SELECT 'advisory lock' AS value FROM pg_locks WHERE locktype = 'advisory'
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
     UNION ALL SELECT state FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'
       AND application_name <> 'pg_dump'`,
  );
  return rows.map(({ value }) => value);
}

/** Empties a database between two specs. */
export async function reset({ checker }: SpecDatabase): Promise<void> {
  await checker.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
}

/** Counts the round trips of a session. */
export function counting(connection: Connection, onTrip: (sql: string) => void): Connection {
  return {
    ...connection,
    query: (sql, parameters) => {
      onTrip(sql);
      return connection.query(sql, parameters);
    },
    script: (sql) => {
      onTrip(sql);
      return connection.script(sql);
    },
    ...(connection.attempt && {
      attempt: (sql: string) => {
        onTrip(sql);
        return connection.attempt!(sql);
      },
    }),
  };
}
