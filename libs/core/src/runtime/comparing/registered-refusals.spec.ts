import { column } from '../../autogenerate/model.fixture.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { connectClient, createSpecDatabase } from '../testing/database.fixture.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { errorOf, leaksOf } from '../testing/migrator.fixture.js';
import { entityView, ObjectStory } from '../testing/object-story.fixture.js';
import type { RegisteredObject } from './registered-objects.js';
import { sqlFile } from './registered-objects.js';

let database: SpecDatabase;
let story: ObjectStory;
const NICK = column('nick', 'text');

beforeAll(async () => {
  database = await createSpecDatabase();
  story = await ObjectStory.begin(database, { dialect: postgresDialect, columns: [NICK] });
});
afterEach(async () => {
  expect(await leaksOf(database)).toEqual([]);
});
afterAll(() => database.drop());

/** Whatever is wrong, the database stays as it was, and the error names where it stands and what to do. */
async function refusal(objects: readonly RegisteredObject[], model = {}) {
  const before = await story.catalog();
  story.say({ columns: [NICK], objects, model });
  const error = await errorOf(story.migrator.check());
  expect(await story.catalog()).toEqual(before);
  expect(error.problem).not.toMatch(/\n/);
  expect(error.advice).toMatch(/\.$/);
  return error;
}

describe('registered objects that cannot be', () => {
  it.each<[string, RegisteredObject, string, RegExp]>([
    ['no statement', ' -- later\n ; ', 'E3016', /objects\[0\].*no SQL statement/],
    ['a table', 'CREATE TABLE x (id int)', 'E3016', /objects\[0\].*CREATE TABLE x/],
    ['a temporary view', 'CREATE TEMP VIEW x AS SELECT 1', 'E3016', /TEMP VIEW/],
    ['data', 'CREATE VIEW x AS SELECT 1; INSERT INTO account VALUES (1)', 'E3016', /INSERT/],
    ['transaction control', 'CREATE VIEW x AS SELECT 1; COMMIT', 'E3016', /COMMIT/],
    [
      'an index without the transaction',
      'CREATE INDEX CONCURRENTLY i ON v (a)',
      'E3016',
      /CONCURRENTLY/,
    ],
    ['an index of a table', 'CREATE INDEX ix ON account (nick)', 'E3016', /CREATE INDEX ix/],
    [
      'an index of a plain view',
      'CREATE VIEW v AS SELECT 1 AS a; CREATE INDEX ix ON v (a)',
      'E3016',
      /CREATE INDEX ix/,
    ],
    ['a comment on a table', `COMMENT ON TABLE account IS 'x'`, 'E3016', /COMMENT ON TABLE/],
    [
      'a comment on a column',
      `CREATE VIEW v AS SELECT 1 AS a; COMMENT ON COLUMN v.a IS 'x'`,
      'E3016',
      /COMMENT ON COLUMN/,
    ],
    [
      'a comment on what the list does not make',
      `CREATE VIEW v AS SELECT 1 AS a; COMMENT ON MATERIALIZED VIEW v IS 'x'`,
      'E3016',
      /COMMENT ON MATERIALIZED/,
    ],
    [
      'a second action after row-level security',
      'ALTER TABLE account ENABLE ROW LEVEL SECURITY, DROP COLUMN nick',
      'E3016',
      /ALTER TABLE account/,
    ],
    [
      'a second action after a trigger',
      'CREATE TRIGGER t BEFORE INSERT ON account EXECUTE FUNCTION f(); ALTER TABLE account DISABLE TRIGGER t, DROP COLUMN nick',
      'E3016',
      /DISABLE TRIGGER t, DROP/,
    ],
    [
      'the state of triggers that the list does not make',
      'ALTER TABLE account DISABLE TRIGGER ALL',
      'E3016',
      /DISABLE TRIGGER ALL/,
    ],
    ['half a statement', 'CREATE VIEW', 'E3016', /CREATE VIEW/],
    [
      'a column that is not there',
      'CREATE VIEW x AS SELECT wrong FROM account',
      'E3017',
      /objects\[0\].*"wrong" does not exist/,
    ],
    ['a syntax error', 'CREATE VIEW x AS SELEC 1', 'E3017', /syntax error/],
    [
      'a function that is not there',
      'CREATE TRIGGER t BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION nope()',
      'E3017',
      /nope/,
    ],
    ['an extension that is not there', 'CREATE EXTENSION no_such_thing', 'E3017', /no_such_thing/],
    [
      'a name that a table has',
      'CREATE VIEW account AS SELECT 1 AS id',
      'E3002',
      /view account.*Account.*objects\[0\]/,
    ],
    [
      'a file that is not there',
      sqlFile('views/nope.sql'),
      'E9010',
      /"views\/nope\.sql".*does not exist/,
    ],
    ['a folder', sqlFile('migrations'), 'E9010', /it is a folder/],
  ])('%s', async (_what, object, code, said) => {
    const error = await refusal([object]);
    expect(error).toMatchObject({ code });
    expect(error.problem).toMatch(said);
  });

  it('the same object twice, in a file that is no text, or on a table that no entity has', async () => {
    const view = 'CREATE VIEW twice AS SELECT 1 AS id';
    expect(await refusal([view, `${view};`])).toMatchObject({ code: 'E3002' });
    const byEntity = { views: [entityView('twice', 'SELECT 2 AS id')] };
    expect(await refusal([view], byEntity)).toMatchObject({ code: 'E3002' });
    story.file('latin.sql', '');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${story.shop.root}/latin.sql`, Buffer.from([0x53, 0xe4, 0xff]));
    expect((await refusal([sqlFile('latin.sql')])).problem).toMatch(/no UTF-8 text/);
    await story.run('CREATE TABLE other (id int)');
    const stray = await refusal(['CREATE POLICY p ON other USING (true)']);
    expect(stray).toMatchObject({ code: 'E3017', facts: { table: 'other' } });
    await story.run('DROP TABLE other');
  });

  it('what says more of objects of the list is taken, in any order and spelling of names', () => {
    const text = `COMMENT ON INDEX "Ix" IS 'x'; CREATE INDEX "Ix" ON PUBLIC.m (a); CREATE INDEX ON m (a);
      CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; COMMENT ON MATERIALIZED VIEW public."m" IS 'x';
      CREATE TYPE e AS ENUM ('a'); COMMENT ON TYPE e IS 'x'; CREATE DOMAIN d AS text; COMMENT ON DOMAIN d IS 'x';
      CREATE FUNCTION f(int) RETURNS int LANGUAGE sql RETURN 1; COMMENT ON ROUTINE f(int) IS 'x';
      CREATE TRIGGER t BEFORE INSERT ON account EXECUTE FUNCTION g(); COMMENT ON TRIGGER t ON public.account IS 'x';
      ALTER TABLE account ENABLE ALWAYS TRIGGER t /* always */; ALTER TABLE account FORCE ROW LEVEL SECURITY -- too
      ; CREATE SEQUENCE s; COMMENT ON SEQUENCE s IS 'x'; CREATE POLICY p ON account; COMMENT ON POLICY p ON account IS 'x'`;
    const read = postgresDialect.readObjectTexts([{ source: 'all', text }], 'public');
    expect(read).toHaveLength(19);
  });

  it('two views that need each other: the server cannot make them, and neither do we', async () => {
    const error = await refusal([
      'CREATE VIEW a AS SELECT id FROM b',
      'CREATE VIEW b AS SELECT id FROM a',
    ]);
    expect(error).toMatchObject({ code: 'E3017', facts: { source: 'objects[0]' } });
  });

  it('a wrong value of the option is refused before anything is opened', () => {
    for (const objects of [['', 'x'], [7], 'CREATE VIEW', [{ file: 'x' }]])
      expect(() => story.shop.migratorWith({ objects: objects as never })).toThrow(
        /"objects".*array of SQL texts/,
      );
  });
});

it('a lock that is not to be had ends the comparison in time, and harms nobody', async () => {
  const trigger = `CREATE TRIGGER t BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`;
  await story.step({ columns: [NICK], objects: [trigger] });
  await story.run('BEGIN; SELECT * FROM account');
  story.say({ columns: [NICK], objects: [trigger.replace('INSERT', 'UPDATE')] });
  const error = await errorOf(story.migratorWith({ statementLockTimeoutMs: 50 }).check());
  await story.run('COMMIT');
  expect(error).toMatchObject({ code: 'E3017' });
  expect(error.problem).toMatch(/lock/);
});

it('a role that may not make objects is told that nothing was compared, and nothing is taken for gone', async () => {
  const objects = ['CREATE VIEW nicks AS SELECT nick FROM account'];
  await story.step({ columns: [NICK], objects });
  await story.run(`DROP ROLE IF EXISTS registered_reader; CREATE ROLE registered_reader LOGIN;
    GRANT USAGE ON SCHEMA public TO registered_reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO registered_reader`);
  try {
    const url = new URL(database.url);
    url.username = 'registered_reader';
    story.shop.events.length = 0;
    const reader = story.shop.migratorWith({
      targetSchema: story.target(),
      objects,
      connect: () => connectClient(url.href),
    });
    const { changes, diff } = await reader.check();
    expect({ changes, unverified: diff.unverified }).toEqual({ changes: [], unverified: true });
    expect(await errorOf(reader.revision({ autogenerate: true }))).toMatchObject({ code: 'E5014' });
    expect(story.shop.events).toContainEqual(
      expect.objectContaining({
        type: 'warning',
        message: expect.stringMatching(/registered objects/),
      }),
    );
  } finally {
    await story.run('DROP OWNED BY registered_reader; DROP ROLE registered_reader');
  }
});

it('a stamp by a role that may not make objects takes no function of the same name for a registered one', async () => {
  await story.run(`CREATE FUNCTION norm(a text) RETURNS text LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION norm(a int) RETURNS int LANGUAGE sql AS 'SELECT $1';
    CREATE VIEW nobodys AS SELECT id FROM account;
    DROP ROLE IF EXISTS registered_stamper; CREATE ROLE registered_stamper LOGIN;
    GRANT USAGE ON SCHEMA public TO registered_stamper;
    GRANT ALL ON ALL TABLES IN SCHEMA public TO registered_stamper;
    GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO registered_stamper`);
  const objects = [
    `CREATE FUNCTION norm(a text) RETURNS text LANGUAGE sql AS 'SELECT $1'`,
    'CREATE VIEW nobodys AS SELECT id FROM account',
  ];
  story.say({ columns: [NICK], objects });
  try {
    const url = new URL(database.url);
    url.username = 'registered_stamper';
    const connect = () => connectClient(url.href);
    const stamper = story.migratorWith({ connect });
    const [head = ''] = (await story.migrator.current()).rows;
    await stamper.stamp(['base']);
    await stamper.stamp([head]);
    const [last] = await story.run('SELECT objects FROM alembic_version_log ORDER BY id DESC');
    const kinds = (last?.['objects'] as readonly { readonly kind: string }[]).map(
      ({ kind }) => kind,
    );
    expect(kinds).toContain('view');
    expect(kinds).not.toContain('routine');
    const { changes } = await story.migrator.check();
    expect(changes.filter((change) => change.includes('norm'))).toEqual([]);
  } finally {
    await story.run(`DROP OWNED BY registered_stamper; DROP ROLE registered_stamper;
      DROP FUNCTION norm(text), norm(int); DROP VIEW nobodys`);
  }
});
