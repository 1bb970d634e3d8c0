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
import type { ActionCode, CatalogRows, ConstraintRow, NameRow } from './postgres-catalog-rows.js';
import type { ReadColumns } from './postgres-inspect-columns.js';
import { withoutOuterParentheses } from './postgres-parentheses.js';

/** The constraints of one table. */
export type TableConstraints = Pick<
  Table,
  'primaryKey' | 'foreignKeys' | 'uniques' | 'checks' | 'exclusions'
>;

/** The constraints of each table that has any, by the table's id, in the order of creation. */
export function constraintsByTable(
  rows: Pick<CatalogRows, 'constraints'>,
  { columnOf, nameOf }: ConstraintNames,
): ReadonlyMap<string, TableConstraints> {
  const columnsOf: Names['columnsOf'] = ({ table, columns }, numbers) =>
    (numbers ?? columns ?? []).flatMap((number) => columnOf(table, number) ?? []);
  const names = { columnsOf, nameOf };
  const found = new Map<string, FoundConstraints>();
  for (const part of rows.constraints)
    for (const row of part) addConstraint(constraintsIn(found, row.table), row, names);
  return found;
}

/** What turns numbers of columns, and the catalog's names of tables, into the model's names. */
export interface ConstraintNames extends Pick<ReadColumns, 'columnOf'> {
  readonly nameOf: (row: NameRow) => ObjectName;
}

/** What the rows must be told to speak in names. */
interface Names {
  /** The columns of a constraint, or those of its table with these numbers. */
  readonly columnsOf: (row: ConstraintRow, numbers?: readonly number[]) => readonly string[];
  readonly nameOf: (row: NameRow) => ObjectName;
}

/** The constraints of a table while its rows are read. */
interface FoundConstraints {
  primaryKey?: PrimaryKey;
  foreignKeys: readonly ForeignKey[];
  uniques: readonly UniqueConstraint[];
  checks: readonly CheckConstraint[];
  exclusions: readonly ExclusionConstraint[];
}

function constraintsIn(found: Map<string, FoundConstraints>, table: string): FoundConstraints {
  const known = found.get(table);
  if (known) return known;
  const added = { foreignKeys: NONE, uniques: NONE, checks: NONE, exclusions: NONE };
  found.set(table, added);
  return added;
}

const NONE: readonly never[] = Object.freeze([]);

function addConstraint(found: FoundConstraints, row: ConstraintRow, names: Names): void {
  switch (row.type) {
    case 'p':
      found.primaryKey = toPrimaryKey(row, names);
      return;
    case 'f':
      found.foreignKeys = [...found.foreignKeys, toForeignKey(row, names)];
      return;
    case 'u':
      found.uniques = [...found.uniques, toUnique(row, names)];
      return;
    case 'c':
      found.checks = [...found.checks, toCheck(row)];
      return;
    case 'x':
      found.exclusions = [...found.exclusions, toExclusion(row)];
  }
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
