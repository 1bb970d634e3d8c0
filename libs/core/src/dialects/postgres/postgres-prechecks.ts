import type { Constraint } from '../../operations/constraint-operations.js';
import type { Operation, OperationOf } from '../../operations/operation.js';
import { displayName, type ObjectName } from '../../schema/object-name.js';
import type { ForeignKey, Index } from '../../schema/schema-model.js';
import type { Precheck } from '../common/dialect.js';
import { postgresQuoting } from './postgres-quoting.js';
import { baseOf, canonicalType, modifiersOf } from './postgres-types.js';

/**
 * Queries that count the rows for which the server would refuse an operation, each as one row with one number `rows`. For the
 * tables as they are before it.
 */
export function prechecks(operation: Operation): readonly Precheck[] {
  switch (operation.kind) {
    case 'addColumn':
      return newColumn(operation);
    case 'alterColumn':
      return [...newNotNull(operation), ...newType(operation)];
    case 'addConstraint':
      return newConstraint(operation.table, operation.added);
    case 'createIndex':
      return operation.index.unique ? newUniqueIndex(operation.table, operation.index) : [];
    case 'alterEnum':
      return lostLabels(operation);
    default:
      return [];
  }
}

const { identifier: quoted, qualified, literal } = postgresQuoting;

const count = (text: string, from: string, where?: string): Precheck => ({
  text,
  sql: `SELECT count(*) AS rows FROM ${from}${where === undefined ? '' : ` WHERE ${where}`}`,
});

function newColumn({ table, column }: OperationOf<'addColumn'>): readonly Precheck[] {
  const { nullable, default: value, generated, identity, autoIncrement, name } = column;
  if (nullable || value !== undefined || generated || identity || autoIncrement) return [];
  return [
    count(`${displayName(table)}.${name} must not be null, and there are rows`, qualified(table)),
  ];
}

function newNotNull({ table, name, from, to }: OperationOf<'alterColumn'>): readonly Precheck[] {
  if (to.nullable !== false || from?.nullable === false) return [];
  const text = `${displayName(table)}.${name} must not be null, and is in some rows`;
  return [count(text, qualified(table), `${quoted(name)} IS NULL`)];
}

/** Values that the server refuses; those that it rounds without a word are asked about when the revision is written. */
function newType({ table, name, to, using }: OperationOf<'alterColumn'>): readonly Precheck[] {
  if (typeof to.type !== 'string' || using !== undefined) return [];
  const isTooGreat = tooGreat(quoted(name), canonicalType(to.type));
  if (isTooGreat === undefined) return [];
  const text = `${displayName(table)}.${name} has values that do not fit into ${to.type}`;
  return [count(text, qualified(table), isTooGreat)];
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

function newConstraint(table: ObjectName, added: Constraint): readonly Precheck[] {
  const { type, constraint } = added;
  const name = `${constraint.name ?? type} of ${displayName(table)}`;
  switch (type) {
    case 'primaryKey':
      return [
        ...duplicates(`${name}: keys are there twice`, table, { columns: constraint.columns }),
        count(
          `${name}: keys are null`,
          qualified(table),
          constraint.columns.map((column) => `${quoted(column)} IS NULL`).join(' OR '),
        ),
      ];
    case 'unique':
      return duplicates(`${name}: values are there twice`, table, constraint);
    case 'foreignKey':
      return constraint.notValid ? [] : [orphans(name, table, constraint)];
    case 'check':
      return constraint.notValid
        ? []
        : [count(`${name} does not hold`, qualified(table), `(${constraint.expression}) IS FALSE`)];
    case 'exclusion':
      return [];
  }
}

interface Unique {
  readonly columns: readonly string[];
  readonly nullsNotDistinct?: true;
}

const duplicates = (
  text: string,
  table: ObjectName,
  { columns, nullsNotDistinct }: Unique,
): readonly Precheck[] => [
  count(text, groups(qualified(table), columns.map(quoted), { nullsNotDistinct })),
];

interface Grouping {
  readonly nullsNotDistinct?: true | undefined;
  readonly where?: string | undefined;
}

/** The groups of rows with equal parts; a null is equal to none, unless it is said otherwise. */
function groups(from: string, parts: readonly string[], { nullsNotDistinct, where }: Grouping) {
  const conditions = [
    ...(where === undefined ? [] : [`(${where})`]),
    ...(nullsNotDistinct ? [] : parts.map((part) => `${part} IS NOT NULL`)),
  ];
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `(SELECT FROM ${from}${filter} GROUP BY ${parts.join(', ')} HAVING count(*) > 1) AS twice`;
}

function newUniqueIndex(table: ObjectName, index: Index): readonly Precheck[] {
  const parts = index.elements.map(({ column, expression = '' }) =>
    column === undefined ? `(${expression})` : quoted(column),
  );
  const text = `${index.name} of ${displayName(table)}: values are there twice`;
  return [count(text, groups(qualified(table), parts, index))];
}

function orphans(name: string, table: ObjectName, key: ForeignKey): Precheck {
  const own = key.columns.map((column) => `own.${quoted(column)}`);
  const equal = key.referencedColumns.map(
    (column, place) => `other.${quoted(column)} = ${own[place]}`,
  );
  const isSet = own.map((column) => `${column} IS NOT NULL`);
  const found = `EXISTS (SELECT FROM ${qualified(key.referencedTable)} AS other WHERE ${equal.join(' AND ')})`;
  return count(
    `${name}: rows refer to what is not there`,
    `${qualified(table)} AS own`,
    key.match === 'full'
      ? `(${isSet.join(' OR ')}) AND NOT ${found}`
      : `${isSet.join(' AND ')} AND NOT ${found}`,
  );
}

/** Rows that hold a label that goes, and get no other one. */
function lostLabels(operation: OperationOf<'alterEnum'>): readonly Precheck[] {
  const { name, from, to, renames = [], replacements = [], uses = [] } = operation;
  const goesOn = new Set([...to, ...[...renames, ...replacements].map((one) => one.from)]);
  const lost = from.filter((label) => !goesOn.has(label));
  if (lost.length === 0) return [];
  const labels = lost.map((label) => literal(label)).join(', ');
  return uses.map(({ table, column, array }) =>
    count(
      `${displayName(table)}.${column} has labels that enum ${displayName(name)} loses`,
      qualified(table),
      array
        ? `${quoted(column)}::text[] && ARRAY[${labels}]`
        : `${quoted(column)}::text IN (${labels})`,
    ),
  );
}
