import { bothSchemasOn, type Entities } from '../testing/compare-schemas.fixture.js';
import * as entities from '../testing/mysql.fixture.js';
import { SnakeNaming } from '../testing/snake-naming.fixture.js';
import { mariadb, mysql } from '../testing/tested-driver.fixture.js';
import * as trees from '../testing/trees.fixture.js';

jest.setTimeout(120_000);

const entitiesOf = (module: object): Entities =>
  Object.values(module).filter((value) => typeof value === 'function') as never;

// What TypeORM's driver `mysql` writes for generated columns MariaDB does not take.
const { MariadbTypes, MysqlGenerated, ...all } = entities;

describe.each([
  ['mariadb', mariadb, entitiesOf(entities)],
  ['mysql', mysql, entitiesOf(all)],
] as const)('the first revision on MariaDB by the driver %s', (_, driver, everything) => {
  it.each<[string, Entities, object]>([
    ['types, defaults, generation, relations, indexes, inheritance, views', everything, {}],
    ['all kinds of trees', entitiesOf(trees), {}],
    [
      'a prefix and a naming strategy',
      [entities.MysqlItem, entities.MysqlLabel, entities.MysqlConstrained],
      { entityPrefix: 'app_', namingStrategy: new SnakeNaming() },
    ],
    ['the query cache', [entities.MysqlLabel], { cache: true }],
  ])(
    'makes what synchronize makes, and leaves nothing to find: %s',
    async (_case, some, options) => {
      const found = await bothSchemasOn(driver, some, options);
      expect(found.ours).toEqual(found.typeorm);
      expect(found.ours.length).toBeGreaterThan(5);
      expect(found.again).toEqual([]);
    },
  );
});
