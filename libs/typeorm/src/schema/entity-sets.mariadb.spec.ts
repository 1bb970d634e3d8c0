import * as fc from 'fast-check';
import { changeEntities } from '../testing/changed-entities.fixture.js';
import { bothSchemasOn } from '../testing/compare-schemas.fixture.js';
import { arbMysqlEntityPair } from '../testing/mysql-entity-sets.fixture.js';
import {
  changedValues,
  fillTables,
  readTables,
  type TableValues,
} from '../testing/mysql-rows.fixture.js';
import { mariadb } from '../testing/tested-driver.fixture.js';

jest.setTimeout(3_600_000);

/** How many sets are tried: two with every change, many at night. */
const nightly = process.env['PROPERTY_SIZES'] === 'nightly' ? 100 : 2;
const numRuns = Number(process.env['ENTITY_SETS'] ?? nightly);
const settings = {
  numRuns,
  endOnFailure: true,
  ...(process.env['PROPERTY_SEED'] && { seed: Number(process.env['PROPERTY_SEED']) }),
};

it('law 1: of any set of entities the first revision makes what synchronize makes on MariaDB', async () => {
  await fc.assert(
    fc.asyncProperty(arbMysqlEntityPair, async ({ after }) => {
      const found = await bothSchemasOn(mariadb, after);
      // TypeORM makes no checks here (diff corpus MY-30).
      expect(found.ours.filter((line) => !/: CONSTRAINT .* CHECK /.test(line))).toEqual(
        found.typeorm,
      );
      expect(found.again).toEqual([]);
    }),
    settings,
  );
});

it('laws 1 and 2: any change of entities converges on MariaDB, keeps the rows, and goes back', async () => {
  await fc.assert(
    fc.asyncProperty(arbMysqlEntityPair, async (pair) => {
      const found = await changeEntities({
        ...pair,
        on: mariadb,
        fill: fillTables,
        look: readTables,
      });
      const [before, after, back] = found.looks as readonly TableValues[];
      expect(found.again).toEqual([]);
      expect(found.file === undefined).toBe(found.changes.length === 0);
      expect(changedValues(before as TableValues, after as TableValues)).toEqual([]);
      const kept = new Map([...(before ?? [])].filter(([place]) => after?.has(place)));
      expect(changedValues(kept, back as TableValues)).toEqual([]);
      expect(found.lines[1].toSorted()).toEqual(found.lines[0].toSorted());
    }),
    settings,
  );
});
