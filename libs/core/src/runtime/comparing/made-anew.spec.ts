import { column } from '../../autogenerate/model.fixture.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { createSpecDatabase, onServer } from '../testing/database.fixture.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import type { View } from '../../schema/schema-model.js';
import { dumpOf } from '../testing/dump.fixture.js';
import { errorOf, leaksOf } from '../testing/migrator.fixture.js';
import { entityView, ObjectStory } from '../testing/object-story.fixture.js';

let database: SpecDatabase;
const role = (name: string): string => `anew_${process.pid}_${name}`;
const [owner, reader, other] = [role('owner'), role('reader'), role('other')];

beforeAll(async () => {
  database = await createSpecDatabase();
  await onServer(`CREATE ROLE ${owner}; CREATE ROLE ${reader}; CREATE ROLE ${other}`);
});
afterEach(async () => {
  expect(await leaksOf(database)).toEqual([]);
});
afterAll(async () => {
  await database.drop();
  await onServer(`DROP ROLE ${owner}, ${reader}, ${other}`);
});

const nick = (length: number) => column('nick', `character varying(${length})`);
const begin = (state = {}) =>
  ObjectStory.begin(database, { dialect: postgresDialect, columns: [nick(10)], ...state });

/** Everything that the server keeps of views, as it says it: uses none of our code. */
const RIGHTS = `
SELECT line FROM (
  SELECT concat_ws(' ', 'relation', c.relname, c.relkind, c.relowner::regrole, c.relacl, c.reloptions, obj_description(c.oid, 'pg_class')) AS line
    FROM pg_class c WHERE c.relkind IN ('v', 'm', 'i', 'r') AND c.relnamespace = 'public'::regnamespace AND c.relname !~ '^alembic'
  UNION ALL SELECT concat_ws(' ', 'column', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attacl, (SELECT array_agg(x) FROM unnest(a.attoptions) x WHERE x !~ '^pg_'), a.attstorage, nullif(a.attstattarget, -1),
      pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('v', 'm') AND c.relnamespace = 'public'::regnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attnum > 0
  UNION ALL SELECT concat_ws(' ', 'rule', pg_get_ruledef(r.oid), obj_description(r.oid, 'pg_rewrite')) FROM pg_rewrite r
    JOIN pg_class c ON c.oid = r.ev_class AND c.relnamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), obj_description(t.oid, 'pg_trigger')) FROM pg_trigger t WHERE NOT t.tgisinternal
  UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisclustered, obj_description(i.indexrelid, 'pg_class'))
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid AND c.relkind = 'm'
  UNION ALL SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(s.oid), obj_description(s.oid, 'pg_statistic_ext')) FROM pg_statistic_ext s
  UNION ALL SELECT concat_ws(' ', 'routine', p.oid::regprocedure, p.proowner::regrole, p.proacl, obj_description(p.oid, 'pg_proc'))
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
) lines ORDER BY line`;

const state = async () => ({
  lines: (await database.checker.query<{ line: string }>(RIGHTS)).rows.map(({ line }) => line),
  dump: await dumpOf(database),
});

/** The same but for the length of a column. */
const alike = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value).replaceAll(/character varying\(\d+\)/g, 'varchar')) as T;

const VIEWS = [
  entityView('nicks', 'SELECT id, nick FROM account WHERE (id > 0)', {
    checkOption: 'local',
    securityBarrier: true,
  }),
  entityView('upper_nicks', 'SELECT id, upper((nick)::text) AS nick FROM nicks', {
    dependsOn: [{ schema: null, name: 'nicks' }],
  }),
  entityView('stored', 'SELECT id, nick FROM account', {
    materialized: true,
    indexes: [{ name: 'ux_stored', elements: [{ column: 'id' }], unique: true }],
  }),
];

const BY_HAND = `
  ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ${other};
  COMMENT ON VIEW nicks IS 'it''s of the view'; COMMENT ON COLUMN nicks.nick IS 'of a column; $$';
  ALTER VIEW nicks ALTER COLUMN nick SET DEFAULT 'no\\one';
  CREATE FUNCTION into_account() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO account VALUES (NEW.id, NEW.nick); RETURN NEW; END';
  CREATE TRIGGER writes INSTEAD OF INSERT ON upper_nicks FOR EACH ROW EXECUTE FUNCTION into_account();
  COMMENT ON TRIGGER writes ON upper_nicks IS 'of a trigger';
  CREATE RULE gone AS ON DELETE TO upper_nicks DO INSTEAD DELETE FROM account WHERE id = OLD.id;
  COMMENT ON RULE gone ON upper_nicks IS 'of a rule';
  CREATE INDEX by_hand ON stored (nick DESC) INCLUDE (id); COMMENT ON INDEX by_hand IS 'of an index';
  ALTER MATERIALIZED VIEW stored ALTER COLUMN nick SET STATISTICS 400;
  ALTER MATERIALIZED VIEW stored ALTER COLUMN nick SET (n_distinct = 7);
  ALTER MATERIALIZED VIEW stored ALTER COLUMN nick SET STORAGE EXTERNAL;
  ALTER MATERIALIZED VIEW stored CLUSTER ON by_hand;
  CREATE STATISTICS both_columns ON id, nick FROM stored; COMMENT ON STATISTICS both_columns IS 'of statistics';
  GRANT USAGE, CREATE ON SCHEMA public TO PUBLIC; GRANT SELECT ON account TO ${owner};
  ALTER VIEW nicks OWNER TO ${owner}; ALTER MATERIALIZED VIEW stored OWNER TO ${owner};
  GRANT SELECT, INSERT ON nicks TO ${reader} WITH GRANT OPTION; GRANT UPDATE (nick) ON nicks TO ${other};
  GRANT SELECT ON upper_nicks TO PUBLIC; REVOKE ALL ON stored FROM ${owner};
  SET ROLE ${reader}; GRANT INSERT ON nicks TO ${other}; RESET ROLE`;

describe('what is made anew around a change', () => {
  it('PG-V2: has owner, rights, rules, triggers, and what its columns and indexes have, as they were in that database', async () => {
    const story = await begin({ model: { views: VIEWS } });
    await story.run(
      "INSERT INTO account VALUES (1, 'a'), (4, 'd'); REFRESH MATERIALIZED VIEW stored",
    );
    await story.run(BY_HAND);
    const before = await state();
    expect(before.lines.join('\n')).toMatch(/of an index[^]*of a rule/);
    const { changes } = await story.step({ columns: [nick(20)], model: { views: VIEWS } });
    expect(changes).toEqual([
      'drop materialized view stored',
      'drop view upper_nicks',
      'drop view nicks',
      'alter column account.nick: type',
      'create view nicks',
      'create materialized view stored',
      'create view upper_nicks',
    ]);
    const after = await state();
    expect(after).not.toEqual(before);
    expect(alike(after)).toEqual(alike(before));
    expect(await story.run('SELECT * FROM stored ORDER BY id')).toEqual([
      { id: 1, nick: 'a' },
      { id: 4, nick: 'd' },
    ]);
    await story.migrator.downgrade('-1');
    expect(await state()).toEqual(before);
  });

  it('is given back from a script too, and is nothing new to the next comparison', async () => {
    const story = await begin({ model: { views: VIEWS } });
    await story.run(BY_HAND);
    const before = await state();
    story.say({ columns: [nick(20)], model: { views: VIEWS } });
    const app = story.migratorWith({ newId: () => 'longer' });
    await app.revision({ message: 'longer', autogenerate: true, allowDestructive: true });
    const { sql } = await app.upgrade('rev1:longer', { sql: true });
    await story.run(String(sql));
    expect(alike(await state())).toEqual(alike(before));
    const { changes, diff } = await story.migrator.check();
    expect(changes).toEqual([]);
    expect(diff.untouched.map(({ kind, name }) => `${kind} ${name}`)).toContain('index by_hand');
  });

  it('has only what fits where a column is gone, or a view becomes a materialized one', async () => {
    const story = await begin({ model: { views: VIEWS } });
    await story.run(
      `${BY_HAND}; DROP RULE gone ON upper_nicks; DROP TRIGGER writes ON upper_nicks`,
    );
    const stored = entityView('upper_nicks', 'SELECT id FROM account', { materialized: true });
    const [nicks, , old] = VIEWS as [View, View, View];
    const idsOnly = { ...nicks, definition: 'SELECT id FROM account WHERE (id > 0)' };
    await story.step({ columns: [nick(10)], model: { views: [idsOnly, stored, old] } });
    const { lines } = await state();
    expect(lines.filter((line) => /^(relation|column) (upper_)?nicks/.test(line))).toEqual([
      'column nicks id integer p',
      'column upper_nicks id integer p',
      expect.stringContaining(`relation nicks v ${owner}`),
      expect.stringContaining('relation upper_nicks m postgres {postgres=arwdDxt'),
    ]);
  });

  it('is found whatever its name and those of roles and columns are', async () => {
    const name = `O'Reilly "$$" %I \\ v`;
    const views = [entityView(name, 'SELECT id, nick AS "a ""b"" %s" FROM account')];
    const story = await begin({ model: { views } });
    const quoted = `"${name.replaceAll('"', '""')}"`;
    await story.run(
      `GRANT SELECT ("a ""b"" %s") ON ${quoted} TO ${reader}; COMMENT ON COLUMN ${quoted}."a ""b"" %s" IS '%I $$ \\ '' "'`,
    );
    const before = await state();
    await story.step({ columns: [nick(20)], model: { views } });
    expect(alike((await state()).lines)).toEqual(alike(before.lines));
  });

  it('is refused where a view with a rule or trigger of others becomes a materialized one', async () => {
    const story = await begin({ model: { views: VIEWS } });
    await story.run(BY_HAND);
    const before = await state();
    const [nicks, upper, old] = VIEWS as [View, View, View];
    story.say({
      columns: [nick(10)],
      model: { views: [nicks, { ...upper, materialized: true }, old] },
    });
    const app = story.migratorWith({ newId: () => 'kind' });
    await app.revision({ message: 'kind', autogenerate: true });
    const { message } = await errorOf(app.upgrade('head'));
    expect(message).toMatch(/upper_nicks.*no view any more.*CREATE RULE gone/s);
    expect(await state()).toEqual(before);
  });

  it('keeps owner and rights of a function that cannot be replaced; of others of its name too', async () => {
    const one = (type: string) =>
      `CREATE FUNCTION "Least"(a integer, b text DEFAULT 'x, y') RETURNS ${type} LANGUAGE sql AS $$ SELECT 1::${type} $$`;
    const objects = (type: string) => [
      one(type),
      'CREATE PROCEDURE tidy() LANGUAGE sql AS $$ SELECT 1 $$',
    ];
    const story = await begin({ objects: objects('integer') });
    await story.run(`GRANT USAGE, CREATE ON SCHEMA public TO PUBLIC; CREATE FUNCTION "Least"(integer) RETURNS int LANGUAGE sql AS 'SELECT 1';
      REVOKE ALL ON FUNCTION "Least"(integer, text) FROM PUBLIC; GRANT EXECUTE ON FUNCTION "Least"(integer, text) TO ${reader} WITH GRANT OPTION;
      ALTER FUNCTION "Least"(integer, text) OWNER TO ${owner}; COMMENT ON FUNCTION "Least"(integer, text) IS 'the least'`);
    const before = await state();
    const { changes } = await story.step({ columns: [nick(10)], objects: objects('bigint') });
    expect(changes).toEqual([
      'drop function Least(a integer, b text)',
      'create function Least(a integer, b text)',
    ]);
    expect((await state()).lines).toEqual(before.lines);
  });
});

describe('a view that did not come from the models', () => {
  const asking = (id: string) => ({
    message: 'next',
    autogenerate: true,
    allowDestructive: true,
    answers: Object.fromEntries([[`dependent-view:${id}`, 'anew']]),
  });

  it('PG-V2: is made anew around a change when an answer says so, and stays nobody’s', async () => {
    const story = await begin();
    await story.run(`INSERT INTO account VALUES (1, 'a');
      CREATE VIEW by_hand AS SELECT nick FROM account; CREATE MATERIALIZED VIEW on_it AS SELECT nick FROM by_hand;
      CREATE UNIQUE INDEX ux_on_it ON on_it (nick); GRANT SELECT ON by_hand, on_it TO ${reader}; GRANT USAGE ON SCHEMA public TO ${reader}`);
    const before = await state();
    story.say({ columns: [nick(20)] });
    const app = story.migratorWith({ newId: () => 'longer' });
    const { questions, file: none } = await app.revision(asking('by_hand'));
    expect(none).toBeUndefined();
    expect(questions).toMatchObject([
      {
        id: 'dependent-view:on_it',
        choices: [{ answer: 'anew' }],
        text: expect.stringContaining('made anew around'),
      },
    ]);
    const answers = { 'dependent-view:by_hand': 'anew', 'dependent-view:on_it': 'anew' };
    const { changes } = await app.revision({ ...asking('by_hand'), answers });
    expect(changes).toEqual([
      'drop materialized view on_it',
      'drop view by_hand',
      'alter column account.nick: type',
      'create view by_hand',
      'create materialized view on_it',
    ]);
    await app.upgrade('head');
    expect(alike(await state())).toEqual(alike(before));
    expect(await story.run('SELECT * FROM on_it')).toEqual([{ nick: 'a' }]);
    const { changes: left, diff } = await app.check();
    expect(left).toEqual([]);
    expect(diff.untouched).toMatchObject([{ name: 'by_hand' }, { name: 'on_it' }]);
    await app.downgrade('-1');
    expect(await state()).toEqual(before);
  });

  it('can only be dropped where a column that it reads goes, and comes back with it', async () => {
    const story = await begin();
    await story.run('CREATE VIEW by_hand AS SELECT nick FROM account');
    const before = await story.catalog();
    story.say({ columns: [] });
    const app = story.migratorWith({ newId: () => 'gone' });
    const { code } = await errorOf(app.revision(asking('by_hand')));
    expect(code).toBe('E7040');
    const answers = { 'dependent-view:by_hand': 'drop' };
    const { changes } = await app.revision({ ...asking('by_hand'), answers });
    expect(changes).toEqual(['drop view by_hand', 'drop column account.nick']);
    await app.upgrade('head');
    await app.downgrade('-1');
    expect(await story.catalog()).toEqual(before);
  });

  it('is left to a revision by hand where a name under it changes too', async () => {
    const story = await begin({ columns: [{ ...nick(10), entity: 'Account', property: 'nick' }] });
    await story.run('CREATE VIEW by_hand AS SELECT nick FROM account');
    story.say({
      columns: [{ ...nick(20), name: 'nickname', entity: 'Account', property: 'nick' }],
    });
    const { diff } = await story.migrator.check();
    expect(diff.questions).toMatchObject([
      { choices: [], text: expect.stringContaining('rename in a revision of its own') },
    ]);
  });
});
