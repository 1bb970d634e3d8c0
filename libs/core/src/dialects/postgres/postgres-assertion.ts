/** Names the checks that can fail on the server. */
export type AssertionName = 'lost' | 'busy' | 'rows' | 'ended' | 'open' | 'count' | 'hidden';

const MARK = 'nest-alembic-check';

/**
 * A query that fails unless a condition holds: a text that is no boolean is cast to one. What the condition does not hold
 * for is told by `detail`, an SQL expression of type text. The caller may add a FROM clause.
 */
export function assertion(condition: string, name: AssertionName, detail = `''`): string {
  return `SELECT CAST(CASE WHEN ${condition} THEN 'true' ELSE '${MARK}:${name}:' || ${detail} END AS boolean) AS ${name}_checked`;
}

/** A condition of a WHERE clause that fails the query where another one holds, and is false else. @param detail as of {@link assertion} */
export const failingWhere = (condition: string, name: AssertionName, detail: string): string =>
  `CAST(CASE WHEN ${condition} THEN '${MARK}:${name}:' || ${detail} ELSE 'false' END AS boolean)`;

/** A condition, the name of its check, and what it tells where the condition does not hold, as of {@link assertion}. */
export type Check = readonly [condition: string, name: AssertionName, detail?: string];

/** The same for several conditions, in their order: what comes after one that does not hold is not evaluated. */
export function assertions(...checks: readonly Check[]): string {
  const failures = checks.map(
    ([condition, name, detail]) =>
      `WHEN NOT (${condition}) THEN '${MARK}:${name}:'${detail === undefined ? '' : ` || ${detail}`}`,
  );
  return `SELECT CAST(CASE ${failures.join('\n  ')} ELSE 'true' END AS boolean) AS checked`;
}

/** Which check an error of the driver comes from, wherever in the chain of wrapped errors it stands; else undefined. */
export function failedAssertion(
  error: unknown,
): { readonly name: AssertionName; readonly detail: string } | undefined {
  for (let link = error, depth = 0; link instanceof Error && depth < 5; depth += 1) {
    const found = PATTERN.exec(link.message);
    const { code } = link as { readonly code?: unknown };
    if (found?.groups && code === INVALID_TEXT)
      return { name: found.groups['name'] as AssertionName, detail: found.groups['detail'] ?? '' };
    link = (link as { readonly driverError?: unknown }).driverError ?? link.cause;
  }
  return undefined;
}

/** The server quotes the text that it could not cast, in whatever language it speaks. */
const PATTERN = new RegExp(`${MARK}:(?<name>[a-z]+):(?<detail>\\[.*\\]|[\\d:]*)`, 's');
const INVALID_TEXT = '22P02';
