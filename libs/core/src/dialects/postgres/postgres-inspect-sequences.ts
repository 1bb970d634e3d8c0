import type { ObjectName } from '../../schema/object-name.js';
import type { Sequence, SequenceOptions } from '../../schema/schema-model.js';
import type {
  CatalogRows,
  NameRow,
  SequenceOptionsRow,
  SequenceRow,
} from './postgres-catalog-rows.js';
import type { ReadColumns } from './postgres-inspect-columns.js';

/** The sequences that are no counters of columns: without an owner, or with one whose default is another. */
export function freeSequences(
  rows: Pick<CatalogRows, 'sequences' | 'tables'>,
  {
    owners,
    nameOf,
  }: Pick<ReadColumns, 'owners'> & { readonly nameOf: (row: NameRow) => ObjectName },
): Sequence[] {
  const tables = new Map(rows.tables.map((row) => [row.id, row]));
  const ownerOf = (row: SequenceRow): Pick<Sequence, 'ownedBy'> | undefined => {
    if (row.ownerTable === null) return {};
    const table = tables.get(row.ownerTable);
    const column = owners.get(row);
    const isCounter = row.ownerKind === 'i' || column?.expression === row.nextval;
    if (isCounter || !table || !column) return undefined;
    return { ownedBy: { table: nameOf(table), column: column.name } };
  };
  return rows.sequences.flatMap((row) => {
    const owner = ownerOf(row);
    if (!owner) return [];
    const options = sequenceOptions(row);
    return [
      {
        ...nameOf(row),
        ...(row.type !== 'bigint' && { type: row.type }),
        ...(options && { options }),
        ...owner,
        ...(row.comment !== null && { comment: row.comment }),
      },
    ];
  });
}

/** The options that are not the server's defaults for this type and direction; undefined when all are. */
export function sequenceOptions(row: SequenceOptionsRow): SequenceOptions | undefined {
  const defaults = defaultOptions(row);
  const names = ['start', 'increment', 'minValue', 'maxValue', 'cache'] as const;
  const given = names.filter((name) => row[name] !== defaults[name]);
  if (given.length === 0 && !row.cycle) return undefined;
  return {
    ...Object.fromEntries(given.map((name) => [name, row[name]])),
    ...(row.cycle && { cycle: true }),
  };
}

const HIGHEST: Readonly<Record<string, bigint>> = {
  smallint: 32_767n,
  integer: 2_147_483_647n,
  bigint: 9_223_372_036_854_775_807n,
};

/** PostgreSQL 16 manual, CREATE SEQUENCE: a descending sequence runs from -1 down to the lowest value of its type. */
export function defaultOptions(
  row: Pick<SequenceOptionsRow, 'type' | 'increment' | 'minValue' | 'maxValue'>,
) {
  const highest = HIGHEST[row.type] ?? 0n;
  const isDescending = row.increment.startsWith('-');
  return {
    start: isDescending ? row.maxValue : row.minValue,
    increment: '1',
    minValue: String(isDescending ? -highest - 1n : 1n),
    maxValue: String(isDescending ? -1n : highest),
    cache: '1',
  };
}
