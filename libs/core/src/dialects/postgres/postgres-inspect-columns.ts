import type { Column, GeneratedColumn, Identity } from '../../schema/schema-model.js';
import { addTo, groupBy } from '../common/group-by.js';
import type { CatalogRows, ColumnRow, SequenceRow } from './postgres-catalog-rows.js';
import { sequenceOptions } from './postgres-inspect-sequences.js';
import { withoutOuterParentheses } from './postgres-parentheses.js';

/** The columns of all tables. */
export interface ReadColumns {
  /** Those of each table, by the table's id, in the order of the table. */
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  /** The name of a column by the id of its table and its number. */
  readonly columnOf: (table: string, number: number) => string | undefined;
  /** The columns that own sequences, by those. */
  readonly owners: ReadonlyMap<SequenceRow, ColumnRow>;
}

/** Reads the rows of columns to the end; they are in the order of the tables. */
export function readColumns({
  columns: rows,
  sequences,
}: Pick<CatalogRows, 'columns' | 'sequences'>): ReadColumns {
  const ofTables = groupBy(sequences, (row) => row.ownerTable);
  const columns = new Map<string, Column[]>();
  const names = new Map<string, string[]>();
  const owners = new Map<SequenceRow, ColumnRow>();
  const types = new Map<string, string>();
  for (const part of rows) {
    for (const row of part) {
      const owned = ownedBy(row, ofTables.get(row.table));
      owned.forEach((sequence) => owners.set(sequence, row));
      addTo(columns, row.table, toColumn(row, owned, shared(types, row.type)));
      namesIn(names, row.table)[row.number] = row.name;
    }
  }
  return { columns, owners, columnOf: (table, number) => names.get(table)?.[number] };
}

/** The text as it was met first: a database has many columns and few types. */
function shared(texts: Map<string, string>, text: string): string {
  const known = texts.get(text);
  if (known === undefined) texts.set(text, text);
  return known ?? text;
}

function ownedBy(
  { number }: ColumnRow,
  ofTable: readonly SequenceRow[] | undefined,
): readonly SequenceRow[] {
  for (const { ownerColumn } of ofTable ?? NONE)
    if (ownerColumn === number) return ofTable?.filter((own) => own.ownerColumn === number) ?? NONE;
  return NONE;
}

const NONE: readonly SequenceRow[] = [];

/** The names of a table's columns at their numbers; a dropped column leaves a gap. */
function namesIn(names: Map<string, string[]>, table: string): string[] {
  const known = names.get(table);
  if (known) return known;
  const added: string[] = [];
  names.set(table, added);
  return added;
}

const STORAGES = { p: 'plain', e: 'external', x: 'extended', m: 'main' } as const;

function toColumn(row: ColumnRow, sequences: readonly SequenceRow[], type: string): Column {
  const generated = toGenerated(row);
  const identity = toIdentity(row, sequences);
  const isSerial = drawsFromOwn(row, sequences);
  const hasDefault = row.expression !== null && !generated && !isSerial;
  return {
    name: row.name,
    type,
    nullable: row.nullable,
    ...(hasDefault && { default: row.expression }),
    ...(generated && { generated }),
    ...(identity && { identity }),
    ...(isSerial && { autoIncrement: true }),
    ...(row.collation !== null && { collation: row.collation }),
    ...(isStoredOtherwise(row) && toStorage(row)),
    ...(row.comment !== null && { comment: row.comment }),
  };
}

/** Otherwise than its type says. */
const isStoredOtherwise = ({ storage, compression }: ColumnRow): boolean =>
  storage !== null || compression !== null;

function toStorage({ storage, compression }: ColumnRow): Pick<Column, 'storage' | 'compression'> {
  return {
    ...(storage !== null && { storage: STORAGES[storage] }),
    ...(compression !== null && { compression }),
  };
}

function toGenerated(row: ColumnRow): GeneratedColumn | undefined {
  if (row.generated === '' || row.expression === null) return undefined;
  return { expression: withoutOuterParentheses(row.expression), stored: row.generated === 's' };
}

function toIdentity(row: ColumnRow, sequences: readonly SequenceRow[]): Identity | undefined {
  if (row.identity === '') return undefined;
  const sequence = sequences.find(({ ownerKind }) => ownerKind === 'i');
  const options = sequence && sequenceOptions(sequence);
  return {
    generation: row.identity === 'a' ? 'always' : 'by default',
    ...(options && { options }),
  };
}

/** What `serial` makes: the column owns a sequence, and its default is the next value of just that one. */
function drawsFromOwn(row: ColumnRow, sequences: readonly SequenceRow[]): boolean {
  if (sequences.length === 0) return false;
  return sequences.some(
    ({ ownerKind, nextval }) => ownerKind === 'a' && nextval === row.expression,
  );
}
