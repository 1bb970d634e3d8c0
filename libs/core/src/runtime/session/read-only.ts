import type { Connection } from '../../dialects/common/connection.js';
import type { Session } from '../../dialects/common/session.js';

/** A connection, and how its database says what is needed. */
export interface ReadOnlyPlace {
  readonly connection: Connection;
  readonly session: Pick<Session, 'readOnly'>;
}

/**
 * Does work in a transaction that refuses every write, and is rolled back whatever happens.
 * @param settings statements that set up the transaction
 */
export async function readOnly<T>(
  { connection, session }: ReadOnlyPlace,
  work: (connection: Pick<Connection, 'query'>) => Promise<T> | T,
  settings: readonly string[] = [],
): Promise<T> {
  const { begin, end } = session.readOnly;
  for (const sql of begin) await connection.query(sql);
  try {
    for (const setting of settings) await connection.query(setting);
    return await work({ query: (sql, parameters) => connection.query(sql, parameters) });
  } finally {
    // Where even this fails the session is gone, and the error on its way says more.
    for (const sql of end) await connection.query(sql).catch(() => undefined);
  }
}
