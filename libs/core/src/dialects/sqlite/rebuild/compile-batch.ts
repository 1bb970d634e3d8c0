import type { BatchAlterTable } from '../../../operations/batch-operations.js';
import type { BatchedOperation } from '../../../operations/batch/batched-operation.js';
import type { OperationOf } from '../../../operations/operation.js';
import { displayName } from '../../../schema/object-name.js';
import { isMigrationError } from '../../../errors/migration-error.js';
import { inPlaceOnly } from '../../common/batch-compiler.js';
import { impossible } from '../../common/ddl-clauses.js';
import { isSameName } from '../sqlite-tokens.js';
import { editTable, nameConstraints, orderDraft } from './edit-table.js';
import { rebuildStatements } from './rebuild-statements.js';
import type { Compile } from './stored-as.js';
import type { SqliteStoredTable, StoredPart } from './stored-table.js';
import type { TableDraft } from './table-draft.js';
import { columnOf, draftOf, mentions } from './table-draft.js';

/** Whether an operation can be run as it is. `look`: it hangs on the table. */
export function needsOf(
  operation: BatchedOperation,
  compile: Compile,
): 'alter' | 'look' | 'rebuild' {
  const isAsking = ('ifExists' in operation || 'ifNotExists' in operation) && !isIndex(operation);
  if (isAsking || operation.kind === 'dropColumn' || operation.kind === 'renameIndex')
    return 'look';
  try {
    compile(operation);
    return 'alter';
  } catch (error) {
    const isNew = isMigrationError(error) && error.facts['needsBatch'] === true;
    return isNew ? 'rebuild' : 'alter';
  }
}

const isIndex = ({ kind }: BatchedOperation): boolean =>
  kind === 'createIndex' || kind === 'dropIndex';

/**
 * The statements of a batch on a table that is known: each operation by itself where ALTER TABLE does them all, else one new table.
 * @throws MigrationError E3012, E3013, E3014
 */
export function compileBatch(
  batch: BatchAlterTable,
  stored: SqliteStoredTable,
  compile: Compile,
): readonly string[] {
  const before = namedDraft(batch, stored);
  const { renames, rest } = splitRenames(batch, stored);
  const altered = renames.flatMap((one) => compile(one));
  const start = renames.reduce((draft, one) => editTable(draft, one, compile), before);
  const inPlace = batch.recreate === 'always' ? undefined : alterStatements(start, rest, compile);
  if (inPlace !== undefined && !batch.places) return [...altered, ...inPlace];
  if (batch.recreate === 'never') throw refused(batch);
  if (inPlace !== undefined) throw inPlaceOnly(displayName(batch.table));
  const after = rest.reduce((draft, one) => editTable(draft, one, compile), start);
  const draft = orderDraft(after, batch);
  return [...altered, ...rebuildStatements({ batch, stored, draft })];
}

function namedDraft(batch: BatchAlterTable, stored: SqliteStoredTable): TableDraft {
  const draft = draftOf(stored);
  const { namingConvention, table } = batch;
  return namingConvention ? nameConstraints(draft, table, namingConvention) : draft;
}

type Rename = Extract<BatchedOperation, { readonly kind: 'renameColumn' }>;

const isRename = (operation: BatchedOperation): operation is Rename =>
  operation.kind === 'renameColumn';

/** ALTER TABLE renames columns in triggers and views as well, so that is left to it. */
function splitRenames(
  { operations }: BatchAlterTable,
  { triggers }: SqliteStoredTable,
): { readonly renames: readonly Rename[]; readonly rest: readonly BatchedOperation[] } {
  const first = operations.findIndex((operation) => !isRename(operation));
  const end = first === -1 ? operations.length : first;
  const renames = operations.slice(0, end).filter(isRename);
  const rest = operations.slice(end);
  const isLate =
    rest.some(isRename) || (renames.length > 0 && rest.length > 0 && triggers.length > 0);
  if (!isLate) return { renames, rest };
  throw impossible(
    'a column is renamed between other changes of its table, and a script cannot look at what they come to',
    'Rename it with op.renameColumn before the batch.',
  );
}

/** Undefined where one of the operations needs a new table. */
function alterStatements(
  start: TableDraft,
  operations: readonly BatchedOperation[],
  compile: Compile,
): readonly string[] | undefined {
  const statements: string[] = [];
  let draft = start;
  for (const operation of operations) {
    const own = alterStatement(draft, operation, compile);
    if (own === undefined) return undefined;
    statements.push(...own);
    draft = editTable(draft, operation, compile);
  }
  return statements;
}

function alterStatement(
  draft: TableDraft,
  operation: BatchedOperation,
  compile: Compile,
): readonly string[] | undefined {
  switch (operation.kind) {
    case 'addColumn':
      return addInPlace(draft, operation, compile);
    case 'dropColumn':
      return dropInPlace(draft, operation, compile);
    case 'renameIndex':
      return renamedIndex(draft, operation, compile);
    default:
      return needsOf(operation, compile) === 'alter' ? compile(operation) : undefined;
  }
}

function addInPlace(
  draft: TableDraft,
  { ifNotExists, ...operation }: OperationOf<'addColumn'>,
  compile: Compile,
): readonly string[] | undefined {
  if (ifNotExists && columnOf(draft, operation.column.name)) return [];
  return needsOf(operation, compile) === 'alter' ? compile(operation) : undefined;
}

function dropInPlace(
  draft: TableDraft,
  { ifExists, ...operation }: OperationOf<'dropColumn'>,
  compile: Compile,
): readonly string[] | undefined {
  if (ifExists && !columnOf(draft, operation.name)) return [];
  return isFree(draft, operation.name) ? compile(operation) : undefined;
}

function renamedIndex(
  draft: TableDraft,
  operation: OperationOf<'renameIndex'>,
  compile: Compile,
): readonly string[] {
  const made = editTable(draft, operation, compile).indexes.filter(
    (index) => !draft.indexes.includes(index),
  );
  const { table, from: name } = operation;
  return made.flatMap(({ sql }) => [...compile({ kind: 'dropIndex', table, name }), sql]);
}

/** True for a column that ALTER TABLE … DROP COLUMN takes: part of no key, and named nowhere (SQLite manual, "ALTER TABLE", 5). */
function isFree({ definition, indexes }: TableDraft, name: string): boolean {
  const own = definition.columns.find((column) => isSameName(column.name, name));
  const isKey = own?.clauses.some(({ kind }) =>
    ['primaryKey', 'unique', 'references', 'generated'].includes(kind),
  );
  if (own === undefined || isKey === true || definition.columns.length < 2) return false;
  const texts = [
    ...definition.constraints.map(({ text }) => text),
    ...definition.columns
      .filter((column) => column !== own)
      .flatMap(({ clauses }) => clauses.map(({ text }) => text)),
    ...indexes.map(({ sql }: StoredPart) => sql),
  ];
  return !texts.some((text) => mentions(text, name));
}

const refused = ({ table }: BatchAlterTable): Error =>
  impossible(
    `table "${displayName(table)}" would have to be made anew, and recreate is 'never'`,
    "Leave recreate out, or say 'auto'.",
    { table },
  );
