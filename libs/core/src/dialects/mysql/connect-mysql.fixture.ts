// A fixture talks to a real server over the driver itself; the published code of core never imports it.
import { createConnection, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise';
import type { Connection, QueryResult } from '../common/connection.js';

type Answer = ResultSetHeader | readonly RowDataPacket[];

/** A session over plain `mysql2`, for processes that have nothing but core. */
export async function connectMysqlClient(url: string): Promise<Connection> {
  const client = await createConnection({ uri: url, multipleStatements: true });
  client.on('error', () => undefined);
  const query = async (sql: string, parameters: readonly unknown[]) =>
    (parameters.length > 0
      ? await client.execute(sql, [...parameters] as string[])
      : await client.query(sql)) as [unknown, unknown];
  return {
    query: async <Row extends object>(sql: string, parameters: readonly unknown[] = []) => {
      const [answer] = await query(sql, parameters);
      return resultOf(answer as Answer) as QueryResult<Row>;
    },
    script: async (sql) => {
      const [answer, fields] = await query(sql, []);
      const isSeveral =
        Array.isArray(fields) && fields.some((of) => of === undefined || Array.isArray(of));
      return (isSeveral ? (answer as Answer[]) : [answer as Answer]).map(resultOf);
    },
    close: async () => {
      await client.end().catch(() => undefined);
    },
  };
}

const resultOf = (answer: Answer): QueryResult =>
  'affectedRows' in answer
    ? { rows: [], rowCount: answer.affectedRows }
    : { rows: answer, rowCount: answer.length };
