import { messageOf } from './mysql-driver-errors.js';
import { mysqlQuoting } from './mysql-quoting.js';

/** Names the checks that can fail on the server. */
export type AssertionName = 'lost' | 'rows' | 'count';

const MARK = 'nest_alembic_check';

/**
 * Statements that fail unless a condition holds, outside of stored programs too: a text that is no SQL is prepared, and the error
 * quotes it. PREPARE commits nothing. What the condition does not hold for is told by `detail`, an SQL expression of type text, of
 * which the server quotes 80 characters.
 */
export function assertion(condition: string, name: AssertionName, detail = `''`): string {
  const failed = mysqlQuoting.literal(`${MARK} ${name} `);
  return [
    `SET @${MARK} = IF(${condition}, 'DO 0', CONCAT(${failed}, ${detail}))`,
    `PREPARE ${MARK} FROM @${MARK}`,
  ].join(';\n');
}

/** Which check an error of the driver comes from; else undefined. */
export function failedAssertion(
  error: unknown,
): { readonly name: AssertionName; readonly detail: string } | undefined {
  const found = PATTERN.exec(messageOf(error, PARSE_ERROR) ?? '');
  if (!found?.groups) return undefined;
  return { name: found.groups['name'] as AssertionName, detail: found.groups['detail'] ?? '' };
}

const PATTERN = new RegExp(`'${MARK} (?<name>[a-z]+) ?(?<detail>[^']*)`);
const PARSE_ERROR = 1064;
