import * as fc from 'fast-check';
import { APPS } from '../testing/apps.fixture.js';
import { bothSchemas } from '../testing/compare-schemas.fixture.js';
import { arbEntitySet } from '../testing/entity-sets.fixture.js';

jest.setTimeout(1_800_000);

/** How many sets are tried: few with every change, many at night. */
const nightly = process.env['PROPERTY_SIZES'] === 'nightly' ? 300 : 6;
const numRuns = Number(process.env['ENTITY_SETS'] ?? nightly);

it('law 1: of any set of entities the first revision makes what synchronize makes, and leaves nothing to find', async () => {
  await fc.assert(
    fc.asyncProperty(arbEntitySet, async (entities) => {
      const found = await bothSchemas(entities, { setUp: 'CREATE SCHEMA other' });
      expect(found.ours).toEqual(found.typeorm);
      expect(found.again).toEqual([]);
    }),
    { numRuns, endOnFailure: true },
  );
});

it.each(APPS)('law 1: %s', async (_, { entities, options }) => {
  const found = await bothSchemas(entities, options);
  expect(found.ours).toEqual(found.typeorm);
  expect(found.ours.length).toBeGreaterThan(100);
  expect(found.again).toEqual([]);
});
