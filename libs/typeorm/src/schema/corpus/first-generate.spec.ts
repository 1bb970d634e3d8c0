import { Index, JoinColumn, ManyToOne, Unique } from 'typeorm';
import { type CorpusRow, expectRow } from '../../testing/corpus-row.fixture.js';
import { entityOf, viewOf } from '../../testing/entity-of.fixture.js';

jest.setTimeout(60_000);

const indexed = entityOf({ columns: { b: { type: 'jsonb' } }, decorators: [Index('ix_b', ['b'])] });
const plain = entityOf({ columns: { a: { type: 'int' }, b: { type: 'text' } } });
const generated = entityOf({
  columns: {
    a: { type: 'int' },
    twice: { type: 'int', generatedType: 'STORED', asExpression: 'a * 2' },
  },
});
const parent = entityOf({ name: 'A', table: 'a' });
const child = entityOf({
  name: 'B',
  table: 'b',
  properties: { a: [ManyToOne('A'), JoinColumn({ name: 'aid' })] },
});
const unrelated = entityOf({
  name: 'B',
  table: 'b',
  columns: { aid: { type: 'int', nullable: true } },
});
const sized = (length: number) => entityOf({ columns: { c: { type: 'varchar', length } } });
const whole = (type: 'int' | 'bigint') => entityOf({ columns: { c: { type } } });
const labelled = (labels: readonly string[], name = 'T', table = 't', enumName = 'kind') =>
  entityOf({ name, table, columns: { c: { type: 'enum', enum: [...labels], enumName } } });
const labels = `SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum`;

const longTable = 'l'.repeat(62);
const long = entityOf({ table: longTable, columns: { c: { type: 'enum', enum: ['a', 'b'] } } });

const ROWS: readonly CorpusRow[] = [
  {
    row: 'PG-G2: a generated column that somebody made by hand',
    setUp: `CREATE TABLE t (id serial CONSTRAINT "PK_x" PRIMARY KEY, a int NOT NULL,
      twice int GENERATED ALWAYS AS (a * 2) STORED NOT NULL)`,
    becomes: [generated],
  },
  {
    row: 'PG-I1: an index of another method under the name',
    entities: [indexed],
    byHand: 'DROP INDEX ix_b; CREATE INDEX ix_b ON t USING gin (b)',
  },
  {
    row: 'PG-I2: an index that includes more',
    entities: [
      entityOf({
        columns: { a: { type: 'int' }, b: { type: 'int' } },
        decorators: [Index('ix_a', ['a'])],
      }),
    ],
    byHand: 'DROP INDEX ix_a; CREATE INDEX ix_a ON t (a) INCLUDE (b)',
  },
  {
    row: 'PG-I3: an index that was renamed',
    entities: [indexed],
    byHand: 'ALTER INDEX ix_b RENAME TO another',
  },
  {
    row: 'PG-I4: an index by hand',
    entities: [plain],
    byHand: 'CREATE INDEX by_hand ON t (b)',
    untouched: ['index t.by_hand'],
  },
  {
    row: 'PG-I5: a trigram index by hand',
    setUp: 'CREATE EXTENSION pg_trgm',
    entities: [plain],
    byHand: 'CREATE INDEX by_hand ON t USING gin (b gin_trgm_ops)',
    untouched: ['index t.by_hand'],
  },
  {
    row: 'PG-U1: a unique index where the model has a constraint',
    entities: [entityOf({ columns: { a: { type: 'int' } }, decorators: [Unique('u', ['a'])] })],
    byHand: 'ALTER TABLE t DROP CONSTRAINT u; CREATE UNIQUE INDEX u ON t (a)',
  },
  {
    row: 'PG-K1: a foreign key that the server named',
    entities: [parent, unrelated],
    byHand: 'ALTER TABLE b ADD FOREIGN KEY (aid) REFERENCES a',
    becomes: [parent, child],
  },
  {
    row: 'PG-K2: a foreign key by hand',
    entities: [parent, unrelated],
    byHand: 'ALTER TABLE b ADD CONSTRAINT by_hand FOREIGN KEY (aid) REFERENCES a',
    untouched: ['foreignKey b.by_hand'],
  },
  {
    row: 'PG-V1: a view by hand with the text of the model',
    entities: [plain],
    byHand: 'CREATE VIEW v AS SELECT id, b FROM t',
    becomes: [plain, viewOf('V', 'SELECT id, b FROM t')],
  },
  {
    row: 'PG-V2: a length under a view',
    entities: [sized(10), viewOf('V', 'SELECT c FROM t')],
    becomes: [sized(20), viewOf('V', 'SELECT c FROM t')],
    changes: ['drop view v', 'alter column t.c: type', 'create view v'],
  },
  {
    row: 'PG-V3: a wider type under a view that another one reads',
    entities: [
      whole('int'),
      viewOf('V', 'SELECT c FROM t'),
      viewOf('W', 'SELECT c + 1 AS d FROM v'),
    ],
    becomes: [
      whole('bigint'),
      viewOf('V', 'SELECT c FROM t'),
      viewOf('W', 'SELECT c + 1 AS d FROM v'),
    ],
    changes: [
      'drop view w',
      'drop view v',
      'alter column t.c: type',
      'create view v',
      'create view w',
    ],
  },
  {
    row: 'PG-V2: a length under a view by hand, which is asked about',
    entities: [sized(10)],
    byHand: 'CREATE VIEW v AS SELECT c FROM t',
    becomes: [sized(20)],
    changes: ['alter column t.c: type'],
    untouched: ['view v'],
    asked: ['dependent-view:v'],
    refused: true,
  },
  {
    row: 'PG-V4: a view that comes before the one that it reads',
    entities: [plain],
    becomes: [plain, viewOf('V1', 'SELECT b FROM v2'), viewOf('V2', 'SELECT b FROM t')],
    changes: ['create view v2', 'create view v1'],
  },
  {
    row: 'PG-E2: a label in the middle',
    entities: [labelled(['a', 'c'])],
    becomes: [labelled(['a', 'b', 'c'])],
    changes: ['alter enum kind: +b'],
    afterwards: [labels, 'a,b,c'],
  },
  {
    row: 'PG-E3: a label of an enum that two tables have',
    entities: [labelled(['a']), labelled(['a'], 'U', 'u')],
    becomes: [labelled(['a', 'b']), labelled(['a', 'b'], 'U', 'u')],
    changes: ['alter enum kind: +b'],
    afterwards: [labels, 'a,b'],
  },
  { row: 'PG-N2: an enum of a table with a name of 62 characters', entities: [long] },
];

describe('diff corpus 8.2, where the first comparison of TypeORM is wrong', () => {
  it.each(ROWS)('$row', expectRow);

  it.each(ROWS)('without a log, $row', async (row) => expectRow({ ...row, withLog: false }));
});
