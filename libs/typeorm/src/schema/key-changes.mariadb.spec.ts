import { EntitySchema, type EntitySchemaOptions } from 'typeorm';
import { type ChangedEntities, changeEntities } from '../testing/changed-entities.fixture.js';
import { mariadb } from '../testing/tested-driver.fixture.js';

jest.setTimeout(120_000);

type Options = EntitySchemaOptions<object>;

interface Case {
  readonly change: string;
  /** Entities `p`, `c` and so on; in the database they have the number of the case. */
  readonly before: readonly Options[];
  readonly after: readonly Options[];
  /** With `#` for the number of the case, as in `p#`. */
  readonly insert: string;
  /** Finds the same before the change, after it and after the way back. */
  readonly query: string;
  readonly finds: readonly (string | null)[];
}

const entity = (options: object): Options => options as Options;
const id = { type: 'int', primary: true, generated: 'increment' } as const;
const code = { type: 'varchar', length: 10, primary: true } as const;
const refersTo = (target: string, rest: object = {}): NonNullable<Options['relations']> =>
  ({ parent: { type: 'many-to-one', target, ...rest } }) as never;

const parentOf = (key: object): Options => entity({ name: 'p', columns: { id: key as never } });
const child = (rest: object = {}): Options =>
  entity({ name: 'c', columns: { id }, relations: refersTo('p'), ...rest });
const INSERT = 'INSERT INTO p# VALUES (1), (2); INSERT INTO c# (parentId) VALUES (2), (1), (NULL)';
const PARENTS = 'SELECT CAST(parentId AS CHAR) AS value FROM c# ORDER BY id';

const CASES: readonly Case[] = [
  {
    change: 'DL-28: a key becomes bigint, with foreign keys to it, one from the table itself',
    before: [
      entity({ name: 'p', columns: { id }, relations: refersTo('p') }),
      child({ relations: refersTo('p', { onDelete: 'CASCADE' }) }),
    ],
    after: [
      entity({ name: 'p', columns: { id: { ...id, type: 'bigint' } }, relations: refersTo('p') }),
      child({ relations: refersTo('p', { onDelete: 'CASCADE' }) }),
    ],
    insert:
      'INSERT INTO p# VALUES (1, NULL), (2, 1); INSERT INTO c# (parentId) VALUES (2), (1), (NULL)',
    query: PARENTS,
    finds: ['2', '1', null],
  },
  {
    change: 'a text key gets longer',
    before: [parentOf(code), child()],
    after: [parentOf({ ...code, length: 20 }), child()],
    insert: "INSERT INTO p# VALUES ('a'); INSERT INTO c# (parentId) VALUES ('a')",
    query: PARENTS,
    finds: ['a'],
  },
  {
    change: 'MY-31: a text key gets another character set',
    before: [parentOf({ ...code, charset: 'latin1' }), child()],
    after: [parentOf({ ...code, charset: 'utf8mb4', collation: 'utf8mb4_bin' }), child()],
    insert: "INSERT INTO p# VALUES ('é'); INSERT INTO c# (parentId) VALUES ('é')",
    query: PARENTS,
    finds: ['é'],
  },
  {
    change: 'MY-32: a uuid key is left alone',
    before: [parentOf({ type: 'uuid', primary: true, generated: 'uuid' }), child()],
    after: [parentOf({ type: 'uuid', primary: true, generated: 'uuid' }), child()],
    insert: 'SELECT 1',
    query: PARENTS,
    finds: [],
  },
  {
    change: 'MY-33: datetime(0) is datetime',
    before: [parentOf(id), child({ columns: { id, at: { type: 'datetime', precision: 0 } } })],
    after: [parentOf(id), child({ columns: { id, at: { type: 'datetime' } } })],
    insert: 'SELECT 1',
    query: PARENTS,
    finds: [],
  },
  {
    change: 'a column that refers goes, its key first',
    before: [parentOf(id), child()],
    after: [parentOf(id), child({ relations: {} })],
    insert: INSERT,
    query: 'SELECT CAST(id AS CHAR) AS value FROM c# ORDER BY id',
    finds: ['1', '2', '3'],
  },
  {
    change: 'a column that refers comes, and goes on the way back',
    before: [parentOf(id), child({ relations: {} })],
    after: [parentOf(id), child()],
    insert: 'INSERT INTO p# VALUES (1); INSERT INTO c# VALUES (7)',
    query: 'SELECT CAST(id AS CHAR) AS value FROM c# ORDER BY id',
    finds: ['7'],
  },
  {
    change: 'a table that refers to the key that changes goes',
    before: [parentOf(id), child()],
    after: [parentOf({ ...id, type: 'bigint' })],
    insert: 'INSERT INTO p# VALUES (1), (2)',
    query: 'SELECT CAST(id AS CHAR) AS value FROM p# ORDER BY id',
    finds: ['1', '2'],
  },
  {
    change: 'a new table refers to the key that changes',
    before: [parentOf(id)],
    after: [
      parentOf({ ...id, type: 'bigint' }),
      entity({ name: 'd', columns: { code, at: { type: 'date' } }, relations: refersTo('p') }),
    ],
    insert: 'INSERT INTO p# VALUES (1), (2)',
    query: 'SELECT CAST(id AS CHAR) AS value FROM p# ORDER BY id',
    finds: ['1', '2'],
  },
  {
    change: 'the index of a foreign key becomes one of the model',
    before: [parentOf(id), child()],
    after: [parentOf(id), child({ indices: [{ columns: ['parent'] }] })],
    insert: INSERT,
    query: PARENTS,
    finds: ['2', '1', null],
  },
  {
    change: 'an index under a foreign key is taken out of the model',
    before: [parentOf(id), child({ indices: [{ columns: ['parent'] }] })],
    after: [parentOf(id), child()],
    insert: INSERT,
    query: PARENTS,
    finds: ['2', '1', null],
  },
  {
    change: 'one-to-one becomes many-to-one',
    before: [
      parentOf(id),
      child({ relations: refersTo('p', { type: 'one-to-one', joinColumn: true }) }),
    ],
    after: [parentOf(id), child({ relations: refersTo('p', { joinColumn: true }) })],
    insert: INSERT,
    query: PARENTS,
    finds: ['2', '1', null],
  },
  {
    change: 'many-to-one becomes one-to-one',
    before: [parentOf(id), child({ relations: refersTo('p', { joinColumn: true }) })],
    after: [
      parentOf(id),
      child({ relations: refersTo('p', { type: 'one-to-one', joinColumn: true }) }),
    ],
    insert: INSERT,
    query: PARENTS,
    finds: ['2', '1', null],
  },
  {
    change: 'a counter takes the place of a natural key',
    before: [entity({ name: 't', columns: { code } })],
    after: [entity({ name: 't', columns: { id, code: { type: 'varchar', length: 10 } } })],
    insert: "INSERT INTO t# VALUES ('a'), ('b')",
    query: 'SELECT code AS value FROM t# ORDER BY code',
    finds: ['a', 'b'],
  },
  {
    change: 'a key of two columns takes the place of a counter that stays',
    before: [
      entity({ name: 't', columns: { id, tenant: { type: 'int', default: 1 } } }),
      entity({ name: 'c', columns: { id }, relations: refersTo('t') }),
    ],
    after: [
      entity({ name: 't', columns: { id, tenant: { type: 'int', primary: true, default: 1 } } }),
      entity({ name: 'c', columns: { id, parentId: { type: 'int', nullable: true } } }),
    ],
    insert: 'INSERT INTO t# (tenant) VALUES (5), (6); INSERT INTO c# (parentId) VALUES (2)',
    query: 'SELECT CAST(id AS CHAR) AS value FROM t# ORDER BY id',
    finds: ['1', '2'],
  },
  {
    change: 'a counter is taken from a key, and given to it',
    before: [parentOf(id), child()],
    after: [parentOf({ type: 'int', primary: true }), child()],
    insert: INSERT,
    query: PARENTS,
    finds: ['2', '1', null],
  },
  {
    change: 'a unique counter beside the key',
    before: [entity({ name: 't', columns: { code } })],
    after: [
      entity({
        name: 't',
        columns: { code, n: { type: 'int', generated: 'increment', unique: true } },
      }),
    ],
    insert: "INSERT INTO t# VALUES ('a'), ('b')",
    query: 'SELECT code AS value FROM t# ORDER BY code',
    finds: ['a', 'b'],
  },
];

/** The entity, its table and what it refers to with the number of the case. */
function numbered(options: Options, number: number): EntitySchema {
  const { name, relations = {} } = options;
  const named = Object.entries(relations).map(([property, relation]) => [
    property,
    { ...relation, target: `${String((relation as { target: string }).target)}${number}` },
  ]);
  return new EntitySchema<object>({
    ...options,
    name: `${name}${number}`,
    relations: Object.fromEntries(named) as never,
  });
}

const all = (side: 'before' | 'after') =>
  CASES.flatMap((item, number) => item[side].map((options) => numbered(options, number)));
const sql = (text: string, number: number): string => text.replaceAll('#', String(number));

describe('keys that change while their tables have rows, on MariaDB', () => {
  let found: ChangedEntities;
  beforeAll(async () => {
    found = await changeEntities({
      on: mariadb,
      before: all('before'),
      after: all('after'),
      fill: async (connection) => {
        for (const [number, { insert }] of CASES.entries())
          await connection.script(sql(insert, number));
      },
      look: async (connection) => {
        const values: unknown[] = [];
        for (const [number, { query }] of CASES.entries()) {
          const { rows } = await connection.query(sql(query, number));
          values.push(rows.map((row) => row['value']));
        }
        return values;
      },
    });
  });

  it.each(CASES.map(({ change, finds }, number) => ({ change, finds, number })))(
    '$change',
    ({ finds, number }) => {
      const looks = found.looks.map((look) => (look as readonly unknown[])[number]);
      expect(looks).toEqual([finds, finds, finds]);
    },
  );

  it('law 1: leaves nothing to find', () => {
    expect(found.again).toEqual([]);
  });

  it('law 2: the way back leads to the schema that was', () => {
    const [before, back] = found.lines;
    expect(back).toEqual(before);
  });

  it('MY-32: and MY-33: a uuid key and datetime(0) are no difference', () => {
    const tables = CASES.flatMap(({ change }, number) =>
      /^MY-3[23]/.test(change) ? [`p${number}`, `c${number}`] : [],
    );
    const about = found.changes.filter((text) =>
      tables.some((table) => new RegExp(`\\b${table}\\b`).test(text)),
    );
    expect([tables.length, about]).toEqual([4, []]);
  });

  it('a counter and its key are one change, and so are the indexes under a foreign key', () => {
    expect(found.file).toMatch(
      /batchAlterTable\('t\d+', \(batch\) => \{\s+batch\.dropConstraint\('PRIMARY', 'primaryKey'\);\s+batch\.addColumn\('id', 'int'/,
    );
    expect(found.file).toMatch(
      /batch\.dropIndex\('FK_\w+'\);\s+batch\.createIndex\('IDX_\w+', \['parentId'\]/,
    );
  });
});
