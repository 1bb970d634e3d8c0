import type { MigrationError } from '../../errors/migration-error.js';
import type { Connection } from '../common/connection.js';
import { brokenKeys } from '../common/refusals.js';
import type { BrokenKey } from '../common/refusals.js';
import { assertionValue } from './sqlite-assertion.js';
import { driverErrorKind } from './sqlite-driver-errors.js';

const VIOLATIONS = 'pragma_foreign_key_check';

/**
 * How many rows break foreign keys: a revision is not to blame for those that were there before. Undefined where the keys
 * themselves make no sense ("foreign key mismatch"), and nobody can look.
 */
export async function countBrokenKeys(connection: Connection): Promise<number | undefined> {
  try {
    const { rows } = await connection.query<{ broken: number }>(
      `SELECT count(*) AS broken FROM ${VIOLATIONS}`,
    );
    return Number(rows[0]?.broken);
  } catch (error) {
    if (driverErrorKind(error) !== 'other') throw error;
    return undefined;
  }
}

/** E6020 where more rows break foreign keys than did; else undefined. */
export async function newlyBroken(
  connection: Connection,
  before: number,
): Promise<MigrationError | undefined> {
  const broken = await countBrokenKeys(connection);
  if (broken === undefined || broken <= before) return undefined;
  const { rows } = await connection.query<{ child: string; row: number | null; parent: string }>(
    `SELECT "table" AS child, rowid AS "row", parent FROM ${VIOLATIONS} LIMIT 5`,
  );
  return brokenKeys(rows.map(({ child, row, parent }): BrokenKey => [child, row, parent]));
}

const BEFORE = 'nest_alembic_keys';

/** The same for a script: remembered at its beginning … */
export const REMEMBER_IN_SCRIPT = `CREATE TEMP TABLE ${BEFORE} AS SELECT count(*) AS broken FROM ${VIOLATIONS}`;

/** … and compared ahead of each COMMIT, by a statement that prints nothing. */
export const CHECK_IN_SCRIPT = `DELETE FROM temp.${BEFORE} WHERE ${assertionValue(
  `broken >= (SELECT count(*) FROM ${VIOLATIONS})`,
  'keys',
  `(SELECT json_group_array(json_array("table", rowid, parent)) FROM (SELECT * FROM ${VIOLATIONS} LIMIT 5))`,
)} IS NULL`;
