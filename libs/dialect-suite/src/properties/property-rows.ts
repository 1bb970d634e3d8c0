import type { Column, ObjectName, SchemaModel, Table } from '@nest-alembic/core';
import type { Workbench } from '../workbench.js';
import { familyOf } from './arb-columns.js';
import type { DrawnDialect } from './drawn-dialect.js';

const ROWS = [1, 2, 3];

/** A table, and what it belongs to. */
interface Owned {
  readonly drawn: DrawnDialect;
  readonly model: SchemaModel;
  readonly table: Table;
}

/** Fills every table with rows that its keys and checks accept; a foreign key of one row leads to a row where there is one. */
export async function insertRows(
  bench: Workbench,
  drawn: DrawnDialect,
  model: SchemaModel,
): Promise<void> {
  const owned = model.tables.map((table) => ({ drawn, model, table }));
  const inserts = owned.flatMap((one) => ROWS.map((n) => insertInto(one, n)));
  await bench.connection.script([...inserts, ...owned.flatMap(linksOf), 'SELECT 1'].join(';\n'));
}

function insertInto({ drawn, model, table }: Owned, n: number): string {
  const { quoting } = drawn.tested.dialect;
  const linked = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  const written = table.columns.filter(
    ({ name, generated, identity, autoIncrement }) =>
      !generated && !identity && !autoIncrement && !linked.has(name),
  );
  const target = quoting.qualified(table);
  if (written.length === 0) return `INSERT INTO ${target} ${drawn.insertNothing}`;
  const names = written.map(({ name }) => quoting.identifier(name)).join(', ');
  const values = written.map(({ type }) => familyOf(drawn, type, model.enums).value(n)).join(', ');
  return `INSERT INTO ${target} (${names}) VALUES (${values})`;
}

function linksOf({ drawn, table }: Owned): readonly string[] {
  const { identifier, qualified } = drawn.tested.dialect.quoting;
  const target = qualified(table);
  return table.foreignKeys.map(({ columns, referencedTable, referencedColumns }) => {
    const key = referencedColumns.map(identifier);
    const rest = `FROM ${qualified(referencedTable)} ORDER BY ${key.join(', ')} LIMIT 1`;
    const set = columns.map((name, at) => `${identifier(name)} = (SELECT ${key[at]} ${rest})`);
    return `UPDATE ${target} SET ${set.join(', ')} ${drawn.oneRow(target)}`;
  });
}

/** A column of a table. */
export interface ColumnPlace {
  readonly table: ObjectName;
  readonly column: string;
}

/** A column on both sides, by the names that it has there. */
export interface SameColumn {
  readonly current: ColumnPlace;
  readonly target: ColumnPlace;
}

/** The columns that two schemas share: of one entity and property, and one type. */
export function unaffectedColumns(
  current: SchemaModel,
  target: SchemaModel,
): readonly SameColumn[] {
  const places = (model: SchemaModel) =>
    model.tables.flatMap((table) =>
      table.columns.map((column) => ({
        key: keyOf(table, column),
        isGenerated: column.generated !== undefined,
        place: { table: { schema: table.schema, name: table.name }, column: column.name },
      })),
    );
  const after = new Map(places(target).map(({ key, place }) => [key, place]));
  return places(current).flatMap(({ key, isGenerated, place }) => {
    const found = after.get(key);
    return found && !isGenerated ? [{ current: place, target: found }] : [];
  });
}

const keyOf = (table: Table, { property, type }: Column): string =>
  JSON.stringify([table.entity, property, type]);

/** What a column holds, whatever the order of the rows. */
export async function valuesIn(
  { connection }: Workbench,
  { asText, tested }: DrawnDialect,
  { table, column }: ColumnPlace,
): Promise<readonly string[]> {
  const { identifier, qualified } = tested.dialect.quoting;
  const { rows } = await connection.query<{ value: string | null }>(
    `SELECT ${asText(identifier(column))} AS value FROM ${qualified(table)}`,
  );
  return rows.map(({ value }) => value ?? '∅').sort();
}
