import type { Dialect } from '../dialects/common/dialect.js';
import type { LogEntry } from '../dialects/common/version-tables.js';
import type { VersionChange } from '../graph/step.js';
import type { ObjectName } from '../schema/object-name.js';

/** What one transaction writes into our tables. */
export interface VersionWrite {
  readonly versionTable: ObjectName;
  readonly changes: readonly VersionChange[];
  readonly entries: readonly LogEntry[];
  /** Remove all rows first (`stamp --purge`). */
  readonly purge?: boolean;
}

/**
 * The statements that change the version rows and add to the log.
 * @param firstChange place of the first change in its transaction: then each must meet exactly one row (VT-11). Absent for
 * a script, which counts no rows (OFF-08)
 */
export function writesOf(
  { versionTables }: Dialect,
  { versionTable, changes, entries, purge }: VersionWrite,
  firstChange?: number,
): readonly string[] {
  return [
    ...(purge ? [versionTables.purge(versionTable)] : []),
    ...changes.map((change, at) =>
      firstChange === undefined
        ? versionTables.change(versionTable, change)
        : versionTables.changeOne(versionTable, change, firstChange + at),
    ),
    ...entries.map((entry) => versionTables.insertLog(versionTable, entry)),
  ];
}
