import type { Connection } from '../../dialects/common/connection.js';
import type { Dialect } from '../../dialects/common/dialect.js';

/** A session outside of a transaction. */
interface OpenSession {
  readonly connection: Connection;
  readonly dialect: Dialect;
}

/**
 * The rows of a query whose words only look, while the server refuses every change: a function that is called, or a view that calls
 * one, may make some all the same.
 * @returns undefined where it would have changed something; then nothing has happened
 */
export async function queryReadOnly(
  { connection, dialect }: OpenSession,
  { sql, parameters }: { readonly sql: string; readonly parameters: readonly unknown[] },
): Promise<readonly object[] | undefined> {
  const { readOnlyStatements: texts } = dialect.session;
  if (texts === undefined) return (await connection.query(sql, parameters)).rows;
  await connection.script(texts.begin);
  try {
    return (await connection.query(sql, parameters)).rows;
  } catch (error) {
    if (dialect.session.errorKind(error) !== 'readOnly') throw error;
    return undefined;
  } finally {
    // Where even this fails the session is gone, and the error on its way says more.
    await connection.script(texts.end).catch(() => undefined);
  }
}
