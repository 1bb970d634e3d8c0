import type { Column, SchemaModel, Table } from '@nest-alembic/core';
import type { Workbench } from '../workbench.js';
import { familyOf, quoted } from './arb-columns.js';

const ROWS = [1, 2, 3];

/** Fills every table with rows that its keys and checks accept; a foreign key of one row leads to a row where there is one. */
export async function insertRows(bench: Workbench, model: SchemaModel): Promise<void> {
  const inserts = model.tables.flatMap((table) => ROWS.map((n) => insertInto(table, n, model)));
  const links = model.tables.flatMap(linksOf);
  await bench.connection.script([...inserts, ...links, 'SELECT 1'].join(';\n'));
}

function insertInto(table: Table, n: number, { enums }: SchemaModel): string {
  const linked = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  const written = table.columns.filter(
    ({ name, generated, identity }) => !generated && !identity && !linked.has(name),
  );
  if (written.length === 0) return `INSERT INTO ${quoted(table.name)} DEFAULT VALUES`;
  const names = written.map(({ name }) => quoted(name)).join(', ');
  const values = written.map(({ type }) => familyOf(type, enums).value(n)).join(', ');
  return `INSERT INTO ${quoted(table.name)} (${names}) VALUES (${values})`;
}

function linksOf({ name, foreignKeys }: Table): readonly string[] {
  return foreignKeys.map(({ columns, referencedTable, referencedColumns }) => {
    const [column = '', referenced = ''] = [columns[0], referencedColumns[0]];
    return `UPDATE ${quoted(name)} SET ${quoted(column)} = (SELECT ${quoted(referenced)} FROM ${quoted(referencedTable.name)} ORDER BY 1 LIMIT 1) WHERE ctid = (SELECT ctid FROM ${quoted(name)} LIMIT 1)`;
  });
}

/** A column before and after, by the names that it has there. */
interface SameColumn {
  readonly before: readonly [table: string, column: string];
  readonly after: readonly [table: string, column: string];
}

/** The columns that two schemas share: of one entity and property, and one type. */
export function unaffectedColumns(a: SchemaModel, b: SchemaModel): readonly SameColumn[] {
  const after = new Map(
    b.tables.flatMap((table) =>
      table.columns.map((column) => [keyOf(table, column), [table.name, column.name] as const]),
    ),
  );
  return a.tables.flatMap((table) =>
    table.columns.flatMap((column): readonly SameColumn[] => {
      const found = after.get(keyOf(table, column));
      return found && !column.generated
        ? [{ before: [table.name, column.name], after: found }]
        : [];
    }),
  );
}

const keyOf = (table: Table, { property, type }: Column): string =>
  JSON.stringify([table.entity, property, type]);

/** What a column holds, whatever the order of the rows. */
export async function checksumsOf(
  { connection }: Workbench,
  columns: readonly (readonly [table: string, column: string])[],
): Promise<readonly unknown[]> {
  const sums: unknown[] = [];
  for (const [table, column] of columns) {
    const value = `coalesce(${quoted(column)}::text, '∅')`;
    const { rows } = await connection.query(
      `SELECT count(*)::int AS rows, md5(string_agg(${value}, '|' ORDER BY ${value})) AS sum FROM ${quoted(table)}`,
    );
    sums.push(rows[0]);
  }
  return sums;
}
