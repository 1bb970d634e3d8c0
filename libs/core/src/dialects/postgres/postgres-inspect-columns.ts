import type { Column, GeneratedColumn, Identity } from '../../schema/schema-model.js';
import { groupBy } from '../common/group-by.js';
import type { ColumnRow, SequenceRow } from './postgres-catalog-rows.js';
import { sequenceOptions } from './postgres-inspect-sequences.js';
import { withoutOuterParentheses } from './postgres-parentheses.js';

/** The columns of each table, by the table's id, in the order of the table. */
export function columnsByTable(
  columnRows: ReadonlyMap<string, readonly ColumnRow[]>,
  sequences: readonly SequenceRow[],
): ReadonlyMap<string, readonly Column[]> {
  const owned = groupBy(sequences, (row) => row.ownerTable);
  return new Map(
    [...columnRows].map(([table, rows]) => {
      const ofTable = owned.get(table) ?? [];
      return [table, rows.map((row) => toColumn(row, ofTable))];
    }),
  );
}

function toStorage({ storage, compression }: ColumnRow): Pick<Column, 'storage' | 'compression'> {
  return {
    ...(storage !== null && { storage: STORAGES[storage] }),
    ...(compression !== null && { compression }),
  };
}

const STORAGES = { p: 'plain', e: 'external', x: 'extended', m: 'main' } as const;

function toColumn(row: ColumnRow, ofTable: readonly SequenceRow[]): Column {
  const sequences = ofTable.filter(({ ownerColumn }) => ownerColumn === row.number);
  const generated = toGenerated(row);
  const identity = toIdentity(row, sequences);
  const isSerial = drawsFromOwn(row, sequences);
  const hasDefault = row.expression !== null && !generated && !isSerial;
  return {
    name: row.name,
    type: row.type,
    nullable: row.nullable,
    ...(hasDefault && { default: row.expression }),
    ...(generated && { generated }),
    ...(identity && { identity }),
    ...(isSerial && { autoIncrement: true }),
    ...(row.collation !== null && { collation: row.collation }),
    ...toStorage(row),
    ...(row.comment !== null && { comment: row.comment }),
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
  return sequences.some(
    ({ ownerKind, nextval }) => ownerKind === 'a' && nextval === row.expression,
  );
}
