import type { Refusal } from '../describe-refusals.js';
import { describeRefusals } from '../describe-refusals.js';
import { succeed } from '../migrations-folder.js';
import type { Place, PlacedDatabase } from './places.js';

/** Commands that one kind of database refuses, and those that each does. @param refusals of this kind, given its database */
export function describeBadPlaces(
  place: Place,
  refusals: (placed: () => PlacedDatabase) => readonly Refusal[],
): void {
  let placed: PlacedDatabase;

  beforeAll(async () => {
    placed = await place.create();
    await succeed(
      ['migrate', 'upgrade', '+1'],
      { DATABASE_URL: placed.url },
      { app: 'example-portable' },
    );
  });

  afterAll(() => placed?.database.drop());

  describe(`wrong input on ${place.name}`, () => {
    describeRefusals(
      () => placed,
      [
        { what: 'a target that is not there', line: 'upgrade nosuch', code: 'E1017' },
        { what: 'a database behind head', line: 'check', code: 'E4014', says: '7a95c8e1340a' },
        ...refusals(() => placed),
      ],
    );
  });
}
