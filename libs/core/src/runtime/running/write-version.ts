import type { RevisionTexts } from '../../dialects/common/revision-texts.js';
import type { LogEntry, VersionTables } from '../../dialects/common/version-tables.js';
import type { VersionChange } from '../../graph/step.js';
import type { ObjectName } from '../../schema/object-name.js';

/** What one transaction writes into our tables. */
export interface VersionWrite {
  readonly versionTable: ObjectName;
  readonly changes: readonly VersionChange[];
  readonly entries: readonly LogEntry[];
  /** Remove all rows first (`stamp --purge`). */
  readonly purge?: boolean;
}

/** What writes them: {@link VersionTables}, or texts that a session keeps. */
export type VersionWriter = Pick<VersionTables, 'purge' | 'change'> &
  Pick<RevisionTexts, 'changeOne' | 'insertLog'>;

/**
 * The statements that change the version rows and add to the log.
 * @param firstChange place of the first change in its transaction: then each must meet exactly one row (VT-11). Absent for
 * a script, which counts no rows (OFF-08)
 */
export function writesOf(
  writer: VersionWriter,
  { versionTable, changes, entries, purge }: VersionWrite,
  firstChange?: number,
): readonly string[] {
  return [
    ...(purge ? [writer.purge(versionTable)] : []),
    ...changes.map((change, at) =>
      firstChange === undefined
        ? writer.change(versionTable, change)
        : writer.changeOne(versionTable, change, firstChange + at),
    ),
    ...entries.map((entry) => writer.insertLog(versionTable, entry)),
  ];
}
