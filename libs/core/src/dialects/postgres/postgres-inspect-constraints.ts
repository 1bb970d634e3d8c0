import type { ObjectName } from '../../schema/object-name.js';
import type {
  CheckConstraint,
  Deferrable,
  ExclusionConstraint,
  ForeignKey,
  PrimaryKey,
  ReferentialAction,
  Table,
  UniqueConstraint,
} from '../../schema/schema-model.js';
import { groupBy } from '../common/group-by.js';
import type {
  ActionCode,
  CatalogRows,
  ColumnRow,
  ConstraintRow,
  NameRow,
} from './postgres-catalog-rows.js';
import { withoutOuterParentheses } from './postgres-parentheses.js';

/** The constraints of one table. */
export type TableConstraints = Pick<
  Table,
  'primaryKey' | 'foreignKeys' | 'uniques' | 'checks' | 'exclusions'
>;

/** The constraints of each table that has any, by the table's id, in the order of creation. */
export function constraintsByTable(
  rows: Pick<CatalogRows, 'constraints'>,
  {
    columnRows,
    nameOf,
  }: {
    readonly columnRows: ReadonlyMap<string, readonly ColumnRow[]>;
    readonly nameOf: (row: NameRow) => ObjectName;
  },
): ReadonlyMap<string, TableConstraints> {
  const columnsOf: Names['columnsOf'] = ({ table, columns }, numbers) => {
    const known = columnRows.get(table) ?? [];
    return (numbers ?? columns ?? []).flatMap((number) => withNumber(known, number)?.name ?? []);
  };
  const groups = groupBy(rows.constraints, (row) => row.table);
  return new Map(
    [...groups].map(([table, group]) => [table, toConstraints(group, { columnsOf, nameOf })]),
  );
}

/** Columns are numbered in their order; a dropped one leaves a gap. */
function withNumber(rows: readonly ColumnRow[], number: number): ColumnRow | undefined {
  const expected = rows[number - 1];
  return expected?.number === number ? expected : rows.find((row) => row.number === number);
}

/** What the rows must be told to speak in names. */
interface Names {
  /** The columns of a constraint, or those of its table with these numbers. */
  readonly columnsOf: (row: ConstraintRow, numbers?: readonly number[]) => readonly string[];
  readonly nameOf: (row: NameRow) => ObjectName;
}

function toConstraints(rows: readonly ConstraintRow[], names: Names): TableConstraints {
  const byType = groupBy(rows, ({ type }) => type);
  const ofType = (type: ConstraintRow['type']) => byType.get(type) ?? [];
  const [primaryKey] = ofType('p');
  return {
    ...(primaryKey && { primaryKey: toPrimaryKey(primaryKey, names) }),
    foreignKeys: ofType('f').map((row) => toForeignKey(row, names)),
    uniques: ofType('u').map((row) => toUnique(row, names)),
    checks: ofType('c').map(toCheck),
    exclusions: ofType('x').map(toExclusion),
  };
}

function toPrimaryKey(row: ConstraintRow, { columnsOf }: Names): PrimaryKey {
  return {
    name: row.name,
    columns: columnsOf(row),
    ...(row.include !== null && { include: row.include }),
    ...toDeferrable(row),
    ...toWithoutOverlaps(row),
    ...toComment(row),
  };
}

function toForeignKey(row: ConstraintRow, { columnsOf, nameOf }: Names): ForeignKey {
  const onDelete = toAction(row.onDelete);
  const onUpdate = toAction(row.onUpdate);
  return {
    name: row.name,
    columns: columnsOf(row),
    referencedTable: nameOf({
      schema: row.referencedSchema ?? '',
      name: row.referencedTable ?? '',
    }),
    referencedColumns: row.referencedColumns ?? [],
    ...(onDelete && { onDelete }),
    ...(row.onDeleteColumns && { onDeleteColumns: columnsOf(row, row.onDeleteColumns) }),
    ...(onUpdate && { onUpdate }),
    ...(row.match === 'f' && { match: 'full' }),
    ...toDeferrable(row),
    ...toChecked(row),
    ...(row.temporal && { period: true }),
    ...toComment(row),
  };
}

function toUnique(row: ConstraintRow, { columnsOf }: Names): UniqueConstraint {
  return {
    name: row.name,
    columns: columnsOf(row),
    ...(row.nullsNotDistinct && { nullsNotDistinct: true }),
    ...(row.include !== null && { include: row.include }),
    ...toDeferrable(row),
    ...toWithoutOverlaps(row),
    ...toComment(row),
  };
}

function toCheck(row: ConstraintRow): CheckConstraint {
  const expression = withoutOuterParentheses(row.definition ?? '');
  return { name: row.name, expression, ...toChecked(row), ...toComment(row) };
}

function toExclusion(row: ConstraintRow): ExclusionConstraint {
  return {
    name: row.name,
    definition: exclusionBody(row.definition ?? ''),
    ...toDeferrable(row),
    ...toComment(row),
  };
}

/** What follows EXCLUDE in `pg_get_constraintdef`, without the clause on deferring. */
export function exclusionBody(definition: string): string {
  return definition.replace(/^EXCLUDE /, '').replace(/ DEFERRABLE( INITIALLY DEFERRED)?$/, '');
}

function toAction(code: ActionCode): ReferentialAction | undefined {
  switch (code) {
    case 'c':
      return 'cascade';
    case 'n':
      return 'set null';
    case 'd':
      return 'set default';
    case 'r':
      return 'restrict';
    case 'a':
    case ' ':
      return undefined;
  }
}

function toDeferrable(row: ConstraintRow): { readonly deferrable?: Deferrable } {
  if (!row.deferrable) return {};
  return { deferrable: row.deferred ? 'initially deferred' : 'initially immediate' };
}

function toComment({ comment }: ConstraintRow): { readonly comment?: string } {
  return comment === null ? {} : { comment };
}

function toWithoutOverlaps({ temporal }: ConstraintRow): { readonly withoutOverlaps?: true } {
  return temporal ? { withoutOverlaps: true } : {};
}

/** What is not enforced counts as not validated on the server; it cannot be validated either. */
function toChecked(row: ConstraintRow): Pick<CheckConstraint, 'notValid' | 'notEnforced'> {
  if (!row.enforced) return { notEnforced: true };
  return row.validated ? {} : { notValid: true };
}
