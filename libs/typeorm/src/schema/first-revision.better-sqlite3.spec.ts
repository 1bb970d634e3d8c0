import { bothSchemasOn, type Entities } from '../testing/compare-schemas.fixture.js';
import * as entities from '../testing/sqlite.fixture.js';
import { SnakeNaming } from '../testing/snake-naming.fixture.js';
import { betterSqlite3, sqljs } from '../testing/tested-driver.fixture.js';
import * as trees from '../testing/trees.fixture.js';

jest.setTimeout(60_000);

const entitiesOf = (module: object): Entities =>
  Object.values(module).filter((value) => typeof value === 'function') as never;

describe.each([
  ['better-sqlite3', betterSqlite3],
  ['sqljs', sqljs],
] as const)('the first revision on %s', (_, driver) => {
  it.each<[string, Entities, object]>([
    [
      'types, defaults, generation, relations, constraints, inheritance, views',
      entitiesOf(entities),
      {},
    ],
    ['all kinds of trees', entitiesOf(trees), {}],
    [
      'a prefix and a naming strategy',
      [entities.LiteItem, entities.LiteLabel, entities.LiteConstrained],
      { entityPrefix: 'app_', namingStrategy: new SnakeNaming() },
    ],
    ['the query cache', [entities.LiteLabel], { cache: true }],
  ])(
    'makes what synchronize makes, and leaves nothing to find: %s',
    async (_case, all, options) => {
      const found = await bothSchemasOn(driver, all, options);
      expect(found.ours).toEqual(found.typeorm);
      expect(found.ours.length).toBeGreaterThan(5);
      expect(found.again).toEqual([]);
    },
  );
});
