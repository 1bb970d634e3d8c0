import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeEntities } from './changed-entities.fixture.js';
import type { Place } from './testing-place.fixture.js';
import {
  appRoot,
  migratorFor,
  onMariadb,
  onPostgres,
  onSqljs,
  withLibrary,
} from './testing-place.fixture.js';

jest.setTimeout(120_000);

const versions = join(appRoot, 'migrations/versions');
const folders: string[] = [];
const warnings: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** The file that autogenerate writes for the changed entities; it is run there and back, and leaves no difference. */
async function fileOn(place: Place): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'portable-revision-'));
  folders.push(folder);
  const { entities, restore } = changeEntities();
  try {
    return await withLibrary(
      place,
      async (library) => {
        const migrator = migratorFor(library, {
          versionLocations: [versions, folder],
          allowOutside: true,
          now: () => new Date('2026-08-03T06:30:00Z'),
          onEvent: (event) => event.type === 'warning' && warnings.push(event.message),
        });
        await migrator.upgrade('head');
        const { file = '' } = await migrator.revision({
          autogenerate: true,
          allowDestructive: true,
          message: 'readings',
          revisionId: '8c30b91f64e5',
          versionPath: folder,
        });
        await migrator.upgrade('head');
        expect(await migrator.check()).toMatchObject({ upToDate: true, changes: [] });
        await migrator.downgrade('-1');
        await migrator.upgrade('head');
        expect(await migrator.check()).toMatchObject({ upToDate: true, changes: [] });
        return readFileSync(file, 'utf8');
      },
      entities,
    );
  } finally {
    restore();
  }
}

it('autogenerate writes the same file on PostgreSQL, MariaDB and SQLite', async () => {
  const onEach = [await fileOn(onPostgres), await fileOn(onMariadb), await fileOn(onSqljs)];
  expect(onEach[1]).toBe(onEach[0]);
  expect(onEach[2]).toBe(onEach[0]);
  expect(onEach[0]).toMatchSnapshot();
  expect(warnings).toEqual([]);
});
