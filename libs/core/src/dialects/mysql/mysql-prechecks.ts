import type { Operation, OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type { Precheck } from '../common/dialect.js';
import { RowChecks } from '../common/row-checks.js';
import { mysqlQuoting } from './mysql-quoting.js';
import { baseOf, canonicalType, isUnsigned, labelsOf, numbersOf } from './mysql-types.js';

const { identifier, literal, qualified } = mysqlQuoting;
const checks = new RowChecks(mysqlQuoting);

/**
 * Queries that count the rows for which the server would refuse an operation, or which it would change without a word. For the
 * tables as they are before it.
 */
export function prechecks(operation: Operation): readonly Precheck[] {
  switch (operation.kind) {
    case 'addColumn':
      return newColumn(operation);
    case 'alterColumn':
      return [...checks.newNotNull(operation), ...newType(operation)];
    case 'addConstraint':
      return checks.newConstraint(operation.table, operation.added);
    case 'createIndex':
      return operation.index.unique ? checks.newUniqueIndex(operation.table, operation.index) : [];
    default:
      return [];
  }
}

/** The server does not refuse it: rows that are there get 0 or an empty text (`my-add-not-null-no-default`). */
function newColumn(operation: OperationOf<'addColumn'>): readonly Precheck[] {
  return checks.newColumn(operation).map(({ sql }) => ({
    text: `${displayName(operation.table)}.${operation.column.name} gets 0 or an empty value in the rows that are there`,
    sql,
  }));
}

function newType({ table, name, to }: OperationOf<'alterColumn'>): readonly Precheck[] {
  if (typeof to.type !== 'string') return [];
  const condition = doesNotFit(identifier(name), canonicalType(to.type));
  if (condition === undefined) return [];
  const text = `${displayName(table)}.${name} has values that ${to.type} does not hold`;
  return [checks.count(text, qualified(table), condition)];
}

const INTEGER_BITS = new Map([
  ['tinyint', 8n],
  ['smallint', 16n],
  ['mediumint', 24n],
  ['int', 32n],
  ['bigint', 64n],
]);

/** A condition that holds for values that the type would refuse, round or cut. */
function doesNotFit(column: string, type: string): string | undefined {
  const bits = INTEGER_BITS.get(baseOf(type));
  if (bits !== undefined) return notWithin(column, rangeOf(bits, isUnsigned(type)));
  const [size, scale = 0] = numbersOf(type);
  return CONDITIONS.find(([bases]) => bases.test(type))?.[1]({
    column,
    type,
    size: size ?? 0,
    scale,
  });
}

interface Fit {
  readonly column: string;
  readonly type: string;
  readonly size: number;
  readonly scale: number;
}

/** Patterns of canonical types. */
const CONDITIONS: readonly (readonly [RegExp, (fit: Fit) => string])[] = [
  [/^decimal\(/, ({ column, size, scale }) => notDecimal(column, size, scale)],
  [/^(var)?char\(/, ({ column, size }) => `CHAR_LENGTH(${column}) > ${size}`],
  [/^(var)?binary\(/, ({ column, size }) => `LENGTH(${column}) > ${size}`],
  [
    /^enum\(/,
    ({ column, type }) =>
      `${column} IS NOT NULL AND CAST(${column} AS CHAR) NOT IN (${(labelsOf(type) ?? []).map(literal).join(', ')})`,
  ],
  [
    /^(datetime|timestamp|time)\b/,
    ({ column, size }) => `MICROSECOND(${column}) % ${10 ** (6 - size)} <> 0`,
  ],
  [/^json$/, ({ column }) => `JSON_VALID(${column}) = 0`],
];

const rangeOf = (bits: bigint, unsigned: boolean): readonly [bigint, bigint] =>
  unsigned ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];

/** Of a text, what is no number at all; of any value, a fraction or what is too great. */
const notWithin = (column: string, [least, greatest]: readonly [bigint, bigint]): string =>
  `CAST(${column} AS CHAR) NOT REGEXP '^[[:space:]]*[-+]?[0-9]+([.]0*)?[[:space:]]*$' OR ${column} + 0 NOT BETWEEN ${least} AND ${greatest}`;

const notDecimal = (column: string, digits: number, scale: number): string =>
  `CAST(${column} AS CHAR) NOT REGEXP '^[[:space:]]*[-+]?[0-9]*([.][0-9]{0,${scale}}0*)?[[:space:]]*$' OR ABS(${column} + 0) >= 1e${digits - scale}`;
