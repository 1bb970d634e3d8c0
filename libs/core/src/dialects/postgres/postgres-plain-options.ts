import { finderByName } from '../../schema/find-by-name.js';
import { mapChanged } from '../../schema/map-changed.js';
import { nameKey } from '../../schema/object-name.js';
import type {
  Column,
  PrimaryKey,
  SchemaModel,
  Sequence,
  SequenceOptions,
  Table,
  UniqueConstraint,
  View,
} from '../../schema/schema-model.js';
import type { Models } from '../common/canonical-slots.js';
import { defaultOptions, sequenceOptions } from './postgres-inspect-sequences.js';
import { plainIndex } from './postgres-plain-indexes.js';
import { canonicalType } from './postgres-types.js';

/**
 * The target as the inspector tells it, as far as that is known without asking: types in the server's spelling where the database has
 * them, and identities, sequences and indexes without the options that are the default anyway.
 */
export function withPlainOptions({ current, target }: Models): SchemaModel {
  const present = new Map(current.tables.map((table) => [nameKey(table), table]));
  return {
    ...target,
    sequences: target.sequences.map(plainSequence),
    tables: mapChanged(target.tables, (table) => plainTable(table, present.get(nameKey(table)))),
    views: mapChanged(target.views, (view) => withIndexes(view, [])),
  };
}

function plainTable(table: Table, before: Table | undefined): Table {
  const find = finderByName(before?.columns ?? []);
  const columns = mapChanged(table.columns, (column, at) => {
    const type = find(column.name, at)?.type;
    const isSame =
      type !== undefined && type !== column.type && canonicalType(column.type) === type;
    return plainColumn(isSame ? { ...column, type } : column);
  });
  const isOwn = (unique: UniqueConstraint): boolean => !isRedundant(unique, table, before);
  const uniques = table.uniques.every(isOwn) ? table.uniques : table.uniques.filter(isOwn);
  const isPlain = columns === table.columns && uniques === table.uniques;
  return withIndexes(isPlain ? table : { ...table, columns, uniques }, table.columns);
}

function withIndexes<T extends Table | View>(owner: T, columns: readonly Column[]): T {
  const indexes = mapChanged(owner.indexes, (index) => plainIndex(index, columns));
  return indexes === owner.indexes ? owner : { ...owner, indexes };
}

/**
 * CREATE TABLE leaves out, without a word, a unique constraint that says the same as the primary key or an earlier one. One that
 * somebody has made since is one.
 */
function isRedundant(unique: UniqueConstraint, table: Table, before: Table | undefined): boolean {
  if (before?.uniques.some(({ name }) => name === unique.name)) return false;
  const earlier = table.uniques.slice(0, table.uniques.indexOf(unique));
  const { primaryKey } = table;
  const others = [...(primaryKey ? [primaryKey] : []), ...earlier];
  return others.some((other) => keyText(other) === keyText(unique));
}

const keyText = (key: PrimaryKey | UniqueConstraint): string =>
  JSON.stringify([
    key.columns,
    key.include ?? [],
    key.deferrable ?? null,
    'nullsNotDistinct' in key && key.nullsNotDistinct === true,
  ]);

function plainColumn(column: Column): Column {
  const { identity } = column;
  if (!identity?.options) return column;
  const { options: given, ...rest } = identity;
  const options = plainOptions(canonicalType(column.type), given);
  return { ...column, identity: { ...rest, ...(options && { options }) } };
}

function plainSequence(sequence: Sequence): Sequence {
  const { options: given, ...rest } = sequence;
  if (!given) return sequence;
  const options = plainOptions(canonicalType(sequence.type ?? 'bigint'), given);
  return { ...rest, ...(options && { options }) };
}

function plainOptions(type: string, given: SequenceOptions): SequenceOptions | undefined {
  const { increment = '1', cache = '1', cycle = false } = given;
  const limits = defaultOptions({ type, increment, minValue: '', maxValue: '' });
  const { minValue = limits.minValue, maxValue = limits.maxValue } = given;
  const start = given.start ?? (increment.startsWith('-') ? maxValue : minValue);
  return sequenceOptions({ type, increment, minValue, maxValue, start, cache, cycle });
}
