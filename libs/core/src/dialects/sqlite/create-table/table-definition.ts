/** What a clause of a column says. */
export type ColumnClauseKind =
  | 'primaryKey'
  | 'notNull'
  | 'null'
  | 'unique'
  | 'check'
  | 'default'
  | 'collate'
  | 'references'
  | 'generated';

/** A clause of a column, such as `NOT NULL ON CONFLICT IGNORE`. */
export interface ColumnClause {
  readonly kind: ColumnClauseKind;
  /** Name of the constraint, where it has one. */
  readonly name?: string;
  /** As it is written, without `CONSTRAINT name`. */
  readonly text: string;
}

/** A column as CREATE TABLE has it. */
export interface ColumnDefinition {
  readonly name: string;
  /** As it is written; empty where there is none. */
  readonly type: string;
  readonly clauses: readonly ColumnClause[];
  /** All of it as it is written, with comments; absent once something of it was changed. */
  readonly source?: string;
}

/** What a constraint of a table says. */
export type TableConstraintKind = 'primaryKey' | 'unique' | 'check' | 'foreignKey';

/** A constraint of a table. */
export interface TableConstraint {
  readonly kind: TableConstraintKind;
  readonly name?: string;
  /** As it is written, without `CONSTRAINT name`. */
  readonly text: string;
  /** Columns of a key; empty for a check. */
  readonly columns: readonly string[];
}

/** A CREATE TABLE statement taken apart: every piece keeps its text, so that nothing is lost that no model knows. */
export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
  readonly constraints: readonly TableConstraint[];
  /** What follows the body: `STRICT`, `WITHOUT ROWID`. */
  readonly options: readonly string[];
}
