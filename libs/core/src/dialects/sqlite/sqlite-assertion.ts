/** Names the checks that can fail in the database. */
export type AssertionName = 'rows' | 'count' | 'keys' | 'rebuild';

const MARK = 'nest-alembic-check';

/**
 * A value that fails to be computed unless a condition holds: `json_extract` tells a path that it cannot read. What the condition
 * does not hold for is told by `detail`, an SQL expression of type text.
 */
export const assertionValue = (condition: string, name: AssertionName, detail: string): string =>
  `json_extract('{}', CASE WHEN ${condition} THEN '$' ELSE '${MARK}:${name}:' || ${detail} END)`;

/** A query that fails unless a condition holds. */
export const assertion = (condition: string, name: AssertionName, detail: string): string =>
  `SELECT ${assertionValue(condition, name, detail)} AS ${name}_checked`;

/** Which check an error of the driver comes from, wherever in the chain of wrapped errors it stands; else undefined. */
export function failedAssertion(
  error: unknown,
): { readonly name: AssertionName; readonly detail: string } | undefined {
  for (let link = error, depth = 0; link instanceof Error && depth < 5; depth += 1) {
    const found = PATTERN.exec(link.message);
    if (found?.groups)
      return {
        name: found.groups['name'] as AssertionName,
        detail: (found.groups['detail'] ?? '').replaceAll("''", "'"),
      };
    link = (link as { readonly driverError?: unknown }).driverError ?? link.cause;
  }
  return undefined;
}

/** `bad JSON path: '…'` from version 3.45 on, `JSON path error near '…'` before. */
const PATTERN = new RegExp(
  `JSON path(?: error near|:) '${MARK}:(?<name>[a-z]+):(?<detail>.*)'$`,
  's',
);
