import type { Connection } from '@nest-alembic/core';
import { mysqlDialect } from '@nest-alembic/core';

const { identifier } = mysqlDialect.quoting;

interface ColumnRow {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly extra: string;
  readonly refers: number | string;
  readonly isRelation: number | string;
}

/** The columns of all tables but those of the engine. */
async function columnsOf(connection: Connection): Promise<readonly ColumnRow[]> {
  const { rows } = await connection.query<ColumnRow>(
    `SELECT c.TABLE_NAME AS \`table\`, c.COLUMN_NAME AS \`column\`, c.COLUMN_TYPE AS type, c.EXTRA AS extra,
       c.IS_NULLABLE = 'YES' AND c.COLUMN_NAME REGEXP '^r[0-9]+Id$' AS isRelation
     FROM information_schema.COLUMNS c JOIN information_schema.TABLES t USING (TABLE_SCHEMA, TABLE_NAME)
     WHERE c.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE = 'BASE TABLE' AND t.TABLE_NAME NOT LIKE 'alembic%' AND t.TABLE_NAME <> 'typeorm_metadata'
     ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION`,
  );
  return rows;
}

const LITERALS: readonly (readonly [RegExp, (row: number) => string])[] = [
  [/^(tiny|small|medium|big)?int/, String],
  [/^(decimal|double|float)/, (row) => `${row}.25`],
  [/^year/, (row) => `200${row}`],
  [/^(enum|set)/, String],
  [/^bit/, (row) => `b'${row - 1}'`],
  [/binary|blob/, (row) => `X'0${row}FF'`],
  [/^uuid/, (row) => `'6ccd780c-baba-1026-9564-5b8c6560240${row}'`],
  [/^(datetime|timestamp)/, (row) => `'2020-01-0${row} 10:00:00'`],
  [/^date/, (row) => `'2020-01-0${row}'`],
  [/^time/, (row) => `'10:00:0${row}'`],
  [/char|text/, (row) => `'v${row}'`],
];

const literal = ({ type }: ColumnRow, row: number): string =>
  LITERALS.find(([pattern]) => pattern.test(type))?.[1](row) ?? 'NULL';

/** Two rows into each table, which refer to each other's first rows. JSON is a text that is some. */
export async function fillTables(connection: Connection): Promise<void> {
  const columns = await columnsOf(connection);
  const { rows } = await connection.query<{ readonly place: string }>(
    `SELECT CONCAT(TABLE_NAME, '.', CONSTRAINT_NAME) AS place FROM information_schema.CHECK_CONSTRAINTS
     WHERE CONSTRAINT_SCHEMA = DATABASE() AND CHECK_CLAUSE LIKE 'json_valid%'`,
  );
  const json = new Set(rows.map(({ place }) => place));
  await connection.script('SET FOREIGN_KEY_CHECKS = 0');
  for (const table of new Set(columns.map((row) => row.table))) {
    const own = columns.filter((row) => row.table === table && !/GENERATED/.test(row.extra));
    for (const number of [1, 2]) {
      const values = own.map((column) => {
        if (json.has(`${table}.${column.column}`)) return `'{"a": ${number}}'`;
        return Number(column.isRelation) === 1 && number === 2 ? 'NULL' : literal(column, number);
      });
      const names = own.map(({ column }) => identifier(column)).join(', ');
      await connection.query(
        `INSERT INTO ${identifier(table)} (${names}) VALUES (${values.join(', ')})`,
      );
    }
  }
  await connection.script('SET FOREIGN_KEY_CHECKS = 1');
}

/** The values of each column as texts, by `table.column`, in the order of the first column of its table. */
export type TableValues = ReadonlyMap<string, readonly (string | null)[]>;

/** Reads {@link TableValues}. */
export async function readTables(connection: Connection): Promise<TableValues> {
  const columns = await columnsOf(connection);
  const found = new Map<string, readonly (string | null)[]>();
  for (const table of new Set(columns.map((row) => row.table))) {
    const own = columns.filter((row) => row.table === table);
    const parts = own.map(({ column, type }, place) => {
      const name = identifier(column);
      const text = /binary|blob|^bit/.test(type) ? `HEX(${name})` : `CAST(${name} AS CHAR)`;
      return `${text} AS c${place}`;
    });
    const { rows } = await connection.query(
      `SELECT ${parts.join(', ')} FROM ${identifier(table)} ORDER BY ${identifier(own[0]?.column ?? '')}`,
    );
    own.forEach(({ column }, place) =>
      found.set(
        `${table}.${column}`,
        rows.map((row) => row[`c${place}`] as string | null),
      ),
    );
  }
  return found;
}

/** The columns that both have, with values that are not the same: numbers and moments may have more digits. */
export function changedValues(before: TableValues, after: TableValues): readonly string[] {
  return [...before].flatMap(([place, values]) => {
    const others = after.get(place);
    const isSame =
      others === undefined ||
      (others.length === values.length &&
        values.every((value, at) => plain(value) === plain(others[at] ?? null)));
    return isSame ? [] : [`${place}: ${String(values)} became ${String(others)}`];
  });
}

const plain = (value: string | null): string | null => {
  if (value === null) return null;
  const text = value.replace(/^(\d{4}-\d{2}-\d{2}) 00:00:00$/, '$1');
  return /\.\d*$/.test(text) ? text.replace(/\.?0*$/, '') : text;
};
