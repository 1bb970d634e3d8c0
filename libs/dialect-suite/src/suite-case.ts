import type { Capabilities, Operation, SchemaModel } from '@nest-alembic/core';

/** The dialects that a case must answer for: a new one does not compile until every case has its SQL. */
export interface ExpectedSql {
  readonly postgres: readonly string[];
}

/** A capability that is a yes or a no. */
export type Ability = Exclude<keyof Capabilities, 'maxIdentifierBytes'>;

/** One case of the laws: operations on a schema, and the SQL that they are. */
export interface SuiteCase {
  readonly name: string;
  /** What the database must be able to do; where it cannot, the case is expected to be refused with E3012. */
  readonly needs?: readonly Ability[];
  /** The oldest server that can run it, by dialect. @default every supported version */
  readonly since?: { readonly postgres?: number };
  /** The schema that the operations begin with. @default an empty one */
  readonly before?: SchemaModel;
  readonly operations: readonly Operation[];
  readonly sql: ExpectedSql;
  /** Rows that are there before; and after the operations, what a query finds. */
  readonly rows?: RowsCase;
  /** Why the database has no way back, though the model may have one. */
  readonly irreversible?: string;
  /** Why autogenerate never makes such a change by itself: it finds no difference. */
  readonly unseen?: string;
}

/** How rows fare in a case. */
export interface RowsCase {
  /** SQL that fills the tables of `before`, by dialect. */
  readonly insert: { readonly postgres: string };
  /** A query after the operations. */
  readonly query: string;
  readonly found: readonly Readonly<Record<string, unknown>>[];
}

/** A statement of several lines. */
export function lines(...texts: readonly string[]): string {
  return texts.join('\n');
}
