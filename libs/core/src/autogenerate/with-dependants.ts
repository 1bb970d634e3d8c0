import type { Constraint } from '../operations/constraint-operations.js';
import { enumChangeOf } from '../operations/enum-change.js';
import type { Operation } from '../operations/operation.js';
import { nameKey, type ObjectName } from '../schema/object-name.js';
import type { FromEntity, SchemaModel, Table } from '../schema/schema-model.js';
import type { DiffContext, DiffPart } from './diff-part.js';
import { definitionInWords, isUnnamed } from '../operations/unnamed-constraint.js';
import { partsOf, partsOnColumn, type TablePart } from './parts-on-column.js';
import { shapeKey } from './shape-key.js';

/**
 * Adds to what was found the indexes and constraints that cannot stay while a column that they stand on changes, whoever
 * made them. With a column that goes they are dropped; they are made anew where a generated column is (design D9), and
 * where an expression compares values of an enum that is replaced (DL-18). The server would drop the former without a
 * word, so that no downgrade could bring them back, and refuse the latter.
 */
export function withDependants(
  { current, target }: { readonly current: SchemaModel; readonly target: SchemaModel },
  found: DiffPart,
  context: DiffContext,
): DiffPart {
  const changes = columnChanges(found.operations);
  if (changes.length === 0) return found;
  const gone = new Set(found.operations.flatMap(droppedPart));
  const wanted = wantedParts(target);
  const affected = current.tables
    .flatMap((table) =>
      affectedParts(table, changes, context).filter((part) => !gone.has(keyOf(part))),
    )
    // What the model still has only seems to stand on the column.
    .map((part) => ({ ...part, isGone: part.isGone && !wanted.has(keyOf(part)) }));
  const dropped = new Set(affected.map(keyOf));
  return {
    operations: [...found.operations, ...affected.flatMap((part) => operationsFor(part, context))],
    questions: found.questions,
    untouched: found.untouched.filter(
      ({ kind, schema, table, name }) => !dropped.has(partKey({ schema, table }, kind, name)),
    ),
  };
}

function wantedParts(target: SchemaModel): ReadonlySet<string> {
  return new Set(
    target.tables.flatMap((table) =>
      partsOf(table).map((part) => keyOf({ table, part, isGone: false })),
    ),
  );
}

/** A column whose change the parts that stand on it do not outlive. */
interface ColumnChange {
  readonly table: ObjectName;
  readonly column: string;
  readonly change: 'gone' | 'remade' | 'replaced';
}

function columnChanges(operations: readonly Operation[]): readonly ColumnChange[] {
  return operations.flatMap((operation): readonly ColumnChange[] => {
    switch (operation.kind) {
      case 'dropColumn':
        return [
          {
            table: operation.table,
            column: operation.name,
            change: operation.anew ? 'remade' : 'gone',
          },
        ];
      case 'alterColumn': {
        const isRemade = operation.to.generated && operation.from?.generated;
        const { table, name: column } = operation;
        return isRemade ? [{ table, column, change: 'remade' }] : [];
      }
      case 'alterEnum': {
        if (enumChangeOf(operation).kind === 'inPlace') return [];
        const { uses = [] } = operation;
        return uses.map(({ table, column }) => ({ table, column, change: 'replaced' }));
      }
      default:
        return [];
    }
  });
}

interface AffectedPart {
  readonly table: ObjectName;
  readonly part: TablePart;
  readonly isGone: boolean;
}

function affectedParts(
  table: Table,
  changes: readonly ColumnChange[],
  { dialect }: DiffContext,
): readonly AffectedPart[] {
  const owner = { schema: table.schema, name: table.name };
  const own = changes.filter((change) => nameKey(change.table) === nameKey(owner));
  const standing = own.flatMap(({ column, change }) =>
    partsOnColumn(table, column, dialect)
      // A plain index or key is built anew by the server itself when its column gets another type.
      .filter(({ use }) => change !== 'replaced' || use === 'text')
      .map(({ part }) => ({ table: owner, part, isGone: change === 'gone' })),
  );
  const referring = changes
    .filter(({ change }) => change === 'remade' && dialect.capabilities.generatedHoldsColumns)
    .flatMap((change) => keysTo(table, change))
    .map((part) => ({ table: owner, part, isGone: false }));
  const affected = [...standing, ...referring];
  return [...new Set(affected.map(keyOf))].map((key) => {
    const same = affected.filter((part) => keyOf(part) === key);
    const [first] = same as [AffectedPart];
    return { ...first, isGone: same.some(({ isGone }) => isGone) };
  });
}

/** The foreign keys that refer to a column, whose key is made anew. */
const keysTo = (table: Table, { table: to, column }: ColumnChange): readonly TablePart[] =>
  partsOf(table).filter(
    (part) =>
      part.kind === 'foreignKey' &&
      part.constraint.type === 'foreignKey' &&
      nameKey(part.constraint.constraint.referencedTable) === nameKey(to) &&
      part.constraint.constraint.referencedColumns.includes(column),
  );

function droppedPart(operation: Operation): readonly string[] {
  if (operation.kind === 'dropIndex') return [partKey(ownerOf(operation), 'index', operation.name)];
  if (operation.kind === 'dropUnnamedConstraint') {
    const { dropped } = operation;
    return [partKey(ownerOf(operation), dropped.type, definitionInWords(dropped))];
  }
  return operation.kind === 'dropConstraint'
    ? [partKey(ownerOf(operation), operation.type, operation.name)]
    : [];
}

const ownerOf = ({ table }: { readonly table: ObjectName }) => ({
  schema: table.schema,
  table: table.name,
});

const keyOf = ({ table, part }: AffectedPart): string =>
  partKey(ownerOf({ table }), part.kind, part.name);

const partKey = (
  owner: { readonly schema: string | null; readonly table?: string | undefined },
  kind: string,
  name: string,
): string => shapeKey([owner.schema, owner.table ?? null, kind, name]);

function operationsFor(affected: AffectedPart, context: DiffContext): readonly Operation[] {
  const { table, part, isGone } = affected;
  const mark = markOf(affected, context);
  if (part.kind === 'index') {
    const { name, index } = part;
    const drop: Operation = { kind: 'dropIndex', table, name, dropped: index };
    return isGone ? [drop] : [drop, { kind: 'createIndex', table, index: { ...index, ...mark } }];
  }
  const { kind: type, name, constraint } = part;
  const drop: Operation = isUnnamed(constraint)
    ? { kind: 'dropUnnamedConstraint', table, dropped: constraint }
    : { kind: 'dropConstraint', table, name, type, dropped: constraint };
  if (isGone) return [drop];
  const added = { type, constraint: { ...constraint.constraint, ...mark } } as Constraint;
  return [drop, { kind: 'addConstraint', table, added }];
}

/** What was managed stays managed (design D8). */
function markOf({ table, part }: AffectedPart, { memory }: DiffContext): FromEntity {
  const { kind, name } = part;
  const owner = memory.of({ kind, schema: table.schema, table: table.name, name });
  return owner.state === 'managed' ? { entity: owner.entity } : {};
}
