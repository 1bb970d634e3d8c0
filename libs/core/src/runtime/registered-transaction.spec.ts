import { column } from '../autogenerate/model.fixture.js';
import { postgresDialect } from '../dialects/postgres/postgres-dialect.js';
import { createSpecDatabase } from './database.fixture.js';
import type { SpecDatabase } from './database.fixture.js';
import { errorOf, leaksOf } from './migrator.fixture.js';
import { entityView, ObjectStory } from './object-story.fixture.js';
import type { StoryState } from './object-story.fixture.js';

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
