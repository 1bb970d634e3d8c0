import { MigrationError } from '../errors/migration-error.js';
import type { DowngradeRequest } from './plan-downgrade.js';
import { isAmbiguousDowngrade, planDowngrade } from './plan-downgrade.js';
import { planUpgrade } from './plan-upgrade.js';
import { listed, quoted } from './quote.js';
import type { RevisionGraph } from './revision-graph.js';
import type { MigrationStep } from './step.js';

/**
 * The steps from the rows of the version table down to a target, then up again to the same rows. Empty when the target is
 * current.
 *
 * @throws MigrationError E1014 when `-N` could mean several branches, and those of a downgrade
 */
export function planRedo(
  graph: RevisionGraph,
  { rows, target }: DowngradeRequest,
): readonly MigrationStep[] {
  // A downgrade warns and takes the first; to run the wrong revision again is worse than to ask.
  if (isAmbiguousDowngrade({ rows, target })) throw ambiguousRedo(target, rows);
  const down = planDowngrade(graph, { rows, target });
  const lowest = down.at(-1);
  if (lowest === undefined) return [];
  return [...down, ...planUpgrade(graph, { rows: lowest.rowsAfter, targets: rows })];
}

const ambiguousRedo = (target: string, rows: readonly string[]): MigrationError =>
  new MigrationError('E1014', {
    problem: `${quoted(target)} could mean several branches: the database is at ${listed(rows)}`,
    advice: `Nothing was run. Put a branch in front ("<label>@${target}"), or name the revision to go back to.`,
    facts: { target, rows },
  });
