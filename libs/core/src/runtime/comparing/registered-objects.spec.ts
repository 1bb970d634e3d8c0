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

const begin = (state = {}) =>
  ObjectStory.begin(database, { dialect: postgresDialect, columns: [NICK], ...state });
const NICK = column('nick', 'text');
const EMAIL = column('email', 'text');

const TOUCH = `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.nick := lower(NEW.nick);
  RETURN NEW;
END $$`;
const TRIGGER = `CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON account
  FOR EACH ROW WHEN (NEW.nick IS NOT NULL) EXECUTE FUNCTION touch()`;

describe('registered objects', () => {
  it('of every kind are made, found to be there, and taken back; the order of the list does not matter', async () => {
    const story = await begin();
    const { changes, text } = await story.step({
      columns: [NICK, EMAIL],
      objects: [
        'CREATE VIEW known_nick AS SELECT nick FROM with_mail; COMMENT ON VIEW known_nick IS $$who we know$$',
        'CREATE OR REPLACE VIEW with_mail AS SELECT id, nick, email FROM account WHERE email IS NOT NULL',
        'CREATE MATERIALIZED VIEW nicks AS SELECT nick, count(*) AS n FROM account GROUP BY nick; CREATE UNIQUE INDEX ux_nicks ON nicks (nick)',
        TRIGGER,
        TOUCH,
        'CREATE PROCEDURE forget(who integer) LANGUAGE sql AS $$ DELETE FROM account WHERE id = who $$',
        'CREATE POLICY own ON account USING (nick = current_user); ALTER TABLE account ENABLE ROW LEVEL SECURITY',
        'CREATE EXTENSION IF NOT EXISTS citext',
        "CREATE DOMAIN mail AS citext CHECK (VALUE LIKE '%@%')",
        "CREATE TYPE mood AS ENUM ('sad', 'ok')",
        'CREATE SEQUENCE ticket START 100',
        'CREATE FUNCTION mails() RETURNS SETOF with_mail LANGUAGE sql STABLE AS $$ SELECT * FROM with_mail $$',
      ],
    });
    expect(changes).toMatchSnapshot();
    // Before PostgreSQL 16 the server names the table of each column.
    const alike = text.replace(/createdAt = .*/, '').replace(/\b(account|with_mail)\.(?=\w)/g, '');
    expect(alike).toMatchSnapshot();
    expect((await story.migrator.check()).upToDate).toBe(true);
  });

  it('stay the same however they are laid out, and whatever the server makes of an IN', async () => {
    const story = await begin({ columns: [column('nick', 'character varying(20)')] });
    const view = (list: string) =>
      `CREATE VIEW few AS SELECT id FROM account WHERE nick IN (${list})`;
    const policy = (list: string) => `CREATE POLICY few ON account USING (nick IN (${list}))`;
    const state = { columns: [column('nick', 'character varying(20)')] };
    await story.step({ ...state, objects: [TOUCH, TRIGGER, view("'a', 'b'"), policy("'a', 'b'")] });
    story.say({
      ...state,
      objects: [
        TOUCH.replaceAll(/\s+/g, '\n\t '),
        `-- again\n${TRIGGER.toLowerCase().replace('before', 'BEFORE ').replaceAll('  ', '\n')}`,
        view("'a'  , /* or */ 'b'").replace('CREATE', 'create or replace'),
        policy("\n'a','b'"),
      ],
    });
    expect((await story.migrator.check()).changes).toEqual([]);
    story.say({
      ...state,
      objects: [TOUCH.replace('lower', 'upper'), TRIGGER, view("'a', 'c'"), policy("'a', 'c'")],
    });
    expect((await story.migrator.check()).changes).toEqual([
      'create or replace function touch()',
      'create or replace view few',
      'alter policy few of account: using',
    ]);
  });

  it('are dropped when they are taken out, with the option too; what was made by hand is left', async () => {
    const story = await begin({
      objects: [
        TOUCH,
        TRIGGER,
        'CREATE VIEW nicks AS SELECT nick FROM account',
        'CREATE EXTENSION citext',
      ],
    });
    await story.run(`CREATE FUNCTION by_hand() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
      CREATE TRIGGER by_hand BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION by_hand();
      CREATE VIEW by_hand AS SELECT id FROM account`);
    const { changes } = await story.step({ columns: [NICK], objects: [TOUCH, TRIGGER] });
    expect(changes).toEqual(['drop view nicks', 'drop extension citext']);
    const { diff } = await story.migrator.check();
    expect(
      diff.untouched.map(({ kind, name, state }) => `${state} ${kind} ${name}`).sort(),
    ).toEqual(['foreign routine by_hand()', 'foreign trigger by_hand', 'foreign view by_hand']);
    const last = await story.step({ columns: [NICK] });
    expect(last.changes).toEqual(['drop trigger touch of account', 'drop function touch()']);
    expect((await story.catalog()).filter((line) => /by_hand/.test(line))).toHaveLength(3);
  });
});
