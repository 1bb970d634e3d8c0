import * as columns from '../testing/columns.fixture.js';
import type { Entities } from '../testing/compare-schemas.fixture.js';
import * as departures from '../testing/departures.fixture.js';
import { withMigrated } from '../testing/migrated-database.fixture.js';
import * as relations from '../testing/relations.fixture.js';
import * as shared from '../testing/shared-tables.fixture.js';
import * as structure from '../testing/structure.fixture.js';
import { isTypeOrm1 } from '../testing/typeorm-version.fixture.js';
import * as trees from '../testing/trees.fixture.js';
import * as views from '../testing/views.fixture.js';

jest.setTimeout(60_000);

/** Without the entity that contradicts another, and what TypeORM 0.3 has no options for. */
const entitiesOf = ({ PersonNumber, ...module }: Readonly<Record<string, unknown>>): Entities =>
  Object.entries(module)
    .filter(([name]) => isTypeOrm1 || name !== 'DeferredExclusion')
    .map(([, value]) => value)
    .filter((value) => typeof value === 'function') as never;

const nothing = { changes: [], operations: [], questions: [], untouched: [], unverified: false };

describe('a second comparison', () => {
  it.each([
    ['columns', columns],
    ['relations', relations],
    ['structure', structure],
    ['trees', trees],
    ['views', views],
    ['departures from synchronize', departures],
    ['tables of several entities', shared],
  ])('finds nothing among %s', async (_, module) => {
    const entities = entitiesOf(module as never);
    const { changes, diff } = await withMigrated({ entities }, (database) => database.check());
    expect({ changes, ...diff }).toEqual(nothing);
  });
});
