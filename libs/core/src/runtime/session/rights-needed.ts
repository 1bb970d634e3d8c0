import type { Dialect } from '../../dialects/common/dialect.js';
import type { ObjectName } from '../../schema/object-name.js';
import { displayName } from '../../schema/object-name.js';

/** What a role needs on our tables, as a sentence for someone who may grant it. Pure. */
export function rightsNeeded(
  { versionTables }: Pick<Dialect, 'versionTables'>,
  versionTable: ObjectName,
): string {
  const [rows, log, ledger] = versionTables
    .ownTables(versionTable)
    .map((table) => `"${displayName(table)}"`);
  return `To read, a role needs SELECT on ${rows}, ${log} and ${ledger} (and USAGE on their schema); to migrate, also INSERT, UPDATE and DELETE on ${rows} and ${ledger}, and INSERT on ${log}: GRANT it those, or run this as the owner.`;
}
