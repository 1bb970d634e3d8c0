import type { QueryResult } from '@nest-alembic/core';

/** Runs the statements of a script one after the other, for drivers that take one at a time; ends with the first error. */
export async function scriptOf(
  statements: readonly string[],
  run: (statement: string) => Promise<QueryResult>,
): Promise<readonly QueryResult[]> {
  const results: QueryResult[] = [];
  for (const statement of statements) results.push(await run(statement));
  return results;
}
