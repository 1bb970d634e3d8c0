import type { Dialect, Precheck } from '../dialects/common/dialect.js';
import { operationsIn } from '../operations/batch-operations.js';
import type { Constraint } from '../operations/constraint-operations.js';
import type { Operation } from '../operations/operation.js';
import { nameKey, type ObjectName, sameName } from '../schema/object-name.js';

/** An operation with what has to be asked before it. */
export interface CheckedOperation {
  readonly operation: Operation;
  /** The operation under the names from before all of them. */
  readonly before: Operation;
  readonly prechecks: readonly Precheck[];
}

/**
 * The questions to the rows for each of some operations, as they are asked before the first of them: under the names that tables
 * and columns have then. What is only made by the operations has no rows yet. Pure.
 */
export function prechecksBefore(
  operations: readonly Operation[],
  dialect: Pick<Dialect, 'prechecks' | 'renameInText'>,
): readonly CheckedOperation[] {
  const renames: Operation[] = [];
  const made = new Set<string>();
  const check = (operation: Operation): CheckedOperation => {
    const isNew = placesOf(operation).some((key) => made.has(key));
    madeBy(operation).forEach((key) => made.add(key));
    if (['renameTable', 'renameColumn'].includes(operation.kind)) renames.unshift(operation);
    if (isNew) return { operation, before: operation, prechecks: [] };
    const before = renames.reduce((sofar, rename) => undone(sofar, rename, dialect), operation);
    return { operation, before, prechecks: dialect.prechecks(before) };
  };
  return operations.map((operation) => {
    const [first, ...others] = operationsIn(operation).map(check);
    if (first === undefined || operation.kind !== 'batchAlterTable')
      return first ?? check(operation);
    const prechecks = [first, ...others].flatMap((one) => one.prechecks);
    return { operation, before: operation, prechecks };
  });
}

const columnKey = (table: ObjectName, column: string): string =>
  JSON.stringify([nameKey(table), column]);

function madeBy(operation: Operation): readonly string[] {
  if (operation.kind === 'createTable') return [nameKey(operation.table)];
  return operation.kind === 'addColumn' ? [columnKey(operation.table, operation.column.name)] : [];
}

/** The table and the columns that an operation asks the rows for; not the column that it adds itself. */
function placesOf(operation: Operation): readonly string[] {
  const table = 'table' in operation ? [nameKey(operation.table as ObjectName)] : [];
  return [...table, ...columnsOf(operation)];
}

function columnsOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'alterColumn':
      return [columnKey(operation.table, operation.name)];
    case 'addConstraint': {
      const { constraint } = operation.added;
      const names = 'columns' in constraint ? constraint.columns : [];
      return names.map((name) => columnKey(operation.table, name));
    }
    case 'createIndex':
      return operation.index.elements.flatMap(({ column }) =>
        column === undefined ? [] : [columnKey(operation.table, column)],
      );
    default:
      return [];
  }
}

type Texts = Pick<Dialect, 'renameInText'>;

/** The operation under the names from before a rename. */
function undone(operation: Operation, rename: Operation, dialect: Texts): Operation {
  if (rename.kind === 'renameTable') {
    const back = (name: ObjectName): ObjectName => (sameName(name, rename.to) ? rename.from : name);
    return inTables(operation, back);
  }
  if (rename.kind !== 'renameColumn' || !('table' in operation)) return operation;
  if (!sameName(operation.table as ObjectName, rename.table)) return operation;
  const back = (name: string): string => (name === rename.to ? rename.from : name);
  const inText = (text: string): string =>
    dialect.renameInText(text, {
      kind: 'column',
      from: { schema: null, name: rename.to },
      to: { schema: null, name: rename.from },
    });
  switch (operation.kind) {
    case 'alterColumn':
      return { ...operation, name: back(operation.name) };
    case 'createIndex':
      return {
        ...operation,
        index: {
          ...operation.index,
          elements: operation.index.elements.map((element) => ({
            ...element,
            ...(element.column !== undefined && { column: back(element.column) }),
            ...(element.expression !== undefined && { expression: inText(element.expression) }),
          })),
          ...(operation.index.where !== undefined && { where: inText(operation.index.where) }),
        },
      };
    case 'addConstraint':
      return { ...operation, added: constraintUndone(operation.added, back, inText) };
    default:
      return operation;
  }
}

function constraintUndone(
  added: Constraint,
  back: (name: string) => string,
  inText: (text: string) => string,
): Constraint {
  const { type, constraint } = added;
  if (type === 'check')
    return { type, constraint: { ...constraint, expression: inText(constraint.expression) } };
  if (!('columns' in constraint)) return added;
  return {
    type,
    constraint: { ...constraint, columns: constraint.columns.map(back) },
  } as Constraint;
}

function inTables(operation: Operation, back: (name: ObjectName) => ObjectName): Operation {
  if (operation.kind === 'alterEnum') {
    const uses = operation.uses?.map((use) => ({ ...use, table: back(use.table) }));
    return { ...operation, ...(uses && { uses }) };
  }
  if (operation.kind === 'addConstraint' && operation.added.type === 'foreignKey') {
    const { constraint } = operation.added;
    const referencedTable = back(constraint.referencedTable);
    return {
      ...operation,
      table: back(operation.table),
      added: { type: 'foreignKey', constraint: { ...constraint, referencedTable } },
    };
  }
  if (!('table' in operation)) return operation;
  return { ...operation, table: back(operation.table as ObjectName) } as Operation;
}
