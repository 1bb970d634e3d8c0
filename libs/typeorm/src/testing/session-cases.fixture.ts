import { Socket } from 'node:net';
import type { Connection } from '@nest-alembic/core';
import type { DataSource } from 'typeorm';
import { typeormConnection } from '../runtime/typeorm-connection.js';

/** Sessions of a driver over a server. */
export interface TestedSessions {
  /** Those of the running spec; the pool has two. */
  readonly connection: () => Connection;
  readonly dataSource: () => DataSource;
  /** A query for the number of the session, as `id`. */
  readonly idSql: string;
  /** A query that takes 0.2 seconds. */
  readonly sleepSql: string;
  /** Ends the session of a number. */
  readonly killSql: (id: unknown) => string;
  /** Statements that leave a transaction open, with what they are. */
  readonly openings: readonly (readonly [string, string])[];
  /** Leaves a setting and a lock on the session. */
  readonly traces: string;
  /** A query for what is left of the traces, and the row that says "nothing". */
  readonly tracesSql: string;
  readonly noTraces: object;
}

/** What every session over a server keeps to: it is one, it ends without a trace, it is given back. */
export function describeSessions(tested: TestedSessions): void {
  const { connection, dataSource, idSql } = tested;
  const idOf = async (session: Connection): Promise<unknown> =>
    (await session.query(idSql)).rows[0]?.['id'];

  it('sends TCP keep-alives: behind a firewall that forgets a long DDL would never come back', async () => {
    const setKeepAlive = jest.spyOn(Socket.prototype, 'setKeepAlive');
    const other = await typeormConnection(dataSource());
    expect(setKeepAlive).toHaveBeenCalledWith(true, 10_000);
    setKeepAlive.mockRestore();
    await other.close();
  });

  it('is one session, and another one beside it', async () => {
    expect(await idOf(connection())).toBe(await idOf(connection()));
    const other = await typeormConnection(dataSource());
    expect(await idOf(other)).not.toBe(await idOf(connection()));
    await other.close();
  });

  it('is given back on close, and used again', async () => {
    const first = await idOf(connection());
    await connection().close();
    expect(await dataSource().query(idSql)).toEqual([{ id: first }]);
  });

  it.each<[string, (session: Connection) => Promise<void> | undefined]>([
    ['destroy', (session) => session.destroy?.()],
    ...tested.openings.map(([what, sql]): [string, (session: Connection) => Promise<void>] => [
      `close in ${what}`,
      async (session) => {
        await session.query(sql);
        await session.close();
      },
    ]),
    [
      'close in the middle of a statement',
      async (session) => {
        const running = session.query(tested.sleepSql);
        await session.close();
        await running;
      },
    ],
  ])('ends with %s, and nothing of it is left', async (_, end) => {
    const before = await idOf(connection());
    await connection().script(tested.traces);
    await end(connection());
    const [row] = await dataSource().query(tested.tracesSql);
    expect(row).toEqual({ ...tested.noTraces, id: expect.anything() });
    expect(row.id).not.toBe(before);
  });

  it('closes twice, and after the data source is gone, without an error', async () => {
    await connection().close();
    await connection().close();
    await connection().destroy?.();
    await dataSource().destroy();
    await expect(connection().close()).resolves.toBeUndefined();
  });

  it('survives its end by an administrator: the next statement fails, and the pool goes on', async () => {
    const victim = await idOf(connection());
    await dataSource().query(tested.killSql(victim));
    await expect(connection().query('SELECT 1')).rejects.toThrow();
    await expect(connection().close()).resolves.toBeUndefined();
    const [row] = await dataSource().query(idSql);
    expect(row.id).not.toBe(victim);
  });
}
