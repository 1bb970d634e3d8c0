import type { Connection } from '@nest-alembic/core';
import type { Library, Place } from './testing-place.fixture.js';
import { migratorFor, withLibrary } from './testing-place.fixture.js';

jest.setTimeout(120_000);

const MEMBERS_BORROW = '2c41f07be802';

/** Rows as the app had them when members began to borrow. */
const ROWS = [
  "INSERT INTO authors (id, family_name) VALUES (1, 'Austen')",
  "INSERT INTO branches (id, name, opens_at) VALUES (1, 'Main Street', '09:00:00')",
  "INSERT INTO books (id, isbn, title, pages, price) VALUES (1, '978-0-14-143951-8', 'Pride and Prejudice', 480, 7.5)",
  'INSERT INTO authorships (book_id, author_id) VALUES (1, 1)',
  "INSERT INTO copies (id, barcode, book_id, branch_id) VALUES (1, 'B-1', 1, 1)",
  "INSERT INTO members (id, card, name, mail) VALUES (1, '6f1c7a52-9f0e-4d8e-8a53-0d6d2b3f6c11', 'Ada', 'ada@example.org')",
  "INSERT INTO loans (id, due_on, copy_id, member_id) VALUES (1, '2026-03-01', 1, 1)",
];

const KEPT = `SELECT b.title, b.pages, a.position, m.name, l.id AS loan FROM books b
JOIN authorships a ON a.book_id = b.id JOIN copies c ON c.book_id = b.id
JOIN loans l ON l.copy_id = c.id JOIN members m ON m.id = l.member_id`;

const kept = {
  title: 'Pride and Prejudice',
  pages: 480,
  position: 1,
  name: 'Ada',
  loan: 1,
};

/** The whole history of the app on one database: up, down and up again, with rows; and as a script. */
export function describeHistory(place: Place): void {
  describe(`the history on ${place.name}`, () => {
    it('runs up, down and up with its rows, and check finds no difference after it', async () => {
      await withLibrary(place, async (library) => {
        const migrator = migratorFor(library);
        const connection = await library.database.connect();
        const empty = await place.fingerprint(connection);
        await migrator.upgrade(MEMBERS_BORROW);
        for (const sql of ROWS) await connection.query(sql);

        await migrator.upgrade('head');
        expect(await differenceOf(library)).toEqual([]);
        expect(await rowsOf(connection, KEPT)).toEqual([kept]);
        expect(await rowsOf(connection, NEW_IN_HEAD)).toEqual([newInHead]);
        const first = await place.fingerprint(connection);

        await migrator.downgrade(MEMBERS_BORROW);
        expect(await rowsOf(connection, KEPT)).toEqual([kept]);
        expect(await rowsOf(connection, 'SELECT mail FROM members')).toEqual([
          { mail: 'ada@example.org' },
        ]);
        await migrator.downgrade('base');
        expect(await place.fingerprint(connection)).toEqual(empty);

        await migrator.upgrade('head');
        expect(await differenceOf(library)).toEqual([]);
        expect(await place.fingerprint(connection)).toEqual(first);
      });
    });

    it('makes what TypeORM would, but for the departures of its place', async () => {
      const migrated = await withLibrary(place, async (library) => {
        await migratorFor(library).upgrade('head');
        return place.fingerprint(await library.database.connect());
      });
      const synchronized = await withLibrary(place, async ({ dataSource, database }) => {
        await dataSource.initialize();
        await dataSource.synchronize();
        return place.fingerprint(await database.connect());
      });
      expect(place.comparable(migrated)).toEqual(place.comparable(synchronized));
    });

    it('gives the same schema as a script for the client of the database', async () => {
      const executed = await withLibrary(place, async (library) => {
        await migratorFor(library).upgrade('head');
        return place.fingerprint(await library.database.connect());
      });
      await withLibrary(place, async (library) => {
        const { sql = '' } = await migratorFor(library).upgrade('head', { sql: true });
        const connection = await library.database.connect();
        const ran = await place.runScript(library.database.url, sql);
        if (ran === undefined) await connection.script(sql);
        else expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
        expect(await place.fingerprint(connection)).toEqual(executed);
        expect(await differenceOf(library)).toEqual([]);
      });
    });
  });
}

const NEW_IN_HEAD = `SELECT l.branch_id, l.renewals, c.state, m.email, b.rating,
  (SELECT count(*) FROM subjects s JOIN subjects p ON s.parent_id = p.id WHERE p.code = 'S') AS below
FROM loans l JOIN copies c ON c.id = l.copy_id JOIN members m ON m.id = l.member_id JOIN books b ON b.id = c.book_id`;

const newInHead = {
  branch_id: 1,
  renewals: 0,
  state: 'good',
  email: 'ada@example.org',
  rating: null,
  below: 1,
};

/** Numbers of 64 bits are texts to some drivers. */
async function rowsOf(connection: Connection, sql: string): Promise<readonly object[]> {
  const { rows } = await connection.query(sql);
  const plain = (value: unknown): unknown =>
    typeof value === 'bigint' || (typeof value === 'string' && /^\d+$/.test(value))
      ? Number(value)
      : value;
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
  );
}

async function differenceOf(library: Library): Promise<readonly unknown[]> {
  const { upToDate, changes, diff } = await migratorFor(library).check();
  return upToDate ? [] : [...changes, ...diff.questions];
}
