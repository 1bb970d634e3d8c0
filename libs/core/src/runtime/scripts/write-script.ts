import { MigrationError } from '../../errors/migration-error.js';
import { planDowngrade } from '../../graph/plan-downgrade.js';
import { planStamp } from '../../graph/plan-stamp.js';
import { planUpgrade } from '../../graph/plan-upgrade.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import type { MigrationStep, Step } from '../../graph/step.js';
import { placeOf } from '../running/execute-revision.js';
import type { Environment } from '../options/environment.js';
import { writeGuardedScript } from './guarded-script.js';
import type { Migration } from '../running/migrate-database.js';
import type { MigrateOptions } from '../migrator-api.js';
import type { MigrateResult } from '../migrator-results.js';
import { RevisionScript } from './revision-script.js';
import { scriptBeginning } from './script-beginning.js';

/**
 * Writes the script that migrates from one place to another, without a database (design D10). The target may be a range
 * `from:to`; an upgrade without it starts from nothing (OFF-05), a downgrade needs it (CLI-57).
 * @throws MigrationError E7007 for a range that makes no sense, E6006 where a revision asks the database, E6015
 */
export async function writeMigrationScript(
  migration: Migration,
  { idempotent = false }: Pick<MigrateOptions, 'idempotent'> = {},
): Promise<MigrateResult> {
  const { environment, graph } = migration;
  const { steps, rows } = stepsOfRange(migration);
  if (!idempotent || steps.length === 0) return writeSteps(migration, steps, rows);
  const sql = await writeGuardedScript(environment, graph, steps);
  return { steps, rows: steps.at(-1)?.rowsAfter ?? rows, sql };
}

/**
 * The steps between the ends of a range, and where it begins.
 * @throws MigrationError E7007 for a range that makes no sense
 */
export function stepsOfRange({ graph, direction, target }: Migration): {
  readonly steps: readonly MigrationStep[];
  readonly rows: readonly string[];
} {
  const { from, to } = parseRange(target, direction);
  const rows = rowsAt(graph, from);
  const steps =
    direction === 'upgrade'
      ? planUpgrade(graph, { rows, targets: [to] })
      : planDowngrade(graph, { rows, target: to });
  if (steps.length === 0 && !isSamePlace(graph, rows, to)) throw emptyRange(target);
  return { steps, rows };
}

/**
 * Writes the script of a stamp. Each target may be `from:to`, with the same beginning everywhere (CLI-78).
 * @throws MigrationError E7007
 */
export async function writeStampScript(
  environment: Environment,
  graph: RevisionGraph,
  targets: readonly string[],
): Promise<MigrateResult> {
  const ranges = targets.map((target) => parseRange(target, 'stamp'));
  const starts = new Set(ranges.map(({ from }) => from));
  if (starts.size > 1)
    throw misuse('a stamp as SQL can only begin at one place', 'Give each target the same start.');
  const rows = rowsAt(graph, ranges[0]?.from ?? 'base');
  const steps = planStamp(graph, { rows, targets: ranges.map(({ to }) => to) });
  return writeSteps({ environment, graph }, steps, rows);
}

async function writeSteps(
  { environment, graph }: Pick<Migration, 'environment' | 'graph'>,
  steps: readonly Step[],
  rows: readonly string[],
): Promise<MigrateResult> {
  const beginning = scriptBeginning(graph, steps, rows);
  const script = new RevisionScript(environment, placeOf(steps, true), beginning);
  for (const step of steps) await script.write(step);
  return { steps, rows: steps.at(-1)?.rowsAfter ?? rows, sql: await script.end() };
}

interface Range {
  readonly from: string;
  readonly to: string;
}

function parseRange(target: string, direction: Step['direction']): Range {
  const parts = target.split(':');
  const [first = '', second] = parts;
  if (parts.length > 2) throw misuse(`"${target}" has more than one colon`, 'Write <from>:<to>.');
  if (second !== undefined && second !== '') return { from: first || 'base', to: second };
  if (second === undefined && direction !== 'downgrade') return { from: 'base', to: first };
  throw misuse(
    `"${target}" does not say where the ${direction} ${second === undefined ? 'begins' : 'ends'}`,
    `A script cannot ask the database: write <from>:<to>.`,
  );
}

/** A place as the rows of a version table would have it. */
const rowsAt = (graph: RevisionGraph, place: string): readonly string[] =>
  graph
    .resolve(place)
    .map(({ id }) => id)
    .sort();

const isSamePlace = (graph: RevisionGraph, rows: readonly string[], to: string): boolean => {
  if (/[+-]\d+$/.test(to)) return true;
  const wanted = rowsAt(graph, to);
  return wanted.length === rows.length && wanted.every((id, at) => id === rows[at]);
};

const emptyRange = (target: string): MigrationError =>
  misuse(`nothing lies between the ends of "${target}"`, 'Is it the wrong way round?');

const misuse = (problem: string, advice: string): MigrationError =>
  new MigrationError('E7007', { problem, advice });
