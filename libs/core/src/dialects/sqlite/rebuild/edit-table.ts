import type { BatchAlterTable } from '../../../operations/batch-operations.js';
import { orderColumns } from '../../../operations/batch/column-order.js';
import type { BatchedOperation } from '../../../operations/batch/batched-operation.js';
import { conventionalName } from '../../../operations/naming-convention.js';
import type { NamedSubject, NamingConvention } from '../../../operations/naming-convention.js';
import type { TableAttributes } from '../../../operations/table-operations.js';
import type { ObjectName } from '../../../schema/object-name.js';
import { impossible } from '../../common/ddl-clauses.js';
import { isSameName } from '../sqlite-tokens.js';
import { addColumn, alterColumn, dropColumn, renameColumn } from './edit-columns.js';
import {
  addConstraint,
  alterConstraint,
  dropConstraint,
  mapConstraints,
  renameConstraint,
} from './edit-constraints.js';
import { dropUnnamedConstraint } from './edit-unnamed.js';
import { referred } from './referred.js';
import { createIndex, dropIndex, renameIndex } from './edit-indexes.js';
import type { Compile } from './stored-as.js';
import type { TableDraft } from './table-draft.js';
import { redefine } from './table-draft.js';

/**
 * The draft after an operation.
 * @throws MigrationError E3014 where the table lacks what it names, or has it already; E3012 for what SQLite does not have
 */
export function editTable(
  draft: TableDraft,
  operation: BatchedOperation,
  compile: Compile,
): TableDraft {
  switch (operation.kind) {
    case 'addColumn':
      return addColumn(draft, operation, compile);
    case 'dropColumn':
      return dropColumn(draft, operation);
    case 'alterColumn':
      return alterColumn(draft, operation, compile);
    case 'renameColumn':
      return renameColumn(draft, operation);
    case 'createIndex':
      return createIndex(draft, operation, compile);
    case 'dropIndex':
      return dropIndex(draft, operation);
    case 'renameIndex':
      return renameIndex(draft, operation);
    default:
      return editConstraints(draft, operation, compile);
  }
}

function editConstraints(
  draft: TableDraft,
  operation: Exclude<BatchedOperation, { readonly kind: `${string}Column` | `${string}Index` }>,
  compile: Compile,
): TableDraft {
  switch (operation.kind) {
    case 'addConstraint':
      return addConstraint(draft, operation, compile);
    case 'dropConstraint':
      return dropConstraint(draft, operation, compile);
    case 'dropUnnamedConstraint':
      return dropUnnamedConstraint(draft, operation);
    case 'renameConstraint':
      return renameConstraint(draft, operation);
    case 'alterConstraint':
      return alterConstraint(draft, operation);
    case 'setTableStorage':
      return withStorage(draft, operation.to);
    case 'setTableComment':
    case 'validateConstraint':
      // Nothing that a new table would have; the compiler says why.
      compile(operation);
      return draft;
  }
}

/** `STRICT` and `WITHOUT ROWID` are all that SQLite has. @throws MigrationError E3012 for anything else */
function withStorage(draft: TableDraft, to: TableAttributes): TableDraft {
  const other = Object.keys(to).find((key) => key !== 'storage');
  if (other !== undefined) throw impossible(`SQLite has no ${other} of tables to change`);
  return redefine(draft, { options: (to.storage ?? []).map((one) => one.toUpperCase()) });
}

/** BATCH-13, BATCH-25: the draft with its columns in the order that is asked for. @throws MigrationError E3013, E3014 */
export function orderDraft(draft: TableDraft, batch: BatchAlterTable): TableDraft {
  const { columns } = draft.definition;
  const known = (name: string): string =>
    columns.find((column) => isSameName(column.name, name))?.name ?? name;
  const names = orderColumns(
    columns.map(({ name }) => name),
    {
      ...(batch.places && {
        places: batch.places.map((place) =>
          'before' in place
            ? { column: known(place.column), before: known(place.before) }
            : { column: known(place.column), after: known(place.after) },
        ),
      }),
      ...(batch.partialReordering && {
        partialReordering: batch.partialReordering.map((list) => list.map(known)),
      }),
    },
  );
  const ordered = names.flatMap((name) => columns.find((column) => column.name === name) ?? []);
  return redefine(draft, { columns: ordered });
}

/** BATCH-12: the draft with a name for each constraint that has none, where the convention can tell one. */
export function nameConstraints(
  draft: TableDraft,
  table: ObjectName,
  convention: NamingConvention,
): TableDraft {
  const columnsOf = new Map<unknown, readonly string[]>([
    ...draft.definition.columns.flatMap(({ name, clauses }) =>
      clauses.map((clause) => [clause, [name]] as const),
    ),
    ...draft.definition.constraints.map((one) => [one, one.columns] as const),
  ]);
  return mapConstraints(draft, (part) => {
    const type = TYPES[part.kind];
    if (part.name !== undefined || type === undefined) return part;
    const columns = columnsOf.get(part) ?? [];
    const subject = {
      type,
      table,
      ...(type !== 'check' && { columns }),
      ...(type === 'foreignKey' && referred(part.text)),
    };
    const name = conventionalName(undefined, subject, convention);
    return name === undefined ? part : { ...part, name };
  });
}

const TYPES: Partial<Readonly<Record<string, NamedSubject['type']>>> = {
  primaryKey: 'primaryKey',
  unique: 'unique',
  check: 'check',
  references: 'foreignKey',
  foreignKey: 'foreignKey',
};
