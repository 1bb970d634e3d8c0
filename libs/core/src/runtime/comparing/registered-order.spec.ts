import { column, ofEntity, table } from '../../autogenerate/model.fixture.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { entityView, ObjectStory } from '../testing/object-story.fixture.js';
import type { StoryState } from '../testing/object-story.fixture.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();

const NICK = column('nick', 'text');
const begin = (state: StoryState = {}) =>
  ObjectStory.begin(database, { dialect: postgresDialect, columns: [NICK], ...state });
const view = (name: string, query: string) => `CREATE VIEW ${name} AS ${query}`;

describe('registered objects and what they stand on', () => {
  it('a view that only filters otherwise is replaced where it stands, with its grants', async () => {
    const objects = [
      view('few', 'SELECT id, nick FROM account'),
      view('less', 'SELECT id FROM few'),
    ];
    const story = await begin({ objects });
    await story.run('GRANT SELECT ON few TO PUBLIC');
    const { changes } = await story.step({
      columns: [NICK],
      objects: [view('few', 'SELECT id, nick FROM account WHERE id > 7'), ...objects.slice(1)],
    });
    expect(changes).toEqual(['create or replace view few']);
  });

  it('a view with another column is made anew, with the views on it; one made by hand is asked about', async () => {
    const objects = [view('few', 'SELECT id FROM account'), view('less', 'SELECT id FROM few')];
    const changed = [view('few', 'SELECT nick, id FROM account'), ...objects.slice(1)];
    const story = await begin({ objects });
    await story.run(`CREATE VIEW by_hand AS SELECT id FROM less`);
    story.say({ columns: [NICK], objects: changed });
    const { diff } = await story.migrator.check();
    expect(diff.questions.map(({ id }) => id)).toEqual(['dependent-view:by_hand']);
    await story.run('DROP VIEW by_hand');
    const { changes } = await story.step({ columns: [NICK], objects: changed });
    expect(changes).toEqual([
      'drop view less',
      'drop view few',
      'create view few',
      'create view less',
    ]);
  });

  it('a view follows a column that comes and one that goes', async () => {
    const story = await begin({
      objects: [view('few', 'SELECT id FROM account WHERE nick IS NOT NULL')],
    });
    await story.step({
      columns: [column('born', 'date')],
      objects: [view('few', 'SELECT id FROM account WHERE born IS NOT NULL')],
    });
  });

  it('a view, a trigger and a function follow a column to another type', async () => {
    const objects = [
      view('few', 'SELECT id, nick FROM account'),
      `CREATE FUNCTION first_nick() RETURNS text LANGUAGE sql AS $$ SELECT min(nick::text) FROM account $$`,
    ];
    const story = await begin({ objects });
    const { changes } = await story.step({
      columns: [column('nick', 'character varying(50)')],
      objects,
    });
    expect(changes).toEqual([
      'drop view few',
      'alter column account.nick: type',
      'create view few',
    ]);
  });

  it('a function comes before the check, default, index, generated column and view of an entity that call it', async () => {
    const story = await begin();
    const clean = `CREATE FUNCTION clean(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(t) $$`;
    const things = ofEntity(
      'Thing',
      table(
        'thing',
        [
          column('name', 'text', { default: "clean('X')" }),
          column('plain', 'text', { generated: { expression: 'clean(name)', stored: true } }),
        ],
        {
          checks: [{ name: 'ck_clean', expression: 'name = clean(name)' }],
          indexes: [{ name: 'ix_clean', elements: [{ expression: 'clean(name)' }], unique: false }],
        },
      ),
    );
    const model = {
      tables: [things],
      views: [entityView('cleaned', 'SELECT clean(name) AS c FROM thing')],
    };
    await story.step({ columns: [NICK], objects: [clean], model });
    const { changes } = await story.step({ columns: [NICK], objects: [] });
    expect(changes.at(-1)).toBe('drop function clean(t text)');
  });

  it('entity views and registered views stand on each other', async () => {
    const story = await begin();
    const state = {
      columns: [NICK],
      objects: [view('b', 'SELECT id FROM a WHERE id > 1'), view('d', 'SELECT id FROM c')],
      model: {
        views: [entityView('a', 'SELECT id FROM account'), entityView('c', 'SELECT id FROM b')],
      },
    };
    await story.step(state);
    const { changes } = await story.step({
      ...state,
      model: {
        views: [
          entityView('a', 'SELECT id FROM account WHERE id > 0'),
          entityView('c', 'SELECT id FROM b'),
        ],
      },
    });
    expect(changes).toEqual(['create or replace view a']);
  });

  it('a function that returns something else is dropped and made, one with other code is replaced', async () => {
    const story = await begin();
    const f = (result: string, body: string, args = 'a integer') =>
      `CREATE FUNCTION f(${args}) RETURNS ${result} LANGUAGE sql AS $$ ${body} $$; COMMENT ON FUNCTION f IS 'it'`;
    await story.step({ columns: [NICK], objects: [f('integer', 'SELECT a')] });
    const replaced = await story.step({ columns: [NICK], objects: [f('integer', 'SELECT a + 1')] });
    expect(replaced.changes).toEqual(['create or replace function f(a integer)']);
    const again = await story.step({ columns: [NICK], objects: [f('text', 'SELECT a::text')] });
    expect(again.changes).toEqual(['drop function f(a integer)', 'create function f(a integer)']);
    const renamed = await story.step({
      columns: [NICK],
      objects: [f('text', 'SELECT b::text', 'b integer')],
    });
    expect(renamed.changes).toEqual(['drop function f(a integer)', 'create function f(b integer)']);
    const more = await story.step({
      columns: [NICK],
      objects: [f('text', 'SELECT b::text', 'b integer, c text')],
    });
    expect(more.changes).toEqual([
      'create function f(b integer, c text)',
      'drop function f(b integer)',
    ]);
  });

  it('a trigger calls another function, and the old one goes', async () => {
    const body = "RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'";
    const trigger = (name: string) =>
      `CREATE TRIGGER t BEFORE UPDATE OF nick ON account FOR EACH ROW EXECUTE FUNCTION ${name}()`;
    const story = await begin({ objects: [`CREATE FUNCTION one() ${body}`, trigger('one')] });
    const { changes } = await story.step({
      columns: [NICK],
      objects: [`CREATE FUNCTION two() ${body}`, trigger('two')],
    });
    expect(changes).toEqual([
      'create function two()',
      'create or replace trigger t of account',
      'drop function one()',
    ]);
  });

  it('triggers of a view stay with it when it is made anew', async () => {
    const body = "RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'";
    const objects = [
      `CREATE FUNCTION write() ${body}`,
      'CREATE TRIGGER w INSTEAD OF INSERT ON few FOR EACH ROW EXECUTE FUNCTION write()',
    ];
    const story = await begin({ objects: [...objects, view('few', 'SELECT id FROM account')] });
    await story.run(
      `CREATE TRIGGER by_hand INSTEAD OF DELETE ON few FOR EACH ROW EXECUTE FUNCTION write()`,
    );
    await story.step({
      columns: [NICK],
      objects: [...objects, view('few', 'SELECT nick FROM account')],
    });
    expect((await story.catalog()).filter((line) => line.startsWith('trigger few'))).toHaveLength(
      2,
    );
  });

  it('objects in a schema of their own bring it along', async () => {
    const story = await begin();
    await story.step({
      columns: [NICK],
      objects: [
        'CREATE VIEW reports.nicks AS SELECT nick FROM public.account',
        `CREATE FUNCTION reports.one() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      ],
    });
    const { changes } = await story.step({ columns: [NICK], objects: [] });
    expect(changes).toContain('drop schema reports');
  });
});
