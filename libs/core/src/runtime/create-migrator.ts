import { RevisionGraph } from '../graph/revision-graph.js';
import { isAtHead } from '../graph/rows-state.js';
import { MigrationError } from '../errors/migration-error.js';
import { rememberEnvironment } from './alongside.js';
import { givenTarget, givenTargets } from './given-targets.js';
import { checkSchema } from './comparing/check-schema.js';
import { editRevisions } from './writing/edit-revisions.js';
import { ensureVersion } from './session/ensure-version.js';
import { resolveEnvironment } from './options/environment.js';
import type { Environment } from './options/environment.js';
import { initDirectory, listTemplates } from './writing/init-directory.js';
import { mergeRevisions } from './writing/merge-revisions.js';
import { migrateDatabase } from './running/migrate-database.js';
import type { MigrateOptions, Migrator, PlanOptions } from './migrator-api.js';
import type { MigratorOptions } from './migrator-options.js';
import type { CurrentResult, MigrateResult, PlanResult, RedoResult } from './migrator-results.js';
import { planMigration } from './scripts/plan-migration.js';
import { checkHeads, readBranches, readHeads } from './reading/read-graph.js';
import { rebaseRevision } from './writing/rebase-revision.js';
import { redoDatabase } from './running/redo-database.js';
import {
  readCurrent,
  readDatabaseRows,
  readHistory,
  readTarget,
  requireHeads,
} from './reading/revision-info.js';
import { readRevisions } from './running/revision-source.js';
import { stampDatabase } from './running/stamp-database.js';
import { writeRevision } from './writing/write-revision.js';
import { writeMigrationScript, writeStampScript } from './scripts/write-script.js';

/**
 * Makes the verbs of one environment. Nothing is read or opened until a verb is called; each verb reads the revisions
 * anew, and opens a session of its own when it needs the database.
 * @throws MigrationError E9002 for an option with a wrong value
 */
export function createMigrator(options: MigratorOptions): Migrator {
  const environment = resolveEnvironment(options);
  const graph = (): Promise<RevisionGraph> => readGraph(environment);
  const migrator = Object.freeze<Migrator>({
    name: environment.name,
    init: async (request = {}) => initDirectory(environment, request),
    listTemplates: async () => listTemplates(),
    revision: async (request = {}) => writeRevision(environment, await graph(), request),
    merge: async (given, request = {}) => {
      const targets = givenTargets(given, 'merge');
      return mergeRevisions(environment, await graph(), { ...request, targets });
    },
    rebase: async (given, request = {}) => {
      const target = givenTarget(given, 'rebase');
      return rebaseRevision(environment, await graph(), { ...request, target });
    },
    upgrade: (target, request = {}) => migrate(environment, ['upgrade', target], request),
    downgrade: (target, request = {}) => migrate(environment, ['downgrade', target], request),
    plan: (target, request = {}) => plan(environment, target, request),
    stamp: (targets, request = {}) => stamp(environment, targets, request),
    redo: (target = '-1', request = {}) => redo(environment, target, request),
    ensureVersion: (request = {}) => ensureVersion(environment, request),
    current: (request = {}) => current(environment, request),
    heads: async (request = {}) => readHeads(await graph(), request),
    checkHeads: async (request = {}) => checkHeads(environment, await graph(), request),
    branches: async () => readBranches(await graph()),
    history: async ({ indicateCurrent = environment.revisionEnvironment, ...request } = {}) =>
      readHistory(environment, await graph(), { indicateCurrent, ...request }),
    graph: async (request = {}) => readHistory(environment, await graph(), request),
    show: async (target) => readTarget(environment, await graph(), givenTarget(target, 'show')),
    edit: async (given, { editor } = {}) => {
      const target = givenTarget(given, 'edit');
      return editRevisions(target, await readTarget(environment, await graph(), target), editor);
    },
    check: async (request = {}) => checkSchema(environment, await graph(), request),
    isAtHead: async () => isAtHead(await graph(), await readDatabaseRows(environment)),
  });
  rememberEnvironment(migrator, environment);
  return migrator;
}

async function readGraph(environment: Environment): Promise<RevisionGraph> {
  const graph = RevisionGraph.build(await readRevisions(environment));
  for (const message of graph.warnings) environment.emit({ type: 'warning', message });
  return graph;
}

async function migrate(
  environment: Environment,
  [direction, given]: readonly ['upgrade' | 'downgrade', string],
  options: MigrateOptions,
): Promise<MigrateResult> {
  const target = givenTarget(given, direction);
  const migration = {
    environment: forRun(environment, options),
    graph: await readGraph(environment),
    direction,
    target,
  };
  if (options.sql) return writeMigrationScript(migration, options);
  if (options.idempotent) throw needsSql();
  return migrateDatabase(migration, options);
}

const needsSql = (): MigrationError =>
  new MigrationError('E7007', {
    problem: '"idempotent" is an option of scripts',
    advice: 'Add --sql, or leave it out: a run never repeats what is applied.',
  });

const neverIdempotent = (): MigrationError =>
  new MigrationError('E7007', {
    problem: '"idempotent" is an option of upgrade and downgrade',
    advice: 'Leave it out: the script of a stamp stops on a database that is not where it begins.',
  });

async function plan(
  environment: Environment,
  given: string | undefined,
  options: PlanOptions,
): Promise<PlanResult> {
  const { direction = 'upgrade' } = options;
  const target = givenTarget(given ?? (direction === 'upgrade' ? 'heads' : '-1'), 'plan');
  const graph = await readGraph(environment);
  return planMigration(
    { environment: forRun(environment, options), graph, direction, target },
    options,
  );
}

async function redo(
  environment: Environment,
  given: string,
  options: MigrateOptions,
): Promise<RedoResult> {
  const target = givenTarget(given, 'redo');
  const graph = await readGraph(environment);
  return redoDatabase({ environment: forRun(environment, options), graph, target }, options);
}

/** What options of one run change. */
const forRun = (
  environment: Environment,
  { tag, transactionPerRevision = environment.transactionPerRevision }: MigrateOptions,
): Environment => ({ ...environment, transactionPerRevision, ...(tag !== undefined && { tag }) });

async function current(
  environment: Environment,
  { checkHeads: isChecked }: NonNullable<Parameters<Migrator['current']>[0]>,
): Promise<CurrentResult> {
  const result = await readCurrent(environment, await readGraph(environment));
  if (isChecked) requireHeads(result);
  return result;
}

async function stamp(
  environment: Environment,
  given: readonly string[],
  options: NonNullable<Parameters<Migrator['stamp']>[1]>,
): Promise<MigrateResult> {
  const targets = givenTargets(given, 'stamp');
  const graph = await readGraph(environment);
  const purge = options.purge ?? false;
  if (options.idempotent) throw neverIdempotent();
  if (!options.sql) return stampDatabase({ environment, graph, targets, purge }, options);
  if (!purge) return writeStampScript(environment, graph, targets);
  throw new MigrationError('E7007', {
    problem: '--purge cannot be written as SQL',
    advice: 'Leave out --sql, or give the range with <from>:<to>.',
  });
}
