import { column } from '../../autogenerate/model.fixture.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Connection } from '../../dialects/common/connection.js';
import { createSpecDatabase } from '../testing/database.fixture.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { errorOf, leaksOf } from '../testing/migrator.fixture.js';
import { entityView, ObjectStory } from '../testing/object-story.fixture.js';
import type { StoryState } from '../testing/object-story.fixture.js';

let database: SpecDatabase;
let story: ObjectStory;
const NICK = column('nick', 'text');
const VIEW = 'CREATE VIEW ids AS SELECT id FROM account';

beforeAll(async () => {
  database = await createSpecDatabase();
});
beforeEach(async () => {
  story = await ObjectStory.begin(database, { dialect: postgresDialect });
  await story.run('INSERT INTO account VALUES (7)');
});
afterEach(async () => {
  expect(await leaksOf(database)).toEqual([]);
});
afterAll(() => database.drop());

/** What is said is refused, and the real table is the one that it was, with its rows. */
async function expectUntouched(state: StoryState): Promise<void> {
  const before = await story.catalog();
  story.say(state);
  const error = await errorOf(story.migrator.check());
  expect(error).toMatchObject({ code: 'E3017' });
  expect(error.problem).toMatch(/more than one statement, or ends the transaction/);
  expect(await story.catalog()).toEqual(before);
  expect(await story.run('SELECT id FROM account')).toEqual([{ id: 7 }]);
}

describe('comparing registered objects leaves nothing behind', () => {
  it.each(['COMMIT', 'ROLLBACK', 'COMMIT AND CHAIN', 'SELECT 2'])(
    'where a view of an entity goes on with %s, and a table has a new column',
    async (end) => {
      const views = [entityView('sly', `SELECT 1 AS a; ${end}`)];
      await expectUntouched({ columns: [NICK], objects: [VIEW], model: { views } });
    },
  );

  // The server takes BEGIN for a name here, and we for the beginning of a body.
  it.each(['COMMIT', 'ROLLBACK', 'COMMIT AND CHAIN', 'PREPARE TRANSACTION $$x$$'])(
    'where we take a text for one statement and the server for one and %s',
    async (end) => {
      const sly = `CREATE FUNCTION begin() RETURNS int LANGUAGE sql RETURN 1; ${end}`;
      await expectUntouched({ columns: [NICK], objects: [VIEW, sly] });
    },
  );
});

describe('the transaction in which registered objects are compared', () => {
  const trigger = `CREATE TRIGGER t BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`;

  /** A connection that does something before each script. */
  const watched = async (
    before: (script: string, inner: Connection) => Promise<unknown>,
  ): Promise<Connection> => {
    const inner = await database.connect();
    const script: Connection['script'] = async (sql) => {
      await before(sql, inner);
      return inner.script(sql);
    };
    return { ...inner, script };
  };

  it.each([
    [{}, ['1s', '30s', '10s']],
    [{ statementLockTimeoutMs: 0 }, ['1s', '30s', '10s']],
    [{ statementLockTimeoutMs: 70, statementTimeoutMs: 4_000 }, ['70ms', '4s', '10s']],
    [{ statementLockTimeoutMs: 7_000, statementTimeoutMs: 90_000 }, ['1s', '30s', '10s']],
  ])('with %j waits, runs and stands still no longer than %j', async (options, expected) => {
    story.say({ objects: [VIEW] });
    const seen: unknown[] = [];
    const connect = () =>
      watched(async (sql, inner) => {
        if (!sql.startsWith('SAVEPOINT nest_alembic_stage')) return;
        const { rows } = await inner.query(`SELECT current_setting('lock_timeout') AS lock,
          current_setting('statement_timeout') AS run, current_setting('idle_in_transaction_session_timeout') AS idle`);
        seen.push(Object.values(rows[0] ?? {}));
      });
    await story.migratorWith({ ...options, connect }).check();
    expect(seen[0]).toEqual(expected);
  });

  it('ends a deadlock with an error that says so', async () => {
    await story.run('DROP TABLE IF EXISTS busy; CREATE TABLE busy (id int)');
    await story.step({ objects: [trigger] });
    const changed = trigger.replace('INSERT', 'UPDATE');
    story.say({ objects: [changed, 'CREATE VIEW ids AS SELECT id FROM busy'] });
    const other = await database.connect();
    let waiting: Promise<unknown> | undefined;
    let holds = false;
    const connect = () =>
      watched(async (sql, inner) => {
        holds ||= sql.includes('RENAME TO');
        if (!holds || waiting || !sql.startsWith('SAVEPOINT nest_alembic_stage')) return;
        await inner.script("SET LOCAL deadlock_timeout = '10ms'");
        await other.script('BEGIN; LOCK TABLE busy');
        waiting = other.script('LOCK TABLE account');
        while ((await story.run('SELECT FROM pg_locks WHERE NOT granted')).length === 0);
      });
    const error = await errorOf(story.migratorWith({ connect }).check());
    await waiting;
    await other.close();
    await story.run('DROP TABLE busy');
    expect(error).toMatchObject({ code: 'E3017' });
    expect(error.problem).toMatch(/deadlock with another transaction/);
  });
});
