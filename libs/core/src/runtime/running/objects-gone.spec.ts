import { column } from '../../autogenerate/model.fixture.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { sqlFile } from '../comparing/registered-objects.js';
import { ObjectStory } from '../testing/object-story.fixture.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
let story: ObjectStory;
beforeEach(async () => {
  story = await ObjectStory.begin(database, {
    dialect: postgresDialect,
    columns: [NICK],
    objects: OBJECTS,
  });
});

const NICK = column('nick', 'text');
const VIEW = 'CREATE VIEW nicks AS SELECT nick FROM account';
const OBJECTS = [
  VIEW,
  'CREATE SEQUENCE ticket',
  'CREATE EXTENSION pg_trgm',
  `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'`,
  'CREATE TRIGGER t BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION touch()',
];
const ALL = [
  'drop-extension:pg_trgm',
  'drop-routine:touch()',
  'drop-sequence:ticket',
  'drop-trigger:account.t',
  'drop-view:nicks',
];
const asked = async () => {
  const { diff } = await story.migrator.check();
  return diff.questions.map(({ id }) => id).sort();
};

describe('registered objects that are in the options no more', () => {
  it.each([
    ['absent', {}],
    ['empty', { objects: [] }],
  ])('with the option %s, every drop is a question', async (_, given) => {
    story.say({ columns: [NICK], ...given });
    expect(await asked()).toEqual(ALL);
    const before = await story.catalog();
    const { file } = await story.migrator.revision({
      autogenerate: true,
      revisionId: 'unasked',
    });
    expect(file).toBeUndefined();
    expect(await story.catalog()).toEqual(before);
    const { changes } = await story.step({ columns: [NICK], ...given });
    expect(changes).toHaveLength(ALL.length);
  });

  it('a file that is called as a class may be: the same', async () => {
    story.file('Nicks', `${VIEW.replace('nicks', 'few_nicks')}`);
    await story.step({ columns: [NICK], objects: [...OBJECTS, sqlFile('Nicks')] });
    story.say({ columns: [NICK] });
    expect(await asked()).toEqual([...ALL, 'drop-view:few_nicks'].sort());
  });

  it('only views: the same', async () => {
    story = await ObjectStory.begin(database, {
      dialect: postgresDialect,
      columns: [NICK],
      objects: [VIEW],
    });
    story.say({ columns: [NICK] });
    expect(await asked()).toEqual(['drop-view:nicks']);
  });

  it('with others left, only a sequence and an extension are asked about', async () => {
    story.say({ columns: [NICK], objects: [VIEW] });
    expect(await asked()).toEqual(['drop-extension:pg_trgm', 'drop-sequence:ticket']);
  });
});
