import type { MigratorOptions } from '../migrator-options.js';
import type { SpecDatabase } from './database.fixture.js';
import { createSpecDatabase } from './database.fixture.js';
import type { Workshop } from './migrator.fixture.js';
import { createWorkshop, leaksOf, reset } from './migrator.fixture.js';

/** A database for the specs of a file; there from the first hook on. */
export function useSpecDatabase(): SpecDatabase {
  let current: SpecDatabase;
  beforeAll(async () => {
    current = await createSpecDatabase();
  });
  afterAll(() => current.drop());
  return {
    get name() {
      return current.name;
    },
    get url() {
      return current.url;
    },
    get checker() {
      return current.checker;
    },
    connect: () => current.connect(),
    drop: () => current.drop(),
  };
}

type WorkshopOptions = Pick<MigratorOptions, 'dialect'> & Partial<MigratorOptions>;

/**
 * A migrations folder for each spec of a file, over its emptied database. What a spec leaves behind in the server fails it.
 * @param options of its migrators; a function is called for each spec
 */
export function useWorkshop(
  database: SpecDatabase,
  options: WorkshopOptions | (() => WorkshopOptions),
): Workshop {
  let current: Workshop;
  beforeEach(async () => {
    await reset(database);
    current = createWorkshop(database, typeof options === 'function' ? options() : options);
  });
  afterEach(async () => {
    current.remove();
    expect(await leaksOf(database)).toEqual([]);
  });
  return {
    get root() {
      return current.root;
    },
    get versions() {
      return current.versions;
    },
    get events() {
      return current.events;
    },
    get migrator() {
      return current.migrator;
    },
    migratorWith: (more) => current.migratorWith(more),
    put: (id, revision) => current.put(id, revision),
    remove: () => current.remove(),
  };
}
