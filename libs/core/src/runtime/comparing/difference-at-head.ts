import { MigrationError } from '../../errors/migration-error.js';
import type { SchemaDiff } from '../../autogenerate/schema-diff.js';
import type { Connection } from '../../dialects/common/connection.js';
import { planUpgrade } from '../../graph/plan-upgrade.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import { isAtHead } from '../../graph/rows-state.js';
import { compareSchema, type ComparisonOptions } from './compare-schema.js';
import { withDatabase } from '../session/connect-database.js';
import type { Environment } from '../options/environment.js';
import { lookAtRows, type LookedAtRows } from './look-at-rows.js';
import { readRows } from '../session/read-rows.js';
import { unverifiedDifference, unverifiedWords } from './unverified-difference.js';

/** How the difference is asked for. */
export interface DifferenceOptions extends ComparisonOptions {
  /**
   * The difference is to be written: what may only be one of spelling is refused, and the rows are asked whether they are in the
   * way. @default false
   */
  readonly forWriting?: boolean;
  /** Looks at the database, given the rows of its version table, before anything is compared. */
  readonly examine?: (connection: Connection, rows: readonly string[]) => Promise<void>;
}

/**
 * The difference between the model and a database at head. Changes nothing.
 * @throws MigrationError E4014 for a database behind the revisions, E5014 for what is to be written and could not be compared, and
 *   where all that differs may only be spelled otherwise, E9006 without a model
 */
export async function differenceAtHead(
  environment: Environment,
  graph: RevisionGraph,
  { examine, forWriting = false, ...options }: DifferenceOptions,
): Promise<SchemaDiff & Partial<Pick<LookedAtRows, 'rowsInTheWay'>>> {
  const dialect = environment.dialect();
  const { versionTable } = environment;
  return withDatabase(environment, async (connection) => {
    const rows = await readRows({ dialect, connection, versionTable });
    await examine?.(connection, rows);
    assertAtHead(graph, rows);
    const { diff, current, notAsked } = await compareSchema(environment, connection, options);
    if (diff.unverified && (forWriting || isAllInDoubt(diff)))
      throw unverifiedDifference(environment, diff, notAsked);
    if (diff.unverified) environment.emit({ type: 'warning', message: unverifiedWords(notAsked) });
    if (!forWriting || diff.questions.length > 0) return diff;
    return {
      ...diff,
      ...(await lookAtRows(environment, connection, { operations: diff.operations, current })),
    };
  });
}

/** That there is a difference cannot be said then. */
function isAllInDoubt({ operations, questions, doubtful = [] }: SchemaDiff): boolean {
  return doubtful.length > 0 && doubtful.length === operations.length && questions.length === 0;
}

/** CLI-40: what is pending would show as missing in the model. */
function assertAtHead(graph: RevisionGraph, rows: readonly string[]): void {
  if (isAtHead(graph, rows)) return;
  const pending = planUpgrade(graph, { rows, targets: ['heads'] }).map(
    ({ revision }) => revision.id,
  );
  throw new MigrationError('E4014', {
    problem: `the database is not at head: ${pending.map((id) => `"${id}"`).join(', ')} ${pending.length === 1 ? 'is' : 'are'} not applied`,
    advice: 'Nothing was compared or written. Run `upgrade heads` first.',
    facts: { rows, pending },
  });
}
