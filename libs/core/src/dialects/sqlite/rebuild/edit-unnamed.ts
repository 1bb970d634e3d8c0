import { CONSTRAINT_WORDS } from '../../../operations/constraint-operations.js';
import type { OperationOf } from '../../../operations/operation.js';
import { definitionInWords } from '../../../operations/unnamed-constraint.js';
import type { UnnamedConstraint } from '../../../operations/unnamed-constraint.js';
import { missingObject } from '../../../schema/schema-edit.js';
import type { ForeignKey } from '../../../schema/schema-model.js';
import { partName } from '../../../schema/table-edit.js';
import type { ColumnClause, TableConstraint } from '../create-table/table-definition.js';
import { expressionIn } from '../sqlite-inspect-columns.js';
import { formOf } from '../sqlite-same-text.js';
import { isSameName } from '../sqlite-tokens.js';
import { referred } from './referred.js';
import type { TableDraft } from './table-draft.js';
import { changeColumn, redefine } from './table-draft.js';

/**
 * The draft without a constraint that has no name, in the clause of a column or not, found by what it says.
 * @throws MigrationError E3014 where there is none
 */
export function dropUnnamedConstraint(
  draft: TableDraft,
  { table, dropped }: OperationOf<'dropUnnamedConstraint'>,
): TableDraft {
  const found = partsOf(draft).find(
    ({ part, columns }) => part.name === undefined && says(part, columns, dropped),
  );
  if (!found)
    throw missingObject(
      `${CONSTRAINT_WORDS[dropped.type]} without a name`,
      partName(table, definitionInWords(dropped)),
    );
  const isKeyChanged = draft.isKeyChanged || dropped.type === 'unique';
  return { ...found.remove(), isKeyChanged };
}

interface FoundPart {
  readonly part: ColumnClause | TableConstraint;
  readonly columns: readonly string[];
  remove(): TableDraft;
}

function partsOf(draft: TableDraft): readonly FoundPart[] {
  const { columns, constraints } = draft.definition;
  const inline = columns.flatMap(({ name, clauses }) =>
    clauses.map((part): FoundPart => ({
      part,
      columns: [name],
      remove: () =>
        changeColumn(draft, name, (column) => ({
          ...column,
          clauses: column.clauses.filter((other) => other !== part),
        })),
    })),
  );
  const own = constraints.map((part): FoundPart => ({
    part,
    columns: part.columns,
    remove: () => redefine(draft, { constraints: constraints.filter((other) => other !== part) }),
  }));
  return [...inline, ...own];
}

function says(
  part: ColumnClause | TableConstraint,
  columns: readonly string[],
  { type, constraint }: UnnamedConstraint,
): boolean {
  switch (type) {
    case 'check':
      return (
        part.kind === 'check' && formOf(expressionIn(part) ?? '') === formOf(constraint.expression)
      );
    case 'unique':
      return part.kind === 'unique' && sameNames(columns, constraint.columns);
    case 'foreignKey':
      return sameNames(columns, constraint.columns) && refersAs(part, constraint);
    case 'exclusion':
      return false;
  }
}

function refersAs(part: ColumnClause | TableConstraint, key: ForeignKey): boolean {
  if (part.kind !== 'references' && part.kind !== 'foreignKey') return false;
  const { referredTable, referredColumns } = referred(part.text);
  const isImplied = referredColumns.length === 0;
  return (
    isSameName(referredTable.name, key.referencedTable.name) &&
    (isImplied || sameNames(referredColumns, key.referencedColumns))
  );
}

const sameNames = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((name, at) => isSameName(name, right[at] ?? ''));
