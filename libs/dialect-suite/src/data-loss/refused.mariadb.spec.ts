import { columnCase, entity } from './data-loss-case.js';
import { DataLossBench } from './data-loss-bench.js';
import { describeRefused } from './describe-refused.fixture.js';
import { LOSS_MARIADB } from './loss-dialect.js';
import type { RefusedCase } from './refused-cases.js';
import { casesById } from './refused-cases.js';

jest.setTimeout(60_000);

const short = { type: 'varchar', length: 20 } as const;
const { asText } = LOSS_MARIADB;
const [steps, orphans, check] = casesById('DL-30', 'DL-33', 'DL-34') as readonly [
  RefusedCase,
  RefusedCase,
  RefusedCase,
];

const DUPLICATES: RefusedCase = {
  ...columnCase({
    id: 'DL-32',
    change: 'values that are there twice must be unique',
    from: short,
    to: { ...short, unique: true },
    values: [
      ["'a'", 'a'],
      ["'a'", 'a'],
    ],
    asText,
  }),
  refusal: /Duplicate entry/,
  inTheWay: 'of dl_32: values are there twice (1)',
};

describeRefused({
  loss: LOSS_MARIADB,
  steps: { ...steps, insert: 'INSERT INTO dl_30 () VALUES ()' },
  cases: [
    {
      ...columnCase({
        id: 'DL-27',
        change: 'int becomes uuid',
        from: { type: 'int' },
        to: { type: 'uuid' },
        values: [['1', '1']],
        asText,
      }),
      question: 'no-cast:dl_27.c',
    },
    {
      ...columnCase({
        id: 'DL-29',
        change: 'a plain column becomes a generated one',
        from: short,
        to: { ...short, asExpression: `'x'`, generatedType: 'STORED' },
        values: [["'a'", 'a']],
        asText,
      }),
      question: 'to-generated:dl_29.c',
    },
    DUPLICATES,
    { ...orphans, refusal: /foreign key constraint fails/ },
    { ...check, refusal: /CONSTRAINT `ck_dl_34` failed/ },
  ],
});

it('DL-41: of a revision that fails at its third statement two have happened; no value is gone, and the ledger says it', async () => {
  const before = [entity({ name: 'dl_41', columns: { a: short, b: short, c: short } })];
  const wide = { ...short, length: 40 };
  const after = [
    entity({ name: 'dl_41', columns: { a: wide, b: wide, c: { ...short, unique: true } } }),
  ];
  const insert = `INSERT INTO dl_41 (a, b, c) VALUES ('x', 'y', 'z'), ('u', 'v', 'z')`;
  const bench = await DataLossBench.open(
    [{ id: 'DL-41', change: 'three steps', before, after, insert }],
    LOSS_MARIADB,
  );
  try {
    const rows = async (sql: string) => (await bench.connection.query(sql)).rows;
    const held = await rows('SELECT a, b, c FROM dl_41 ORDER BY id');
    const migrator = bench.migrator(after);
    const { rowsInTheWay } = await migrator.revision({ autogenerate: true });
    expect(rowsInTheWay).toMatchObject([{ rows: 1 }]);
    await expect(migrator.upgrade('head')).rejects.toMatchObject({ code: 'E6003' });
    expect(await rows('SELECT a, b, c FROM dl_41 ORDER BY id')).toEqual(held);
    expect(await rows('SELECT version_num FROM alembic_version')).toEqual([
      { version_num: 'before' },
    ]);
    const ledger = await rows('SELECT state FROM alembic_version_ledger ORDER BY stmt_no');
    expect(ledger.length).toBeGreaterThan(1);
    await expect(migrator.upgrade('head')).rejects.toMatchObject({ code: 'E6011' });
  } finally {
    await bench.close();
  }
});

it('a column that gets another name and labels that a row does not have: told before, under the name of then', async () => {
  const asked = columnCase({
    id: 'renamed',
    change: 'a name and a type',
    from: short,
    to: { name: 'kind', type: 'simple-enum', enum: ['a', 'b'] },
    values: [["'odd'", 'odd']],
    asText,
  });
  const bench = await DataLossBench.open([asked], LOSS_MARIADB);
  try {
    const migrator = bench.migratorTo(asked);
    const { rowsInTheWay } = await migrator.revision({ autogenerate: true });
    expect(rowsInTheWay).toMatchObject([
      { text: expect.stringContaining('renamed.c has values that enum'), rows: 1 },
    ]);
    expect(await migrator.plan('head', { checkData: true })).toMatchObject({ fitsData: false });
    await expect(migrator.upgrade('head')).rejects.toMatchObject({
      code: 'E6003',
      advice: expect.stringMatching(/^Rows are in the way.*1 of its statements have happened/),
    });
    const { rows } = await bench.connection.query('SELECT kind FROM renamed');
    expect(rows).toEqual([{ kind: 'odd' }]);
  } finally {
    await bench.close();
  }
});
