import type { Operation, OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type { Precheck } from '../common/dialect.js';
import { RowChecks } from '../common/row-checks.js';
import { postgresQuoting } from './postgres-quoting.js';
import { baseOf, canonicalType, modifiersOf } from './postgres-types.js';

/**
 * Queries that count the rows for which the server would refuse an operation, each as one row with one number `rows`. For the
 * tables as they are before it.
 */
export function prechecks(operation: Operation): readonly Precheck[] {
  switch (operation.kind) {
    case 'addColumn':
      return checks.newColumn(operation);
    case 'alterColumn':
      return [...checks.newNotNull(operation), ...newType(operation)];
    case 'addConstraint':
      return checks.newConstraint(operation.table, operation.added);
    case 'createIndex':
      return operation.index.unique ? checks.newUniqueIndex(operation.table, operation.index) : [];
    case 'alterEnum':
      return lostLabels(operation);
    default:
      return [];
  }
}

const { identifier: quoted, qualified, literal } = postgresQuoting;
const checks = new RowChecks(postgresQuoting);

/** Values that the server refuses; those that it rounds without a word are asked about when the revision is written. */
function newType({ table, name, to, using }: OperationOf<'alterColumn'>): readonly Precheck[] {
  if (typeof to.type !== 'string' || using !== undefined) return [];
  const isTooGreat = tooGreat(quoted(name), canonicalType(to.type));
  if (isTooGreat === undefined) return [];
  const text = `${displayName(table)}.${name} has values that do not fit into ${to.type}`;
  return [checks.count(text, qualified(table), isTooGreat)];
}

const INTEGERS = new Map([
  ['smallint', '32767'],
  ['integer', '2147483647'],
  ['bigint', '9223372036854775807'],
]);

function tooGreat(column: string, type: string): string | undefined {
  const greatest = INTEGERS.get(type);
  if (greatest !== undefined) {
    return `round(${column}::numeric) NOT BETWEEN -${greatest} - 1 AND ${greatest}`;
  }
  const [size, scale = 0] = modifiersOf(type);
  if (size === undefined) return undefined;
  switch (baseOf(type)) {
    case 'character varying':
    case 'character':
      return `char_length(rtrim(${column}::text, ' ')) > ${size}`;
    case 'numeric':
      return `abs(round(${column}::numeric, ${scale})) >= 1e${size - scale}::numeric`;
    default:
      return undefined;
  }
}

/** Rows that hold a label that goes, and get no other one. */
function lostLabels(operation: OperationOf<'alterEnum'>): readonly Precheck[] {
  const { name, from, to, renames = [], replacements = [], uses = [] } = operation;
  const goesOn = new Set([...to, ...[...renames, ...replacements].map((one) => one.from)]);
  const lost = from.filter((label) => !goesOn.has(label));
  if (lost.length === 0) return [];
  const labels = lost.map((label) => literal(label)).join(', ');
  return uses.map(({ table, column, array }) =>
    checks.count(
      `${displayName(table)}.${column} has labels that enum ${displayName(name)} loses`,
      qualified(table),
      array
        ? `${quoted(column)}::text[] && ARRAY[${labels}]`
        : `${quoted(column)}::text IN (${labels})`,
    ),
  );
}
