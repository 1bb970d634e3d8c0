import type { LogEntry, VersionTableForm } from '../common/version-tables.js';
import { ROWS_AT_ONCE } from './postgres-json-rows.js';
import { postgresVersionTables as tables } from './postgres-version-tables.js';
import { useSpecDatabase } from '../../runtime/testing/use-workshop.fixture.js';

const database = useSpecDatabase();

const run = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await database.checker.query(sql)).rows;
const form = async (name: {
  schema: string | null;
  name: string;
}): Promise<VersionTableForm | undefined> => {
  const rows = await run(tables.exists(name));
  return rows[0] as unknown as VersionTableForm;
};

describe('the version table', () => {
  const table = { schema: null, name: 'alembic_version' };

  it('VT-01: is the same as the one that Alembic makes', async () => {
    expect(await form(table)).toMatchObject({ present: false, log_present: false });
    for (const sql of tables.create(table)) await run(sql);
    expect(
      await run(
        `SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
           c.conname, c.contype FROM pg_attribute a JOIN pg_constraint c ON c.conrelid = a.attrelid AND c.contype = 'p'
         WHERE a.attrelid = 'alembic_version'::regclass AND a.attnum > 0`,
      ),
    ).toEqual([
      {
        attname: 'version_num',
        type: 'character varying(32)',
        attnotnull: true,
        conname: 'alembic_version_pkc',
        contype: 'p',
      },
    ]);
    expect(await form(table)).toEqual({
      present: true,
      log_present: true,
      is_table: true,
      columns: '["version_num"]',
      is_text: true,
      width: 32,
      can_read: true,
      can_write: true,
    });
  });

  it('VT-11, VT-12: is changed by literals, one row at a time', async () => {
    const change = async (...args: Parameters<typeof tables.change>): Promise<number | null> =>
      (await database.checker.query(tables.change(...args))).rowCount;
    expect(await change(table, { action: 'insert', revision: 'a' })).toBe(1);
    expect(await change(table, { action: 'insert', revision: `o'b` })).toBe(1);
    expect(await change(table, { action: 'update', from: 'a', to: 'c' })).toBe(1);
    expect(await change(table, { action: 'update', from: 'a', to: 'd' })).toBe(0);
    expect(await run(tables.selectRows(table))).toEqual([
      { version_num: 'c' },
      { version_num: `o'b` },
    ]);
    expect(await change(table, { action: 'delete', revision: `o'b` })).toBe(1);
    await run(tables.purge(table));
    expect(await run(tables.selectRows(table))).toEqual([]);
  });

  it('E15, B099: is not read from a schema that merely comes later in the search path', async () => {
    await run(`CREATE SCHEMA tenant`);
    await run(
      tables.change({ schema: 'public', name: table.name }, { action: 'insert', revision: 'p' }),
    );
    await run(`SET search_path = tenant, public`);
    expect(await run(tables.selectRows(table))).toEqual([]);
    expect(await form(table)).toMatchObject({ present: false });
    await run(`SET search_path = public`);
    expect(await run(tables.selectRows(table))).toEqual([{ version_num: 'p' }]);
  });

  it('may have any name, in any schema', async () => {
    const odd = { schema: 'odd "schema"', name: `Version's.table` };
    await run(`CREATE SCHEMA "odd ""schema"""`);
    for (const sql of tables.create(odd)) await run(sql);
    await run(tables.change(odd, { action: 'insert', revision: 'a' }));
    expect(await run(tables.selectRows(odd))).toEqual([{ version_num: 'a' }]);
    expect(await form(odd)).toMatchObject({ present: true, log_present: true });
    expect(tables.ownTables(odd).map(({ name }) => name)).toEqual([
      `Version's.table`,
      `Version's.table_log`,
      `Version's.table_ledger`,
    ]);
  });
});

describe('the log', () => {
  const table = { schema: null, name: 'logged' };
  const entry: LogEntry = {
    revision: 'a',
    direction: 'upgrade',
    rows: ['a', 'b'],
    message: `it's \\ "quoted"\nin two lines`,
    checksum: 'abc',
    durationMs: 12.4,
    runId: 'run',
    appliedBy: 'me@host',
    toolVersion: '0.1.0',
    effects: [{ action: 'made', kind: 'table', schema: null, name: `o'"\\d`, entity: 'Account' }],
  };

  it('gives back what was written, oldest first', async () => {
    for (const sql of tables.create(table)) await run(sql);
    await run(tables.insertLog(table, entry));
    const { checksum, ...stamp } = entry;
    await run(tables.insertLog(table, { ...stamp, direction: 'stamp', effects: [] }));
    const rows = await run('SELECT direction, checksum, message FROM logged_log ORDER BY id');
    expect(rows.map(({ direction, checksum: sum, message }) => [direction, sum, message])).toEqual([
      ['upgrade', checksum, entry.message],
      ['stamp', null, entry.message],
    ]);
    const stored = await run(
      'SELECT version_nums, duration_ms::int AS ms FROM logged_log ORDER BY id',
    );
    expect(stored[0]).toEqual({ version_nums: ['a', 'b'], ms: 12 });
  });

  it('gives back the effects of all revisions, oldest first, however many one has', async () => {
    const effects = Array.from({ length: 2 * ROWS_AT_ONCE + 1 }, (_, at) => ({
      ...entry.effects[0],
      name: `t${at} '"\\d`,
    })) as LogEntry['effects'];
    for (const sql of tables.create(table)) await run(sql);
    await run('DELETE FROM logged_log');
    for (const some of [entry.effects, effects, [], entry.effects])
      await run(tables.insertLog(table, { ...entry, effects: some }));
    const rows = await run(tables.selectObjects(table));
    expect(rows.flatMap(({ objects }) => JSON.parse(String(objects)) as unknown[])).toEqual([
      ...entry.effects,
      ...effects,
      ...entry.effects,
    ]);
    expect(rows).toHaveLength(5);
  });
});
