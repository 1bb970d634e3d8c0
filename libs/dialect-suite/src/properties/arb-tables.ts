import type {
  CheckConstraint,
  Column,
  EnumType,
  ForeignKey,
  Table,
  UniqueConstraint,
} from '@nest-alembic/core';
import { comment, drawColumn, familyOf } from './arb-columns.js';
import { drawIndexes } from './arb-indexes.js';
import { canBeInKey } from './drawn-dialect.js';
import { below, numberOf, oneOf, someOf, sometimes } from './draw.js';
import type { Drawing } from './draw.js';

/** What is there when a table is drawn. */
export interface Known {
  readonly enums: readonly EnumType[];
  readonly tables: readonly Table[];
}

/** Another schema than the default one, where the database has several. */
export const OTHER_SCHEMA = 'audit';

/** Draws a table whose foreign keys lead to the tables that are there, or to itself. @param most columns */
export function drawTable(given: Drawing, known: Known, most: number): Table {
  const drawing = ofKind(given);
  const { g, names, drawn } = drawing;
  const columns: Column[] = [];
  const count = 1 + below(g, most);
  for (let at = 0; at < count; at += 1)
    columns.push(drawColumn(drawing, { enums: known.enums, others: columns }));
  const isElsewhere = drawn.tested.dialect.capabilities.schemas && sometimes(g, 15);
  const bare: Table = {
    schema: isElsewhere ? OTHER_SCHEMA : null,
    name: names.next(g),
    columns,
    foreignKeys: [],
    uniques: [],
    checks: [],
    exclusions: [],
    indexes: [],
    ...comment(drawing),
  };
  const keyed = withPrimaryKey(drawing, bare);
  const tied = withForeignKey(drawing, { table: keyed, tables: [...known.tables, keyed] });
  const unique = { ...tied, uniques: sometimes(g, 30) ? drawUniques(drawing, tied) : [] };
  return withTableExtras(drawing, {
    ...unique,
    checks: drawChecks(drawing, { table: tied, enums: known.enums }),
    exclusions: drawExclusions(drawing, tied),
    indexes: drawIndexes(drawing, unique, 2),
  });
}

/** The drawing of a table that has only what one kind of table can have, or the same. */
function ofKind(drawing: Drawing): Drawing {
  const { g, drawn } = drawing;
  const { fewFamilies: families } = drawn;
  return families && sometimes(g, 25) ? { ...drawing, drawn: { ...drawn, families } } : drawing;
}

function withTableExtras({ g, drawn }: Drawing, table: Table): Table {
  const extras = drawn.tableExtras?.(table) ?? [];
  return extras.length > 0 && sometimes(g, 40) ? { ...table, ...oneOf(g, extras) } : table;
}

function withPrimaryKey({ g, names, drawn }: Drawing, table: Table): Table {
  const candidates = table.columns.filter(
    ({ type, generated }) => drawn.keyTypes.has(type) && !generated,
  );
  const some = sometimes(g, 75) ? someOf(g, candidates, 2) : [];
  const key = some.length === 0 && drawn.needsKeys ? candidates.slice(0, 1) : some;
  const [first] = key;
  if (!first) return table;
  const counts =
    key.length === 1 &&
    drawn.counterTypes.includes(first.type) &&
    !table.columns.some(({ generated }) => generated) &&
    sometimes(g, 50);
  return {
    ...table,
    columns: table.columns.map((column) =>
      key.includes(column) ? keyColumn(column, counts) : column,
    ),
    primaryKey: { name: `pk ${names.next(g)}`, columns: key.map(({ name }) => name) },
  };
}

/** What is never NULL must be seen, or have a default. */
function keyColumn({ default: value, invisible: _, ...column }: Column, counts: boolean): Column {
  if (counts) return { ...column, nullable: false, autoIncrement: true };
  return { ...column, nullable: false, ...(value !== undefined && { default: value }) };
}

/** Columns of its own for each key, of the types of the primary key that it leads to. */
export function withForeignKey(
  drawing: Drawing,
  { table, tables }: { readonly table: Table; readonly tables: readonly Table[] },
): Table {
  const { g, names, drawn } = drawing;
  const targets = tables.filter(({ primaryKey }) => primaryKey);
  if (targets.length === 0 || !sometimes(g, 60)) return table;
  const target = oneOf(g, targets);
  const referencedColumns = target.primaryKey?.columns ?? [];
  const columns = target.columns
    .filter(({ name }) => referencedColumns.includes(name))
    .sort(
      (one, other) => referencedColumns.indexOf(one.name) - referencedColumns.indexOf(other.name),
    )
    .map(({ type, collation }): Column => ({
      name: names.next(g),
      type,
      nullable: true,
      ...(collation && { collation }),
    }));
  const action = oneOf(g, drawn.actions);
  const key: ForeignKey = {
    name: `fk ${names.next(g)}`,
    columns: columns.map(({ name }) => name),
    referencedTable: { schema: target.schema, name: target.name },
    referencedColumns,
    ...(action && { onDelete: action }),
    ...(sometimes(g, 30) && oneOf(g, drawn.keyOptions)),
  };
  return {
    ...table,
    columns: [...table.columns, ...columns],
    foreignKeys: [...table.foreignKeys, key],
  };
}

function drawUniques({ g, names, drawn }: Drawing, table: Table): readonly UniqueConstraint[] {
  const columns = someOf(
    g,
    table.columns.filter((column) => canBeInKey(drawn, column)),
    2,
  ).map(({ name }) => name);
  const key = table.primaryKey?.columns.join() ?? '';
  // The server makes one key of two that are equal.
  if (columns.length === 0 || columns.join() === key) return [];
  // What refers is NULL in most rows: those would be equal to an option that counts NULLs as such.
  const refers = table.foreignKeys.some((key) =>
    key.columns.some((name) => columns.includes(name)),
  );
  const options = refers ? [] : drawn.uniqueOptions;
  const option = options.length > 0 && sometimes(g, 25) ? oneOf(g, options) : {};
  return [{ name: `uq ${names.next(g)}`, columns, ...option }];
}

/** Checks that the values of the generator pass. One of the same text has the same name: by name alone nothing differs (design D7). */
export function drawChecks(
  { g, drawn }: Drawing,
  { table, enums }: { readonly table: Table; readonly enums: readonly EnumType[] },
): readonly CheckConstraint[] {
  const { quoting } = drawn.tested.dialect;
  // MariaDB checks no column that a foreign key or a counter sets.
  const set = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  const checkable = table.columns.filter(
    ({ name, type, generated, autoIncrement }) =>
      !generated && !autoIncrement && !set.has(name) && familyOf(drawn, type, enums).check,
  );
  return someOf(g, checkable, 2).map((column) => ({
    name: `ck ${numberOf(column.property ?? column.name)}`,
    expression:
      familyOf(drawn, column.type, enums).check?.(quoting.identifier(column.name)) ?? 'true',
  }));
}

function drawExclusions({ g, names, drawn }: Drawing, table: Table): Table['exclusions'] {
  const { exclusion, tested } = drawn;
  const column = table.columns.find(({ type }) => type === exclusion?.type);
  if (!exclusion || !column || !sometimes(g, 50)) return [];
  const definition = exclusion.definition(tested.dialect.quoting.identifier(column.name));
  return [
    {
      name: `ex ${names.next(g)}`,
      definition,
      ...(sometimes(g, 30) && { deferrable: 'initially deferred' as const }),
    },
  ];
}
