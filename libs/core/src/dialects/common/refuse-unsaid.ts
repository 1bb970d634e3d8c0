import { MigrationError } from '../../errors/migration-error.js';
import { displayName } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';

/**
 * Refuses attributes that this database has no words for: left out silently, a revision would say more than the database then has.
 * @param subject what has them, in words: `column "a"`
 * @param given the attributes by the names of their options; one that is undefined or null says nothing
 * @throws MigrationError E3012
 */
export function refuseUnsaid(subject: string, given: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(given).filter((name) => (given[name] ?? null) !== null);
  if (names.length === 0) return;
  throw new MigrationError('E3012', {
    problem: `${subject} has ${names.map((name) => `"${name}"`).join(' and ')}, for which this database has no words`,
    advice: 'Leave it out for this database.',
    facts: { options: names },
  });
}

/**
 * Refuses a column that is to be made anew with all that it has: only some databases keep that.
 * @throws MigrationError E3012
 */
export function refuseAnew(
  { table, anew }: { readonly table: ObjectName; readonly anew?: true },
  column: string,
): void {
  refuseUnsaid(`column "${displayName(table)}.${column}"`, { anew });
}
