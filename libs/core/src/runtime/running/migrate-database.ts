import { MigrationError } from '../../errors/migration-error.js';
import { isAmbiguousDowngrade, planDowngrade } from '../../graph/plan-downgrade.js';
import { planUpgrade } from '../../graph/plan-upgrade.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import type { MigrationStep, Step } from '../../graph/step.js';
import { tellEdited } from './edited-revisions.js';
import { placeOf } from './execute-revision.js';
import type { Environment } from '../options/environment.js';
import type { MigrateOptions } from '../migrator-api.js';
import type { MigrateResult } from '../migrator-results.js';
import { loadStep } from './revision-function.js';
import { wholeRunUnits } from './whole-run-unit.js';
import type { RevisionToRun } from './revision-unit.js';
import { revisionUnit } from './revision-unit.js';
import type { MigrationPlan } from './run-migration.js';
import { runMigration } from './run-migration.js';
import type { WorkUnit } from './work-unit.js';

/** One direction of migrating: how it plans. */
export interface Migration {
  readonly environment: Environment;
  readonly graph: RevisionGraph;
  readonly direction: 'upgrade' | 'downgrade';
  readonly target: string;
}

/**
 * Runs revisions up or down to a target.
 * @throws MigrationError E7007 for a range, and those of planning and running
 */
export async function migrateDatabase(
  migration: Migration,
  options: MigrateOptions,
): Promise<MigrateResult> {
  if (migration.target.includes(':')) throw rangeNeedsSql(migration.target);
  return runMigration(migration.environment, planOf(migration), options);
}

/**
 * The steps from rows of the version table to the target.
 * @param told warnings that were given: a run plans before and under the lock, and a person is told once
 */
export function planSteps(
  { environment, graph, direction, target }: Migration,
  rows: readonly string[],
  told: Set<string> = new Set(),
): readonly MigrationStep[] {
  if (direction === 'upgrade') return planUpgrade(graph, { rows, targets: [target] });
  const message = ambiguityOf(rows, target);
  if (message !== undefined && !told.has(message)) {
    environment.emit({ type: 'warning', message });
    told.add(message);
  }
  return planDowngrade(graph, { rows, target });
}

function planOf(migration: Migration): MigrationPlan {
  const { environment, graph, direction, target } = migration;
  const told = new Set<string>();
  return {
    plan: (rows) => planSteps(migration, rows, told),
    ...(direction === 'upgrade' && {
      examine: ({ connection, versionTable }, { rows, checksums }) =>
        tellEdited(environment, { graph, rows, connection, versionTable, checksums }),
    }),
    unitsOf: (steps) => loadUnits(environment, steps),
    isAbsolute: !/^(.+@)?[+-]\d+$/.test(target),
  };
}

/** Loads all of them before the first one runs: a broken file in the middle leaves the database as it was. */
export async function loadUnits(
  environment: Environment,
  steps: readonly Step[],
): Promise<readonly WorkUnit[]> {
  const revisions = await loadSteps(environment, steps as readonly MigrationStep[], false);
  return environment.transactionPerRevision
    ? revisions.map(revisionUnit)
    : wholeRunUnits(environment, revisions);
}

/** Loads the functions of steps. */
export async function loadSteps(
  environment: Environment,
  steps: readonly MigrationStep[],
  isOffline: boolean,
): Promise<readonly RevisionToRun[]> {
  const place = placeOf(steps, isOffline);
  const revisions: RevisionToRun[] = [];
  for (const step of steps)
    revisions.push({ step, place, loaded: await loadStep(environment, step) });
  return revisions;
}

function ambiguityOf(rows: readonly string[], target: string): string | undefined {
  if (!isAmbiguousDowngrade({ rows, target })) return undefined;
  return `downgrade ${target} from several current revisions is ambiguous: "${rows[0]}" is taken. Name the branch, as in "<branch>@${target}".`;
}

const rangeNeedsSql = (target: string): MigrationError =>
  new MigrationError('E7007', {
    problem: `"${target}" is a range, which only a script can be made for`,
    advice: 'Add --sql, or name the target alone.',
    facts: { target },
  });
