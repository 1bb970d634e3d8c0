import type { ColumnCase, KeptCase } from './data-loss-case.js';
import { columnCase, entity } from './data-loss-case.js';
import type { LossDialect } from './loss-dialect.js';

const optional = { nullable: true } as const;

/** Options of a text of limited length. */
export const varchar = (length: number) => ({ type: 'varchar', length }) as const;

/** Makes cases about one column of a database. */
export const columnCasesOn =
  ({ asText }: LossDialect) =>
  (item: ColumnCase): KeptCase =>
    columnCase({ ...item, asText });

/** What every database keeps alike. */
export function everywhereKept(dialect: LossDialect): readonly KeptCase[] {
  const on = columnCasesOn(dialect);
  return [
    on({
      id: 'DL-4',
      change: 'int becomes bigint',
      from: { type: 'int', ...optional },
      to: { type: 'bigint', ...optional },
      values: [
        ['42', '42'],
        ['NULL', null],
      ],
    }),
    on({
      id: 'DL-5',
      change: 'varchar becomes text',
      from: { ...varchar(10), ...optional },
      to: { type: 'text', ...optional },
      values: [["'abc'", 'abc']],
    }),
    on({
      id: 'DL-31',
      change: 'a column with NULLs must not be null any more, and gets a default, which fills them',
      from: { ...varchar(20), ...optional },
      to: { ...varchar(20), default: 'x' },
      values: [
        ['NULL', 'x'],
        ["'a'", 'a'],
      ],
    }),
  ];
}

/** DL-23, where no schema has to be said. */
export const OTHER_TABLE: KeptCase = {
  id: 'DL-23',
  change: 'an entity has another table',
  before: [entity({ name: 'Dl23', table: 'dl_23', columns: { a: varchar(20) } })],
  after: [entity({ name: 'Dl23', table: 'dl_23_renamed', columns: { a: varchar(20) } })],
  insert: `INSERT INTO dl_23 (a) VALUES ('kept')`,
  query: 'SELECT id, a FROM dl_23_renamed',
  found: [{ id: 1, a: 'kept' }],
};
