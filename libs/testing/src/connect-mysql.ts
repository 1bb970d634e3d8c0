import type { Connection, QueryResult } from '@nest-alembic/core';
import type { Connection as Client, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { loadDriver } from './load-driver.js';

/**
 * Opens one session with MySQL or MariaDB over plain `mysql2`: `query` by the binary protocol where there are parameters;
 * `script` takes any number of statements, in one round trip. Big integers and decimals are texts.
 *
 * @throws Error when the driver is not installed
 */
export async function connectMysql(url: string): Promise<Connection> {
  const { createConnection } = await loadDriver('mysql2', () => import('mysql2/promise'));
  const client = await createConnection({
    uri: url,
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: true,
  });
  // A session that the server ends while nobody waits must not end the process; the next statement reports it.
  client.on('error', () => undefined);
  return new PlainMysqlConnection(client);
}

/** What one statement is answered with. */
type Answer = ResultSetHeader | readonly RowDataPacket[];

class PlainMysqlConnection implements Connection {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> {
    const [answer] =
      parameters.length > 0
        ? await this.#client.execute(sql, [...parameters] as string[])
        : await this.#client.query(sql);
    return resultOf(answer as Answer) as QueryResult<Row>;
  }

  async script(sql: string): Promise<readonly QueryResult[]> {
    const [answer, fields] = await this.#client.query(sql);
    // Several results have a list of fields each, undefined for one without rows.
    const isOne =
      !Array.isArray(answer) || !fields?.some((of) => of === undefined || Array.isArray(of));
    const answers = (isOne ? [answer] : answer) as readonly Answer[];
    return answers.map(resultOf);
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => undefined);
  }
}

function resultOf(answer: Answer): QueryResult {
  return 'affectedRows' in answer
    ? { rows: [], rowCount: answer.affectedRows }
    : { rows: answer, rowCount: answer.length };
}
