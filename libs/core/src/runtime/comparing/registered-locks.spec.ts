import { column } from '../../autogenerate/model.fixture.js';
import type { Connection } from '../../dialects/common/connection.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { createSpecDatabase } from '../testing/database.fixture.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { leaksOf } from '../testing/migrator.fixture.js';
import { ObjectStory } from '../testing/object-story.fixture.js';

let database: SpecDatabase;
beforeAll(async () => {
  database = await createSpecDatabase();
});
afterEach(async () => {
  expect(await leaksOf(database)).toEqual([]);
});
afterAll(() => database.drop());

const NICK = column('nick', 'character varying(20)');
const begin = (state = {}) =>
  ObjectStory.begin(database, { dialect: postgresDialect, columns: [NICK], ...state });

const FEW = `CREATE VIEW few AS SELECT id, nick FROM account WHERE nick IN ('a', 'b')`;
/** Of every kind that can be registered, with all that can be said besides. */
const OBJECTS = [
  `${FEW} WITH LOCAL CHECK OPTION; COMMENT ON VIEW few IS 'a few'`,
  'CREATE VIEW public.fewer AS SELECT f.* FROM public.few f WHERE f.id > 1',
  'CREATE RECURSIVE VIEW counted (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM counted WHERE n < 3',
  `CREATE MATERIALIZED VIEW stored AS SELECT id, nick FROM account WITH DATA;
   CREATE UNIQUE INDEX ux_stored ON stored (id); COMMENT ON INDEX ux_stored IS 'one'`,
  `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.nick := lower(NEW.nick); RETURN NEW; END $$`,
  `CREATE FUNCTION few_of(most integer DEFAULT 3) RETURNS SETOF few LANGUAGE sql STABLE AS 'SELECT * FROM few LIMIT most';
   COMMENT ON FUNCTION few_of(integer) IS 'some'`,
  `CREATE FUNCTION few_of(name text, most integer) RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM few WHERE nick = name'`,
  'CREATE PROCEDURE forget(who integer) LANGUAGE sql AS $$ DELETE FROM account WHERE id = who $$',
  `CREATE TRIGGER touch BEFORE INSERT OR UPDATE OF nick ON account FOR EACH ROW WHEN (NEW.nick IN ('a', 'b')) EXECUTE FUNCTION touch();
   ALTER TABLE account DISABLE TRIGGER touch; COMMENT ON TRIGGER touch ON account IS 'touches'`,
  'CREATE TRIGGER seldom INSTEAD OF UPDATE ON few FOR EACH ROW EXECUTE FUNCTION touch()',
  `CREATE CONSTRAINT TRIGGER late AFTER INSERT ON public.account DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch()`,
  `CREATE POLICY own ON account TO PUBLIC USING (account.nick = current_user AND EXISTS (SELECT FROM stored WHERE stored.id = account.id));
   COMMENT ON POLICY own ON account IS 'one''s own'; ALTER TABLE account ENABLE ROW LEVEL SECURITY; ALTER TABLE account FORCE ROW LEVEL SECURITY`,
  'CREATE EXTENSION IF NOT EXISTS citext',
  `COMMENT ON EXTENSION citext IS 'text'`,
  `CREATE DOMAIN mail AS citext CHECK (VALUE LIKE '%@%'); COMMENT ON DOMAIN mail IS 'a mail'`,
  `CREATE TYPE mood AS ENUM ('sad', 'ok'); COMMENT ON TYPE mood IS 'a mood'`,
  'CREATE SEQUENCE ticket INCREMENT 10',
];

/** Sees which locks the sessions of the tool hold on what others see, whenever a statement of theirs is done. */
class LockWatch {
  readonly #seen = new Set<string>();
  readonly #pids: number[] = [];

  get seen(): readonly string[] {
    return [...this.#seen].sort();
  }

  async connect(): Promise<Connection> {
    const connection = await database.connect();
    const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    this.#pids.push(...rows.map(({ pid }) => pid));
    return {
      ...connection,
      query: async (sql, parameters) => this.#after(await connection.query(sql, parameters)),
      script: async (sql) => this.#after(await connection.script(sql)),
    };
  }

  async #after<T>(result: T): Promise<T> {
    const { rows } = await database.checker.query<{ line: string }>(
      `SELECT DISTINCT l.mode || ' ' || c.relname AS line FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
      WHERE l.pid = ANY ($1) AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND c.relnamespace::regnamespace::text !~ '^pg_' AND l.mode <> 'AccessShareLock'`,
      [this.#pids],
    );
    for (const { line } of rows) this.#seen.add(line);
    return result;
  }
}

describe('comparing registered objects', () => {
  it('takes ACCESS SHARE only where nothing differs, beside whoever holds all but that', async () => {
    const story = await begin({ objects: OBJECTS });
    const watch = new LockWatch();
    const app = story.migratorWith({ connect: () => watch.connect() });
    const other = await database.connect();
    try {
      await other.script(
        "BEGIN; LOCK TABLE account, few, fewer IN EXCLUSIVE MODE; SELECT nextval('ticket'); SELECT * FROM stored",
      );
      const { changes, diff } = await app.check();
      expect({ changes, unverified: diff.unverified }).toEqual({ changes: [], unverified: false });
    } finally {
      await other.script('ROLLBACK');
      await other.close();
    }
    expect(watch.seen).toEqual([]);
    expect((await story.catalog()).filter((line) => /nest_alembic/.test(line))).toEqual([]);
  });

  it('locks what differs, and what mentions it, and nothing else', async () => {
    const story = await begin({ objects: OBJECTS });
    const watch = new LockWatch();
    const changed = OBJECTS.map((text) => text.replace('n < 3', 'n < 4'));
    story.say({ columns: [NICK], objects: changed });
    const app = story.migratorWith({ connect: () => watch.connect() });
    expect((await app.check()).changes).toEqual(['create or replace view counted']);
    expect(watch.seen).toEqual(['AccessExclusiveLock counted']);
  });

  it('finds every way in which one can differ', async () => {
    const story = await begin({ objects: OBJECTS });
    const ways: readonly (readonly [string, string, string])[] = [
      ["'a few'", "'a lot'", 'set comment of view few'],
      ['f.id > 1', 'f.id > 2', 'create or replace view fewer'],
      ['WITH LOCAL CHECK OPTION', 'WITH CASCADED CHECK OPTION', 'create or replace view few'],
      ['lower(NEW.nick)', 'upper(NEW.nick)', 'create or replace function touch()'],
      ['DEFAULT 3', 'DEFAULT 4', 'create or replace function few_of(most integer)'],
      ["'some'", "'many'", 'set comment of function few_of'],
      [
        "nick = name'",
        "nick <> name'",
        'create or replace function few_of(name text, most integer)',
      ],
      ['DISABLE TRIGGER', 'ENABLE ALWAYS TRIGGER', 'enable trigger touch of account (always)'],
      ['UPDATE OF nick', 'UPDATE OF id', 'create or replace trigger touch of account'],
      ['current_user AND', 'session_user AND', 'alter policy own of account: using'],
      ['%@%', '%@_%', 'drop check mail_check of domain mail'],
      ["'ok')", "'ok', 'glad')", 'alter enum mood: +glad'],
      [
        'UNIQUE INDEX ux_stored ON stored (id)',
        'UNIQUE INDEX ux_stored ON stored (id, nick)',
        'drop index ux_stored',
      ],
    ];
    for (const [from, to, change] of ways) {
      expect(OBJECTS.join().includes(from)).toBe(true);
      story.say({ columns: [NICK], objects: OBJECTS.map((text) => text.replace(from, to)) });
      const { changes } = await story.migrator.check();
      expect([
        from,
        changes.filter((line) => line.startsWith(change)).length > 0 || changes,
      ]).toEqual([from, true]);
    }
  });

  it('stages what stands on a table that changes, be it the same text', async () => {
    const all = 'CREATE VIEW everything AS SELECT * FROM account';
    const story = await begin({ objects: [all] });
    const { changes } = await story.step({
      columns: [NICK, column('born', 'date')],
      objects: [all],
    });
    expect(changes).toEqual([
      'drop view everything',
      'add column account.born',
      'create view everything',
    ]);
  });

  it('a view may read a column that somebody added by hand, with and without another change', async () => {
    const story = await begin();
    await story.run('ALTER TABLE account ADD by_hand text');
    const objects = ['CREATE VIEW handed AS SELECT id, by_hand FROM account'];
    expect((await story.step({ columns: [NICK], objects })).changes).toEqual([
      'create view handed',
    ]);
    const { changes } = await story.step({ columns: [NICK, column('born', 'date')], objects });
    expect(changes).toEqual(['add column account.born']);
  });

  it('is done with locks where the role may make no schema', async () => {
    const objects = OBJECTS.filter((text) => !text.includes('ON EXTENSION'));
    const story = await begin({ objects });
    const role = `locks_${process.pid}`;
    await story.run(`CREATE ROLE ${role}`);
    const { rows } = await database.checker.query<{
      sql: string;
    }>(`SELECT string_agg(sql, ';') AS sql FROM (
      SELECT format('ALTER TABLE %s OWNER TO ${role}', c.oid::regclass) AS sql FROM pg_class c
        WHERE (c.relkind IN ('r', 'v', 'm') OR c.relname = 'ticket') AND c.relnamespace = 'public'::regnamespace
      UNION ALL SELECT format('ALTER ROUTINE %s OWNER TO ${role}', p.oid::regprocedure) FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
      UNION ALL SELECT format('ALTER TYPE %s OWNER TO ${role}', t.oid::regtype) FROM pg_type t
        WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd')) s`);
    await story.run(`${rows[0]?.sql ?? ''}; GRANT USAGE, CREATE ON SCHEMA public TO ${role}`);
    const watch = new LockWatch();
    const app = story.migratorWith({
      connect: async () => {
        const connection = await watch.connect();
        await connection.script(`SET ROLE ${role}`);
        return connection;
      },
    });
    const { changes, diff } = await app.check();
    expect({ changes, unverified: diff.unverified }).toEqual({ changes: [], unverified: false });
    expect(watch.seen).toContain('AccessExclusiveLock few');
    await story.run(
      `REASSIGN OWNED BY ${role} TO CURRENT_USER; DROP OWNED BY ${role}; DROP ROLE ${role}`,
    );
  });
});
