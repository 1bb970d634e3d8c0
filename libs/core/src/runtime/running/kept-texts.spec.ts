import type { Connection } from '../../dialects/common/connection.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Migrator } from '../migrator-api.js';
import { errorOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const IDS = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'];

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });
let sent: string[];

beforeEach(() => {
  IDS.forEach((id, at) => shop.put(id, { down: IDS[at - 1] ?? null }));
  sent = [];
});

/** A migrator whose sessions run something ahead of texts: what others do to a session, or in another one. */
function migratorBefore(
  ahead: (text: string, own: Connection) => Promise<unknown>,
  changed = (text: string): string => text,
): Migrator {
  const connect = async (): Promise<Connection> => {
    const own = await database.connect();
    return {
      ...own,
      query: (sql, parameters) => own.query(sql, parameters),
      script: async (sql) => {
        sent.push(sql);
        await ahead(sql, own);
        return own.script(sql);
      },
      attempt: async (sql) => {
        sent.push(sql);
        await ahead(sql, own);
        return own.attempt!(changed(sql));
      },
    };
  };
  return shop.migratorWith({ connect });
}

const nothing = async (): Promise<void> => undefined;

/** Runs work ahead of the text that a pattern finds for the nth time. */
function aheadOf(pattern: RegExp, nth: number, work: (own: Connection) => Promise<unknown>) {
  let found = 0;
  return async (text: string, own: Connection): Promise<void> => {
    if (pattern.test(text) && ++found === nth) await work(own);
  };
}

const warnings = (): readonly string[] =>
  shop.events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

const applied = {
  rows: ['f6'],
  tables: IDS.map((id) => `t_${id}`),
  log: IDS.map((id) => `upgrade ${id}`),
};

describe('a run of many revisions', () => {
  it('makes the session keep what all of them send, and forget it at the end', async () => {
    await migratorBefore(nothing).upgrade('head');
    expect(await stateOf(database)).toMatchObject(applied);
    const repeated = sent.filter((text) => /^EXECUTE "nest_alembic_kept_/m.test(text));
    expect(repeated).toHaveLength(IDS.length);
    expect(sent.filter((text) => /^WITH|^SELECT CAST/m.test(text)).length).toBeLessThan(3);
    const [kept, forgotten] = [/PREPARE (\S+?)[ (]/g, /DEALLOCATE ([^\s;]+)/g].map((pattern) =>
      [...sent.join('\n').matchAll(pattern)].map((match) => match[1]).sort(),
    );
    expect(forgotten).toEqual(kept);
    expect(await shop.migrator.downgrade('base')).toMatchObject({ rows: [] });
    expect((await stateOf(database)).tables).toEqual([]);
  });

  it('takes one text for each revision: checks, statement, what is written, COMMIT', async () => {
    await migratorBefore(nothing).upgrade('a1');
    sent = [];
    await migratorBefore(nothing).upgrade('head');
    const statements = sent.map((text) => text.split(/\n?;\n(?=EXECUTE|CREATE|COMMIT|RESET)/));
    const begun = statements.filter(([first]) =>
      first?.startsWith('BEGIN ISOLATION LEVEL READ COMMITTED READ'),
    );
    expect(begun).toHaveLength(IDS.length - 1);
    for (const texts of begun)
      expect(texts.slice(0, 6)).toEqual([
        expect.stringMatching(/^BEGIN/),
        expect.stringMatching(/_check"$/),
        expect.stringMatching(/_rows"/),
        expect.stringMatching(/^CREATE TABLE/),
        expect.stringMatching(/_end"/),
        'COMMIT',
      ]);
    expect(statements.filter(([first]) => first?.startsWith('EXECUTE'))).toEqual([]);
    // It tells of the locks of all sessions, which takes the server longer than a small revision.
    expect(sent.join('\n')).not.toContain('pg_locks');
  });

  it('does not ask for it where there are few', async () => {
    await migratorBefore(nothing).upgrade('b2');
    expect(sent.join('\n')).not.toMatch(/PREPARE|EXECUTE/);
  });

  it('keeps them for a run in one transaction, too', async () => {
    const migrator = shop.migratorWith({ transactionPerRevision: false });
    await migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject(applied);
  });

  it('E5004: still notices that the lock is gone', async () => {
    shop.put('c3', { down: 'b2', upgrade: `op.execute('SELECT pg_advisory_unlock_all()');` });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({ code: 'E5004', facts: { revision: 'd4' } });
    expect((await stateOf(database)).rows).toEqual(['c3']);
  });

  it('E5002: still notices that someone else has migrated', async () => {
    const elsewhere = () =>
      database.checker.query(`UPDATE alembic_version SET version_num = 'b''2\\'`);
    const error = await errorOf(
      migratorBefore(aheadOf(/EXECUTE \S*_rows"/, 4, elsewhere)).upgrade('head'),
    );
    expect(error).toMatchObject({ code: 'E5002', facts: { found: [`b'2\\`] } });
  });

  it('E4011: still notices a change that meets no row, and keeps nothing of its revision', async () => {
    await shop.migrator.upgrade('a1');
    await database.checker.query(
      `CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
       CREATE TRIGGER nothing BEFORE UPDATE ON alembic_version FOR EACH ROW EXECUTE FUNCTION nothing()`,
    );
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({
      code: 'E4011',
      facts: { revision: 'b2' },
    });
    expect((await stateOf(database)).tables).toEqual(['t_a1']);
  });

  it('E6007: still notices that its transaction was ended and another one begun', async () => {
    shop.put('c3', { down: 'b2', upgrade: `op.execute('CREATE TABLE t_c3 ()');` });
    const ends = aheadOf(/EXECUTE \S*_(?:open|end)"/, 3, (own) => own.script('COMMIT; BEGIN'));
    const error = await errorOf(migratorBefore(ends).upgrade('head'));
    expect(error).toMatchObject({ code: 'E6007', facts: { revision: 'c3' } });
    expect((await stateOf(database)).rows).toEqual(['b2']);
  });

  it('E6007: notices it in the middle of one text, too', async () => {
    const ending = (text: string): string =>
      text.replace('CREATE TABLE "t_c3"', 'COMMIT; BEGIN; SELECT pg_current_xact_id(); $&');
    const error = await errorOf(migratorBefore(nothing, ending).upgrade('head'));
    expect(error).toMatchObject({ code: 'E6007', facts: { revision: 'c3' } });
    expect(await stateOf(database)).toMatchObject({ rows: ['b2'], tables: ['t_a1', 't_b2'] });
  });
});

describe('a session that refuses to keep anything', () => {
  it('gets every text in full, and nothing is tried again', async () => {
    const refuse = async () => Promise.reject(new Error('PREPARE is not allowed here'));
    await migratorBefore(aheadOf(/PREPARE /, 1, refuse)).upgrade('head');
    expect(await stateOf(database)).toMatchObject(applied);
    expect(warnings()).toEqual([]);
    expect(sent.join('\n')).not.toContain('EXECUTE');
  });

  it('is given up where its connection is lost', async () => {
    const lose = async () =>
      Promise.reject(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
    const run = migratorBefore(aheadOf(/PREPARE /, 1, lose)).upgrade('head');
    expect(await errorOf(run)).toMatchObject({ code: expect.stringMatching(/^E/) });
    expect((await stateOf(database)).tables).toEqual([]);
  });
});

describe('an error of a statement that the session keeps', () => {
  it('tells the statement in full', async () => {
    await shop.migrator.upgrade('a1');
    await database.checker.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not today'; END $$;
       CREATE TRIGGER refuse BEFORE UPDATE ON alembic_version FOR EACH ROW EXECUTE FUNCTION refuse()`,
    );
    const error = await errorOf(migratorBefore(nothing).upgrade('head'));
    expect(error).toMatchObject({
      code: 'E6003',
      facts: { revision: 'b2', statement: expect.stringMatching(/UPDATE [^;]*alembic_version/) },
    });
    expect(sent.join('\n')).toContain('EXECUTE "nest_alembic_kept_');
    expect(error.message).toContain('not today');
    expect(`${error.message} ${JSON.stringify(error.facts)}`).not.toContain('nest_alembic_kept_');
  });
});

describe('a session that has forgotten what it was to keep', () => {
  const forget = (own: Connection) => own.script('DEALLOCATE ALL');

  it('gets the text in full where a transaction begins: nothing is tried again', async () => {
    await migratorBefore(aheadOf(/EXECUTE \S*_check"/, 3, forget)).upgrade('head');
    expect(await stateOf(database)).toMatchObject(applied);
    expect(warnings()).toEqual([]);
    const since = sent.slice(sent.findIndex((text) => text === 'DEALLOCATE ALL'));
    expect(since.filter((text) => text.includes('EXECUTE')).length).toBeLessThan(2);
  });

  /** Nothing in its words tells what it does. */
  const HIDDEN = `DO $do$ BEGIN EXECUTE 'DEALLO' || 'CATE ALL'; END $do$`;

  it('runs the revision again that made it forget unseen', async () => {
    shop.put('c3', { down: 'b2', upgrade: `op.execute("CREATE TABLE t_c3 (); ${HIDDEN}");` });
    await shop.migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject(applied);
    expect(warnings()).toEqual([expect.stringContaining('upgrade of "c3" is tried again')]);
  });

  it.each([
    `op.execute('CREATE TABLE t_c3 (); DEALLOCATE ALL');`,
    `op.execute('CREATE TABLE t_c3 ()'); op.execute('discard plans; deallocate all');`,
    `await ctx.query('DEALLOCATE ALL'); op.execute('CREATE TABLE t_c3 ()');`,
  ])('runs a revision once that says so: %s', async (upgrade) => {
    shop.put('c3', { down: 'b2', upgrade });
    await shop.migratorWith({ revisionTries: 1 }).upgrade('head');
    expect(await stateOf(database)).toMatchObject(applied);
    expect(warnings()).toEqual([]);
  });

  it.each([
    ['in its words', 'DEALLOCATE ALL'],
    ['unseen', HIDDEN],
  ])(
    'ends well where the last revision made it forget outside of a transaction, %s',
    async (_, sql) => {
      const upgrade = `op.execute('CREATE TABLE t_f6 ()'); op.execute("${sql}");`;
      shop.put('f6', { down: 'e5', more: `export const transaction = 'none';`, upgrade });
      await shop.migrator.upgrade('head');
      expect(await stateOf(database)).toMatchObject(applied);
      expect(warnings()).toEqual([]);
    },
  );

  it('ends well where the last revision did so in a block', async () => {
    const upgrade = `op.execute('CREATE TABLE t_f6 ()');
      await op.autocommitBlock(async () => { op.execute("${HIDDEN}"); });`;
    shop.put('f6', { down: 'e5', upgrade });
    await shop.migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject(applied);
    expect(warnings()).toEqual([]);
  });

  it('does not run again what was committed one by one', async () => {
    const upgrade = `op.execute('CREATE TABLE t_c3 ()'); op.execute('DEALLOCATE ALL');`;
    shop.put('c3', { down: 'b2', more: `export const transaction = 'none';`, upgrade });
    await shop.migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject(applied);
    expect(warnings()).toEqual([]);
  });

  it('runs all of them again in a run that is one transaction', async () => {
    shop.put('c3', { down: 'b2', upgrade: `op.execute("CREATE TABLE t_c3 (); ${HIDDEN}");` });
    await shop.migratorWith({ transactionPerRevision: false }).upgrade('head');
    expect(await stateOf(database)).toMatchObject(applied);
  });
});
