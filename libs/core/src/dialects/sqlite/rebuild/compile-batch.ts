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
 * The statements of a batch on a table that is known: each operation by itself where ALTER TABLE does them all, else one new table;
 * where columns are renamed between other changes, one for what stands before each rename.
 * @throws MigrationError E3012, E3013, E3014
 */
export function compileBatch(
  batch: BatchAlterTable,
  stored: SqliteStoredTable,
  compile: Compile,
): readonly string[] {
  const statements: string[] = [];
  let table = stored;
  for (const part of partsOf(batch, stored)) {
    const compiled = compilePart(part, table, compile);
    statements.push(...compiled.statements);
    table = compiled.stored;
  }
  return statements;
}

interface CompiledPart {
  readonly statements: readonly string[];
  /** The table behind them. */
  readonly stored: SqliteStoredTable;
}

function compilePart(
  { batch, renames, rest }: BatchPart,
  stored: SqliteStoredTable,
  compile: Compile,
): CompiledPart {
  const before = namedDraft(batch, stored);
  const altered = renames.flatMap((one) => compile(one));
  const start = renames.reduce((draft, one) => editTable(draft, one, compile), before);
  const after = (): TableDraft =>
    rest.reduce((draft, one) => editTable(draft, one, compile), start);
  const inPlace = batch.recreate === 'always' ? undefined : alterStatements(start, rest, compile);
  if (inPlace !== undefined && !batch.places)
    return { statements: [...altered, ...inPlace], stored: storedFrom(stored, after()) };
  if (batch.recreate === 'never') throw refused(batch);
  if (inPlace !== undefined) throw inPlaceOnly(displayName(batch.table));
  const draft = orderDraft(after(), batch);
  const renamed =
    renames.length === 0
      ? stored
      : storedFrom(
          stored,
          renames.reduce((one, rename) => editTable(one, rename, compile), draftOf(stored)),
        );
  return {
    statements: [...altered, ...rebuildStatements({ batch, stored: renamed, draft })],
    stored: storedFrom(stored, draft),
  };
}

const storedFrom = (
  stored: SqliteStoredTable,
  { definition, indexes }: TableDraft,
): SqliteStoredTable => ({ ...stored, definition, indexes });

function namedDraft(batch: BatchAlterTable, stored: SqliteStoredTable): TableDraft {
  const draft = draftOf(stored);
  const { namingConvention, table } = batch;
  return namingConvention ? nameConstraints(draft, table, namingConvention) : draft;
}

type Rename = Extract<BatchedOperation, { readonly kind: 'renameColumn' }>;

const isRename = (operation: BatchedOperation): operation is Rename =>
  operation.kind === 'renameColumn';

/** Renames, and what is done behind them. */
interface BatchPart {
  readonly batch: BatchAlterTable;
  readonly renames: readonly Rename[];
  readonly rest: readonly BatchedOperation[];
}

/** ALTER TABLE renames columns in triggers and views as well, so that is left to it: each rename but the first begins a part. */
function partsOf(batch: BatchAlterTable, { triggers }: SqliteStoredTable): readonly BatchPart[] {
  const { operations, places: _places, recreate, ...common } = batch;
  const starts = operations.flatMap((operation, at) => {
    const before = operations[at - 1];
    return isRename(operation) && before !== undefined && !isRename(before) ? [at] : [];
  });
  const isMixed = operations.some(isRename) && !operations.every(isRename);
  if (isMixed && triggers.length > 0) throw hiddenFromScripts();
  // What is asked of the table as a whole is asked once.
  const early = recreate === 'never' ? { ...common, recreate } : common;
  return [0, ...starts].map((from, at) => {
    const part = operations.slice(from, starts[at]);
    const isLast = at === starts.length;
    return {
      batch: isLast ? batch : { ...early, operations: part },
      renames: part.filter(isRename),
      rest: part.filter((operation) => !isRename(operation)),
    };
  });
}

const hiddenFromScripts = (): Error =>
  impossible(
    'a column is renamed beside other changes of a table with triggers, and a script cannot look at what their texts come to',
    'Rename it with op.renameColumn before the batch.',
  );

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
