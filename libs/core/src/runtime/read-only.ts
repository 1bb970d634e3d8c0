import type { Connection } from '../dialects/common/connection.js';

/**
 * Does work in a transaction that refuses every write, and is rolled back whatever happens.
 * @param settings statements that set up the transaction
 */
export async function readOnly<T>(
  connection: Connection,
  work: (connection: Pick<Connection, 'query'>) => Promise<T> | T,
  settings: readonly string[] = [],
): Promise<T> {
  await connection.query('START TRANSACTION READ ONLY');
  try {
    for (const setting of settings) await connection.query(setting);
    return await work({ query: (sql, parameters) => connection.query(sql, parameters) });
  } finally {
    // Where even this fails the session is gone, and the error on its way says more.
    await connection.query('ROLLBACK').catch(() => undefined);
  }
}
