import { column } from '../../autogenerate/model.fixture.js';
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
const LONG = column('nick', 'text');
const begin = (state = {}) =>
  ObjectStory.begin(database, { dialect: postgresDialect, columns: [NICK], ...state });

const TOUCH = `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.nick := lower(NEW.nick); RETURN NEW; END $$`;
const TRIGGER = `CREATE TRIGGER touch BEFORE UPDATE OF nick ON account FOR EACH ROW EXECUTE FUNCTION touch();
  COMMENT ON TRIGGER touch ON account IS 'touches'; ALTER TABLE account ENABLE ALWAYS TRIGGER touch`;
const WHEN = `CREATE TRIGGER "when" AFTER INSERT ON account FOR EACH ROW WHEN (NEW.nick = 'x') EXECUTE FUNCTION touch()`;
const POLICY = `CREATE POLICY own ON account USING (nick = current_user); COMMENT ON POLICY own ON account IS 'own'`;
const NICKS = 'CREATE VIEW nicks AS SELECT id, nick FROM account';
const ALL_NICKS = `CREATE FUNCTION all_nicks() RETURNS SETOF nicks LANGUAGE sql STABLE AS 'SELECT * FROM nicks'; COMMENT ON FUNCTION all_nicks() IS 'all'`;
const FIRST = `CREATE FUNCTION first_nick(lowest integer) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT min(nick) FROM account WHERE id > lowest; END`;
const major = async (): Promise<number> => {
  const { rows } = await database.checker.query<{ major: number }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS major`,
  );
  return rows[0]?.major ?? 0;
};

describe('what is registered and stands on a column that changes its type', () => {
  it('PG-V2: is dropped before and made anew behind, in order, and rows and rights stay', async () => {
    const objects = [TOUCH, TRIGGER, WHEN, POLICY, NICKS, ALL_NICKS];
    // Bodies that the server keeps as it understood them came with version 14.
    if ((await major()) >= 14) objects.push(FIRST);
    const story = await begin({ objects });
    await story.run(
      `INSERT INTO account VALUES (1, 'ann'); REVOKE ALL ON FUNCTION all_nicks() FROM PUBLIC`,
    );
    const before = await story.catalog();
    const { changes } = await story.step({ columns: [LONG], objects });
    expect(changes).toEqual([
      'drop trigger touch of account',
      'drop trigger when of account',
      'drop policy own of account',
      'drop function all_nicks()',
      'drop view nicks',
      ...(objects.includes(FIRST) ? ['drop function first_nick(lowest integer)'] : []),
      'alter column account.nick: type',
      ...(objects.includes(FIRST) ? ['create function first_nick(lowest integer)'] : []),
      'create view nicks',
      'create function all_nicks()',
      'create policy own of account',
      'create trigger touch of account',
      'create trigger when of account',
      'enable trigger touch of account (always)',
    ]);
    const alike = (lines: readonly string[]) =>
      lines
        .filter((line) => !/^column|^view|^policy|^trigger.*when/.test(line))
        .map((line) => line.replace('(account.nick)::text', 'account.nick'));
    expect(alike(await story.catalog())).toEqual(alike(before));
    await story.run("UPDATE account SET nick = 'ANN'");
    expect(await story.run('SELECT nick FROM all_nicks()')).toEqual([{ nick: 'ann' }]);
  });

  it('is asked about where it did not come from the list, and made anew when an answer says so', async () => {
    const story = await begin({ objects: [TOUCH, NICKS] });
    await story.run(`${TRIGGER}; ${POLICY}; ${ALL_NICKS}`);
    const before = await story.catalog();
    story.say({ columns: [LONG], objects: [TOUCH, NICKS] });
    const app = story.migratorWith({ newId: () => 'longer' });
    const asking = { message: 'longer', autogenerate: true, allowDestructive: true };
    const { questions, file } = await app.revision(asking);
    expect(file).toBeUndefined();
    expect(
      questions.map(({ id, kind, choices }) => [id, kind, choices.map(({ answer }) => answer)]),
    ).toEqual([
      ['dependent-policy:account.own', 'dependent-policy', ['anew']],
      ['dependent-routine:all_nicks()', 'dependent-routine', ['anew']],
      ['dependent-trigger:account.touch', 'dependent-trigger', ['anew']],
    ]);
    const answers = Object.fromEntries(questions.map(({ id }) => [id, 'anew']));
    await app.revision({ ...asking, answers });
    await app.upgrade('head');
    expect((await app.check()).changes).toEqual([]);
    await app.downgrade('-1');
    expect(await story.catalog()).toEqual(before);
  });

  it('a registered trigger and policy that let go of a column are made anew before it goes', async () => {
    const story = await begin({ objects: [TOUCH, TRIGGER, POLICY] });
    const { changes } = await story.step({
      columns: [],
      objects: [
        TOUCH,
        TRIGGER.replace('UPDATE OF nick', 'UPDATE'),
        POLICY.replace('nick = current_user', 'id > 0'),
      ],
    });
    expect(changes).toContain('drop column account.nick');
    expect(changes.indexOf('drop policy own of account')).toBeLessThan(
      changes.indexOf('drop column account.nick'),
    );
  });

  it('a policy of another table that reads the column too', async () => {
    const story = await begin({
      objects: [
        POLICY.replace('nick = current_user', `EXISTS (SELECT FROM account a WHERE a.nick = 'x')`),
      ],
    });
    await story.step({
      columns: [LONG],
      objects: [
        POLICY.replace('nick = current_user', `EXISTS (SELECT FROM account a WHERE a.nick = 'x')`),
      ],
    });
  });
});
