import type { Constraint, ConstraintType } from '../../../operations/constraint-operations.js';
import { CONSTRAINT_WORDS, uniqueIndex } from '../../../operations/constraint-operations.js';
import type { OperationOf } from '../../../operations/operation.js';
import { missingObject, presentObject } from '../../../schema/schema-edit.js';
import type { Table } from '../../../schema/schema-model.js';
import { partName } from '../../../schema/table-edit.js';
import { impossible } from '../../common/ddl-clauses.js';
import type { ColumnClause, TableConstraint } from '../create-table/table-definition.js';
import { isSameName } from '../sqlite-tokens.js';
import { dropIndex } from './edit-indexes.js';
import type { Compile } from './stored-as.js';
import { definitionOf } from './stored-as.js';
import type { TableDraft } from './table-draft.js';
import { changeColumn, redefine } from './table-draft.js';

/** @throws MigrationError E3014 for a name that is taken, or a second primary key; E3012 for what SQLite does not have */
export function addConstraint(
  draft: TableDraft,
  { table, added, usingIndex }: OperationOf<'addConstraint'>,
  compile: Compile,
): TableDraft {
  const { name } = added.constraint;
  if (name !== undefined && isTaken(draft, name))
    throw presentObject('constraint', partName(table, name));
  const ready = addedTo(draft, { table, added, ...(usingIndex !== undefined && { usingIndex }) });
  const made = definitionOf(partsOf(added), compile).constraints;
  return redefine(ready, { constraints: [...ready.definition.constraints, ...made] });
}

/** The draft with room for a constraint. */
function addedTo(
  draft: TableDraft,
  { table, added, usingIndex }: Omit<OperationOf<'addConstraint'>, 'kind'>,
): TableDraft {
  const freed =
    usingIndex === undefined
      ? draft
      : dropIndex(draft, { kind: 'dropIndex', table, name: usingIndex });
  if (added.type !== 'primaryKey') return freed;
  const { columns } = added.constraint;
  return columns.reduce(
    required,
    withPrimaryKey(freed, partName(table, added.constraint.name ?? '')),
  );
}

/** Of SQLite's primary keys only that of one INTEGER column forbids NULL by itself. */
const required = (draft: TableDraft, name: string): TableDraft =>
  changeColumn(draft, name, (column) =>
    column.clauses.some(({ kind }) => kind === 'notNull')
      ? column
      : {
          ...column,
          clauses: [
            ...column.clauses.filter(({ kind }) => kind !== 'null'),
            { kind: 'notNull', text: 'NOT NULL' },
          ],
        },
  );

/**
 * The draft with room for a primary key: one without a name goes (BATCH-34).
 * @throws MigrationError E3014 where there is one with a name
 */
export function withPrimaryKey(draft: TableDraft, subject: string): TableDraft {
  const keys = partsWith(draft, 'primaryKey');
  if (keys.some(({ name }) => name !== undefined)) throw presentObject('primary key', subject);
  const isKeyChanged = draft.isKeyChanged || keys.length > 0;
  return { ...without(draft, (kind) => kind === 'primaryKey'), isKeyChanged };
}

function partsOf(added: Constraint): Partial<Table> {
  switch (added.type) {
    case 'primaryKey':
      return { primaryKey: added.constraint };
    case 'unique':
      return { uniques: [added.constraint] };
    case 'check':
      return { checks: [added.constraint] };
    case 'exclusion':
      return { exclusions: [added.constraint] };
    case 'foreignKey':
      return { foreignKeys: [added.constraint] };
  }
}

/** @throws MigrationError E3014 for a constraint that is not there */
export function dropConstraint(
  draft: TableDraft,
  { table, name, type, ifExists, index }: OperationOf<'dropConstraint'>,
  compile: Compile,
): TableDraft {
  if (!isThere(draft, type, name)) {
    if (ifExists) return draft;
    throw missingObject(CONSTRAINT_WORDS[type], partName(table, name));
  }
  const rest = {
    ...without(draft, (kind, own) => isKind(kind, type) && answers(type, own, name)),
    isKeyChanged: draft.isKeyChanged || type === 'primaryKey' || type === 'unique',
  };
  if (!index) return rest;
  const sql = compile({ kind: 'createIndex', table, index: uniqueIndex(index) }).join(';\n');
  return { ...rest, indexes: [...rest.indexes, { name: index.name, sql }] };
}

/** @throws MigrationError E3014 for a constraint that is not there, or a name that is taken */
export function renameConstraint(
  draft: TableDraft,
  { table, type, from, to }: OperationOf<'renameConstraint'>,
): TableDraft {
  if (!isThere(draft, type, from))
    throw missingObject(CONSTRAINT_WORDS[type], partName(table, from));
  if (isTaken(draft, to)) throw presentObject('constraint', partName(table, to));
  return mapConstraints(draft, (part) =>
    isKind(part.kind, type) && answers(type, part.name, from) ? { ...part, name: to } : part,
  );
}

/** @throws MigrationError E3014 for a foreign key that is not there */
export function alterConstraint(
  draft: TableDraft,
  { table, name, to }: OperationOf<'alterConstraint'>,
): TableDraft {
  if (!isThere(draft, 'foreignKey', name))
    throw missingObject('foreign key', partName(table, name));
  if (to.enforced !== undefined)
    throw impossible('SQLite has no foreign keys that are there and not enforced');
  if (to.deferrable === undefined) return draft;
  const said = to.deferrable === null ? '' : ` DEFERRABLE ${to.deferrable.toUpperCase()}`;
  return mapConstraints(draft, (part) =>
    isKind(part.kind, 'foreignKey') && answers('foreignKey', part.name, name)
      ? { ...part, text: part.text.replace(DEFERRABLE, '') + said }
      : part,
  );
}

const DEFERRABLE = /\s+(?:NOT\s+)?DEFERRABLE(?:\s+INITIALLY\s+\w+)?\s*$/i;

type AnyKind = ColumnClause['kind'] | TableConstraint['kind'];

interface Part {
  readonly kind: AnyKind;
  readonly name?: string;
  readonly text: string;
}

/** The draft with every constraint, in the clause of a column or not, replaced by what `change` makes of it. */
export function mapConstraints(
  draft: TableDraft,
  change: <P extends Part>(part: P) => P,
): TableDraft {
  const columns = draft.definition.columns.map((column) => {
    const clauses = column.clauses.map((clause) => change(clause));
    if (clauses.every((clause, at) => clause === column.clauses[at])) return column;
    const { source: _source, ...rest } = column;
    return { ...rest, clauses };
  });
  const constraints = draft.definition.constraints.map((constraint) => change(constraint));
  return redefine(draft, { columns, constraints });
}

/** The draft without the constraints that are meant, in the clauses of columns or not. */
function without(
  draft: TableDraft,
  isMeant: (kind: AnyKind, name: string | undefined) => boolean,
): TableDraft {
  const columns = draft.definition.columns.map((column) => {
    const clauses = column.clauses.filter(({ kind, name }) => !isMeant(kind, name));
    if (clauses.length === column.clauses.length) return column;
    const { source: _source, ...rest } = column;
    return { ...rest, clauses };
  });
  const constraints = draft.definition.constraints.filter(({ kind, name }) => !isMeant(kind, name));
  return redefine(draft, { columns, constraints });
}

function partsWith(draft: TableDraft, type: ConstraintType): readonly Part[] {
  const { columns, constraints } = draft.definition;
  const all: readonly Part[] = [...columns.flatMap(({ clauses }) => clauses), ...constraints];
  return all.filter(({ kind }) => isKind(kind, type));
}

const isKind = (kind: AnyKind, type: ConstraintType): boolean =>
  type === 'foreignKey' ? kind === 'foreignKey' || kind === 'references' : kind === type;

/** A primary key without a name answers to any. */
const answers = (type: ConstraintType, own: string | undefined, name: string): boolean =>
  own === undefined ? type === 'primaryKey' : isSameName(own, name);

const isThere = (draft: TableDraft, type: ConstraintType, name: string): boolean =>
  partsWith(draft, type).some((part) => answers(type, part.name, name));

function isTaken(draft: TableDraft, name: string): boolean {
  const types: readonly ConstraintType[] = ['primaryKey', 'foreignKey', 'unique', 'check'];
  return types
    .flatMap((type) => partsWith(draft, type))
    .some((part) => part.name !== undefined && isSameName(part.name, name));
}
