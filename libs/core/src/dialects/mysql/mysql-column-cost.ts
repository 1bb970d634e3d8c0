import { changedAttributes } from '../../operations/changed-attributes.js';
import type { ColumnAttribute } from '../../operations/changed-attributes.js';
import type { AlterColumn } from '../../operations/column-operations.js';
import type { Differences } from './mariadb-differences.js';
import { charsetOf } from './mysql-characters.js';
import type { Cost } from './mysql-costs.js';
import { greatest } from './mysql-costs.js';
import { baseOf, canonicalType, labelsOf, numbersOf } from './mysql-types.js';

/**
 * True for a change that the server refuses while a foreign key stands on the column (errors 1832 and 1833): of its type or its
 * characters, also where the values fit as they are. New labels at the end are none (measured on MariaDB 10.11).
 */
export function isHeldByKeys(change: AlterColumn): boolean {
  const changed = changedAttributes(change);
  if (changed.has('collation') || changed.has('charset')) return true;
  const { from, to } = change;
  if (!changed.has('type') || from?.type === undefined || to.type === undefined)
    return changed.has('type');
  const [source, target] = [canonicalType(from.type), canonicalType(to.type)];
  return source !== target && !appendsLabels(source, target);
}

/** What a change of a column in place is expected to need. */
export function costOfChange(
  { from, to }: Pick<AlterColumn, 'from' | 'to'>,
  changed: ReadonlySet<ColumnAttribute>,
  differences: Differences,
): Cost {
  const costs: Partial<Record<ColumnAttribute, () => Cost>> = {
    type: () => costOfType(from?.type, to.type, differences),
    nullable: () => 'rebuild',
    collation: () => costOfCollation(from, to, differences),
    charset: () => costOfCollation(from, to, differences),
    autoIncrement: () => 'copy',
    generated: () => costOfExpression(to, differences),
  };
  return greatest([...changed].map((attribute) => costs[attribute]?.() ?? 'metadata'));
}

/** The values of a virtual column are nowhere. */
const costOfExpression = ({ generated }: AlterColumn['to'], { instant }: Differences): Cost =>
  generated?.stored === false && instant ? 'metadata' : 'copy';

/** The server's own synonyms are no change. */
function costOfType(
  from: string | undefined,
  to: string | undefined,
  differences: Differences,
): Cost {
  if (from === undefined || to === undefined) return 'copy';
  const [source, target] = [canonicalType(from), canonicalType(to)];
  if (source === target || appendsLabels(source, target)) return 'metadata';
  return growsInPlace(source, target, differences) ? 'metadata' : 'copy';
}

/** New labels at the end need no more room: one byte holds 255 of an enum, and eight of a set. */
function appendsLabels(from: string, to: string): boolean {
  const [before, after] = [labelsOf(from), labelsOf(to)];
  if (before === undefined || after === undefined || baseOf(from) !== baseOf(to)) return false;
  const room = (labels: readonly string[]): number =>
    baseOf(to) === 'enum' ? (labels.length > 255 ? 2 : 1) : Math.ceil(labels.length / 8);
  return before.every((label, at) => after[at] === label) && room(before) === room(after);
}

/** A varchar of up to 255 bytes has its length in one byte. Four bytes for a character: no other character set has more. */
function growsInPlace(from: string, to: string, { shortVarchar }: Differences): boolean {
  const isBinary = baseOf(from) === 'varbinary';
  if (baseOf(from) !== baseOf(to) || !(isBinary || baseOf(from) === 'varchar')) return false;
  const [before = 0] = numbersOf(from);
  const [after = 0] = numbersOf(to);
  const bytes = isBinary ? 1 : 4;
  if (after < before) return false;
  return after * bytes <= 255 || before * bytes > 255 || before * bytes <= shortVarchar;
}

function costOfCollation(
  from: AlterColumn['from'],
  to: AlterColumn['to'],
  { collatesInPlace }: Differences,
): Cost {
  const [before, after] = [from?.collation, to.collation].map((name) =>
    name == null ? undefined : charsetOf(name),
  );
  const isSame = before !== undefined && before === after && from?.charset === to.charset;
  return isSame && collatesInPlace ? 'index' : 'copy';
}
