import type { Constraint, ConstraintType } from '../operations/constraint-operations.js';
import { definitionInWords, isUnnamed } from '../operations/unnamed-constraint.js';
import type { UnnamedConstraint } from '../operations/unnamed-constraint.js';
import type { ObjectName } from '../schema/object-name.js';
import type { Index, Table, UniqueConstraint } from '../schema/schema-model.js';
import type { TablePair } from './diff-columns.js';
import {
  type DiffContext,
  type DiffDialect,
  type DiffPart,
  dropWhenManaged,
  joinParts,
  NO_DIFFERENCE,
  operationsPart,
} from './diff-part.js';
import { type Matches, type MatchRules, matchObjects } from './match-objects.js';
import { namesColumn } from './names-word.js';
import { sameData } from './same-data.js';
import { shapeKey } from './shape-key.js';

/**
 * Constraints to add and to drop. They match by shape first, so that another name is no difference (design D7); one with
 * the same name and another shape is replaced.
 */
export function diffConstraints(pair: TablePair, context: DiffContext): DiffPart {
  const types: readonly ConstraintType[] = [
    'primaryKey',
    'unique',
    'check',
    'exclusion',
    'foreignKey',
  ];
  return joinParts(types.map((type) => diffType({ pair, type, context })));
}

interface ConstraintDiff {
  readonly pair: TablePair;
  readonly type: ConstraintType;
  readonly context: DiffContext;
}

function diffType({ pair, type, context }: ConstraintDiff): DiffPart {
  const current = constraintsOf(pair.current, type);
  const target = constraintsOf(pair.target, type);
  if (current.length === 0 && target.length === 0) return NO_DIFFERENCE;
  const matches = matchObjects(current, target, rulesFor(pair.target));
  const table = { schema: pair.target.schema, name: pair.target.name };
  const added = matches.onlyTarget.filter((object) => !hasTwinIndex(object, pair));
  return joinParts([
    ...matches.pairs.map((matched) => validate(table, matched)),
    ...matches.onlyCurrent.map((object) =>
      isUnnamed(object)
        ? dropUnnamed({ table, object, added, gone: matches.onlyCurrent }, { pair, context })
        : dropConstraint({ table, object, added }, { pair, type, context }),
    ),
    ...added.map((object) =>
      operationsPart({ kind: 'addConstraint', table, added: withKeyName(object, context) }),
    ),
  ]);
}

/** By its name the way back drops it. */
const withKeyName = (object: Constraint, { dialect }: DiffContext): Constraint => {
  const { primaryKeyName: name } = dialect.capabilities;
  return object.type === 'primaryKey' && name !== undefined
    ? { ...object, constraint: { ...object.constraint, name } }
    : object;
};

/** The constraints of one type that are the same on both sides, but perhaps for their names. */
export const constraintPairs = (
  { current, target }: TablePair,
  type: ConstraintType,
): Matches<Constraint>['pairs'] =>
  matchObjects(constraintsOf(current, type), constraintsOf(target, type), rulesFor(target)).pairs;

/** What was added NOT VALID and never proven is, as the model says nothing of that (PG-M7). */
function validate(
  table: ObjectName,
  { current, target }: { readonly current: Constraint; readonly target: Constraint },
): DiffPart {
  const { type, constraint } = current;
  if ((type !== 'foreignKey' && type !== 'check') || constraint.name === undefined) {
    return NO_DIFFERENCE;
  }
  const isWanted = 'notValid' in constraint && !('notValid' in target.constraint);
  if (!isWanted) return NO_DIFFERENCE;
  return operationsPart({ kind: 'validateConstraint', table, name: constraint.name, type });
}

/** The constraints of one type, each as the tagged value that operations carry. */
export function constraintsOf(table: Table, type: ConstraintType): readonly Constraint[] {
  switch (type) {
    case 'primaryKey':
      return table.primaryKey ? [{ type, constraint: table.primaryKey }] : [];
    case 'unique':
      return table.uniques.map((constraint) => ({ type, constraint }));
    case 'check':
      return table.checks.map((constraint) => ({ type, constraint }));
    case 'exclusion':
      return table.exclusions.map((constraint) => ({ type, constraint }));
    case 'foreignKey':
      return table.foreignKeys.map((constraint) => ({ type, constraint }));
  }
}

/** What a constraint means, without its name and marks. The columns of a unique constraint are a set (AG-62). */
function shapeOf({ type, constraint }: Constraint): string {
  const ignored = notShapeOf(type);
  const entries: readonly (readonly [string, unknown])[] = Object.entries(constraint);
  const meaning = Object.fromEntries(entries.filter(([key]) => !ignored.has(key)));
  const columns = type === 'unique' ? { columns: [...constraint.columns].sort() } : {};
  return shapeKey({ ...meaning, ...columns });
}

/** What no entity can say is left as the database has it. */
const NOT_SHAPE: ReadonlySet<string> = new Set([
  'name',
  'entity',
  'notValid',
  'notEnforced',
  'withoutOverlaps',
  'period',
  'comment',
  'include',
  'onDeleteColumns',
]);
const NOT_KEY_SHAPE: ReadonlySet<string> = new Set([...NOT_SHAPE, 'deferrable']);

const notShapeOf = (type: ConstraintType): ReadonlySet<string> =>
  type === 'primaryKey' ? NOT_KEY_SHAPE : NOT_SHAPE;

/** A constraint goes with a column that its index holds, so it is made anew without. */
function rulesFor({ columns }: Table): MatchRules<Constraint> {
  const names = new Set(columns.map(({ name }) => name));
  const goes = ({ constraint }: Constraint): boolean =>
    'include' in constraint && constraint.include.some((column) => !names.has(column));
  return {
    nameOf: ({ constraint }) => constraint.name,
    sameShape: (current, target) =>
      !goes(current) && sameData(current.constraint, target.constraint, notShapeOf(current.type)),
    keys: [(object) => (goes(object) ? undefined : shapeOf(object))],
  };
}

interface ConstraintDrop {
  readonly table: ObjectName;
  readonly object: Constraint;
  readonly added: readonly Constraint[];
}

function dropConstraint(
  { table, object, added }: ConstraintDrop,
  { pair, type, context }: ConstraintDiff,
): DiffPart {
  const { name } = object.constraint;
  if (name === undefined || isTwinOfTargetIndex(object, pair)) return joinParts([]);
  const operation = { kind: 'dropConstraint', table, name, type, dropped: object } as const;
  // A table has one primary key, and a name is taken once: a new one can only take the old one's place.
  const isReplaced =
    added.some(({ constraint }) => constraint.name === name) ||
    (type === 'primaryKey' && added.length > 0);
  if (isReplaced) return operationsPart(operation);
  return dropWhenManaged(
    context,
    { kind: type, schema: table.schema, table: table.name, name },
    operation,
  );
}

interface UnnamedDrop {
  readonly table: ObjectName;
  readonly object: UnnamedConstraint;
  readonly added: readonly Constraint[];
  readonly gone: readonly Constraint[];
}

/** What takes the place of a constraint without a name is told by the columns that both stand on. */
function dropUnnamed(
  { table, object, added, gone }: UnnamedDrop,
  { pair, context }: Pick<ConstraintDiff, 'pair' | 'context'>,
): DiffPart {
  if (isTwinOfTargetIndex(object, pair)) return joinParts([]);
  const operation = { kind: 'dropUnnamedConstraint', table, dropped: object } as const;
  const place = (one: Constraint): string => placeOf(one, pair, context.dialect);
  const rivals = gone.filter((one) => isUnnamed(one) && place(one) === place(object));
  const isReplaced =
    rivals.length === 1 &&
    added.some((one) => (one.type !== 'check' || isUnnamed(one)) && place(one) === place(object));
  if (isReplaced) return operationsPart(operation);
  const name = definitionInWords(object);
  return dropWhenManaged(
    context,
    { kind: object.type, schema: table.schema, table: table.name, name },
    operation,
  );
}

/** The columns that a constraint stands on, and what a key refers to. */
function placeOf({ constraint }: Constraint, { target }: TablePair, dialect: DiffDialect): string {
  if ('referencedTable' in constraint)
    return shapeKey([constraint.columns, constraint.referencedTable]);
  if ('columns' in constraint) return shapeKey([...constraint.columns].sort());
  const text = 'expression' in constraint ? constraint.expression : constraint.definition;
  return shapeKey(
    target.columns.filter(({ name }) => namesColumn(text, name, dialect)).map(({ name }) => name),
  );
}

/** A plain unique index guards the same rows as a unique constraint: neither replaces the other (PG-U1). */
export function isPlainUniqueIndex(index: Index): boolean {
  const plain = index.elements.every(
    ({ column, order, nulls, opclass, collation, prefix }) =>
      column !== undefined && !order && !nulls && !opclass && !collation && !prefix,
  );
  return (
    index.unique &&
    plain &&
    !index.where &&
    !index.include?.length &&
    !index.method &&
    !index.invalid
  );
}

const indexColumns = (index: Index): string =>
  shapeKey([index.elements.map(({ column }) => column).sort(), index.nullsNotDistinct ?? false]);

const uniqueColumns = (unique: UniqueConstraint): string | undefined =>
  (unique.deferrable ?? unique.withoutOverlaps)
    ? undefined
    : shapeKey([[...unique.columns].sort(), unique.nullsNotDistinct ?? false]);

function hasTwin(unique: UniqueConstraint, indexes: readonly Index[]): boolean {
  const wanted = uniqueColumns(unique);
  return (
    wanted !== undefined &&
    indexes.some((index) => isPlainUniqueIndex(index) && indexColumns(index) === wanted)
  );
}

function hasTwinIndex(object: Constraint, { current, target }: TablePair): boolean {
  if (object.type !== 'unique' || hasTwin(object.constraint, target.indexes)) return false;
  return hasTwin(object.constraint, current.indexes);
}

function isTwinOfTargetIndex(object: Constraint, { current, target }: TablePair): boolean {
  if (object.type !== 'unique' || hasTwin(object.constraint, current.indexes)) return false;
  return hasTwin(object.constraint, target.indexes);
}

/** True when the other side has a unique constraint that does what this index does. */
export function hasTwinConstraint(index: Index, uniques: readonly UniqueConstraint[]): boolean {
  return (
    isPlainUniqueIndex(index) &&
    uniques.some((unique) => uniqueColumns(unique) === indexColumns(index))
  );
}
