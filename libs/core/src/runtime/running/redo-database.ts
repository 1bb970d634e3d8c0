import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import { planRedo } from '../../graph/plan-redo.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import type { Environment } from '../options/environment.js';
import { loadUnits } from './migrate-database.js';
import type { MigrateOptions } from '../migrator-api.js';
import type { RedoResult } from '../migrator-results.js';
import type { MigrationPlan } from './run-migration.js';
import { runMigration } from './run-migration.js';
import type { WorkUnit } from './work-unit.js';

/** What to run again. */
export interface Redo {
  readonly environment: Environment;
  readonly graph: RevisionGraph;
  /** As of a downgrade. */
  readonly target: string;
}

/**
 * Takes a database back to a target and up again to the rows that it had, under one lock. Both ways are planned and
 * loaded before anything runs. Where a revision fails, the database stays where it is then, and the error says where.
 * @throws MigrationError E7007 for a range or a script, E1014 when `-N` could mean several branches, those of planning
 * and running
 */
export async function redoDatabase(redo: Redo, options: MigrateOptions): Promise<RedoResult> {
  const { environment, graph, target } = redo;
  refuseMisuse(target, options);
  const way: Way = {};
  const request: MigrationPlan = {
    plan: (rows) => planRedo(graph, { rows, target }),
    unitsOf: async (steps) =>
      (await loadUnits(environment, steps)).map((unit) => following(unit, way)),
    isAbsolute: false,
  };
  try {
    return await runMigration(environment, request, options);
  } catch (error) {
    throw keptWhereItFailed(error, way);
  }
}

/** Rows at the beginning and now; nothing before the first revision runs. */
interface Way {
  before?: readonly string[];
  now?: readonly string[];
}

/** A unit that tells where the database is. */
function following(unit: WorkUnit, way: Way): WorkUnit {
  return {
    ...unit,
    perform: async (session, at) => {
      const performed = unit.perform(session, at);
      // Told below: what is called ahead may fail before its turn.
      performed.catch(() => undefined);
      await at.turn?.wait();
      way.before ??= unit.rowsBefore;
      way.now = unit.rowsBefore;
      await performed;
      way.now = unit.rowsAfter;
    },
  };
}

function keptWhereItFailed(error: unknown, { before, now }: Way): unknown {
  // E5011: nobody knows where it is.
  if (
    !isMigrationError(error) ||
    error.code === 'E5011' ||
    before === undefined ||
    now === undefined
  )
    return error;
  const { code, problem, advice, facts, cause } = error;
  const place = `The database is kept where it failed, at ${namesOf(now)}.`;
  const way = `"upgrade" to ${namesOf(before)} when it is mended.`;
  return new MigrationError(code, {
    problem,
    advice: [advice, place, way].filter(Boolean).join(' '),
    facts: { ...facts, rowsBefore: before, rows: now },
    cause,
  });
}

const namesOf = (rows: readonly string[]): string =>
  rows.length === 0 ? 'base' : rows.map((row) => `"${row}"`).join(', ');

function refuseMisuse(target: string, { sql }: MigrateOptions): void {
  if (!sql && !target.includes(':')) return;
  throw new MigrationError('E7007', {
    problem: sql ? 'redo cannot be written as SQL' : `"${target}" is a range`,
    advice: sql
      ? 'Write the downgrade and the upgrade as two scripts.'
      : 'Name the target of the way down alone.',
    facts: { target },
  });
}
