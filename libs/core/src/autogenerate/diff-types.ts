import { partRef, refOf } from '../operations/effects.js';
import type { EnumUse } from '../operations/enum-operations.js';
import type { Operation } from '../operations/operation.js';
import { nameKey, type ObjectName, sameName } from '../schema/object-name.js';
import type { Column, EnumType, SchemaModel, Table } from '../schema/schema-model.js';
import {
  type DiffContext,
  type DiffPart,
  dropWhenManaged,
  joinParts,
  NO_DIFFERENCE,
  operationsPart,
} from './diff-part.js';
import { removedLabels } from './removed-labels.js';
import { shapeKey } from './shape-key.js';
import { hasType, isArrayType } from '../schema/type-name.js';

/** Enums to create, to alter and to drop; sequences to create and to drop. */
export function diffTypes(
  current: SchemaModel,
  target: SchemaModel,
  context: DiffContext,
): DiffPart {
  return joinParts([diffEnums(current, target, context), diffSequences(current, target, context)]);
}

function diffEnums(current: SchemaModel, target: SchemaModel, context: DiffContext): DiffPart {
  const present = new Map(current.enums.map((type) => [nameKey(type), type]));
  const wanted = new Set(target.enums.map(nameKey));
  return joinParts([
    ...target.enums.map((type) => {
      const before = present.get(nameKey(type));
      if (before === undefined) return operationsPart({ kind: 'createEnum', enum: type });
      return shapeKey(before.labels) === shapeKey(type.labels)
        ? NO_DIFFERENCE
        : alterEnum(
            {
              from: before,
              to: type,
              uses: usesOf({ from: before, to: type }, { current, target, context }),
            },
            context,
          );
    }),
    ...current.enums
      .filter((type) => !wanted.has(nameKey(type)) && !isHiddenIn(context.hidden, type))
      .map((type) =>
        dropWhenManaged(
          context,
          { kind: 'enum', ...nameOf(type) },
          { kind: 'dropEnum', name: nameOf(type), dropped: type },
        ),
      ),
  ]);
}

/** A column that takes no part keeps its type. */
const isHiddenIn = (hidden: readonly Table[], type: EnumType): boolean =>
  hidden.some(({ columns }) => columns.some((column) => hasType(column, type)));

interface EnumSides {
  readonly current: SchemaModel;
  readonly target: SchemaModel;
  readonly context: DiffContext;
}

const nameOf = ({ schema, name }: ObjectName): ObjectName => ({ schema, name });

interface EnumChange {
  readonly from: EnumType;
  readonly to: EnumType;
  readonly uses: readonly EnumUse[];
}

function alterEnum({ from, to, uses }: EnumChange, context: DiffContext): DiffPart {
  const name = nameOf(to);
  const { questions, replacements, kept, isOpen } = removedLabels(
    { name, from: from.labels, to: to.labels },
    context,
  );
  if (isOpen) return { ...NO_DIFFERENCE, questions };
  const labels = kept.reduce((sofar, label) => withLabel(sofar, label, from.labels), to.labels);
  if (shapeKey(from.labels) === shapeKey(labels)) return { ...NO_DIFFERENCE, questions };
  const operation: Operation = {
    kind: 'alterEnum',
    name,
    from: from.labels,
    to: labels,
    uses,
    ...(replacements.length > 0 && { replacements }),
    ...(from.comment !== undefined && { comment: from.comment }),
    ...(to.entity !== undefined && { entity: to.entity }),
  };
  return { ...operationsPart(operation), questions };
}

/** The labels with one more, behind the one that it stood behind. */
function withLabel(
  labels: readonly string[],
  label: string,
  before: readonly string[],
): readonly string[] {
  const ahead = before.slice(0, before.indexOf(label)).findLast((one) => labels.includes(one));
  return labels.toSpliced(ahead === undefined ? 0 : labels.indexOf(ahead) + 1, 0, label);
}

/**
 * The columns of the database that have the type, which a replacement of the type must rewrite, now or on the way back.
 * Where a label goes, their defaults are those of the model, because one of the database may name that label; else those
 * of the database, because one of the model may name a label that comes.
 */
function usesOf(
  { from, to: type }: Pick<EnumChange, 'from' | 'to'>,
  sides: EnumSides,
): readonly EnumUse[] {
  const { current, target, context } = sides;
  const isKept = from.labels.every((label) => type.labels.includes(label));
  return [...current.tables, ...context.hidden].flatMap((table) =>
    table.columns
      .filter((column) => hasType(column, type) && !leaves(column, table, { type, ...sides }))
      .map((column) => {
        const wanted = isKept ? column : (findColumn(target, table, column.name) ?? column);
        return {
          table: nameOf(table),
          column: column.name,
          ...(isArrayType(column.type) && { array: true as const }),
          ...(wanted.default !== undefined && { default: wanted.default }),
        };
      }),
  );
}

/** True for a column that has another type by then, or is gone (it and its table were made from the model). */
function leaves(
  { name }: Column,
  table: Table,
  { type, target, context }: EnumSides & { readonly type: EnumType },
): boolean {
  if (context.hidden.includes(table)) return false;
  const wanted = target.tables.find((found) => sameName(found, table));
  const column = wanted?.columns.find((found) => found.name === name);
  if (column) return !hasType(column, type);
  const ref = wanted ? partRef('column', table, name) : refOf('table', table);
  return context.memory.of(ref).state === 'managed';
}

function findColumn(model: SchemaModel, table: ObjectName, name: string): Column | undefined {
  return model.tables
    .find((found) => sameName(found, table))
    ?.columns.find((column) => column.name === name);
}

function diffSequences(current: SchemaModel, target: SchemaModel, context: DiffContext): DiffPart {
  const present = new Set(current.sequences.map(nameKey));
  const wanted = new Set(target.sequences.map(nameKey));
  return joinParts([
    ...target.sequences
      .filter((sequence) => !present.has(nameKey(sequence)))
      .map((sequence) => operationsPart({ kind: 'createSequence', sequence })),
    ...current.sequences
      .filter((sequence) => !wanted.has(nameKey(sequence)))
      .map((sequence) =>
        dropWhenManaged(
          context,
          { kind: 'sequence', ...nameOf(sequence) },
          { kind: 'dropSequence', name: nameOf(sequence), dropped: sequence },
        ),
      ),
  ]);
}
