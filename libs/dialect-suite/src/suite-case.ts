import type { Capabilities, Operation, SchemaModel } from '@nest-alembic/core';

/** The dialects that a case must answer for: a new one does not compile until every case has its answer. */
export interface ExpectedSql {
  readonly postgres: Expectation;
  readonly sqlite: Expectation;
  readonly mariadb: Expectation;
}

/** What a dialect makes of the operations of a case: their statements, or what those match; or why there are none. */
export type Expectation = readonly (string | RegExp)[] | NotSupported | MadeAnew | Foreign;

/** The database cannot do it, or what comes before it: the compiler says so (E3012). */
export interface NotSupported {
  readonly notSupported: string;
}

/** No statement does it: the engine makes the table anew, as the table then is. */
export interface MadeAnew {
  readonly madeAnew: true;
}

/** The texts of the case are SQL of another database, which this one refuses. */
export interface Foreign {
  readonly foreign: string;
}

/** The case needs what the database does not have. */
export const notSupported = (reason: string): NotSupported => ({ notSupported: reason });

/** The engine makes the table anew. */
export const MADE_ANEW: MadeAnew = { madeAnew: true };

/** The texts of the case are those of another database. */
export const foreign = (reason: string): Foreign => ({ foreign: reason });

/** A capability that is a yes or a no. */
export type Ability = Exclude<keyof Capabilities, 'maxIdentifierBytes'>;

/** One case of the laws: operations on a schema, and the SQL that they are. */
export interface SuiteCase {
  readonly name: string;
  /** What the database must be able to do; where it cannot, the case is expected to be refused with E3012. */
  readonly needs?: readonly Ability[];
  /** The oldest server that can run it, by dialect. @default every supported version */
  readonly since?: { readonly [K in keyof ExpectedSql]?: number };
  /** The schema that the operations begin with. @default an empty one */
  readonly before?: SchemaModel;
  readonly operations: readonly Operation[];
  readonly sql: ExpectedSql;
  /** Rows that are there before; and after the operations, what a query finds. */
  readonly rows?: RowsCase;
  /** Laws that do not hold on a dialect, and why: that they do not is checked. */
  readonly except?: { readonly [K in keyof ExpectedSql]?: LawException };
  /** Why the database has no way back, though the model may have one. */
  readonly irreversible?: string;
  /** Why autogenerate never makes such a change by itself: it finds no difference. */
  readonly unseen?: string;
}

/** Laws that do not hold for a case, by the beginnings of their names. */
export interface LawException {
  readonly laws: readonly string[];
  readonly reason: string;
}

/** How rows fare in a case. */
export interface RowsCase {
  /** SQL that fills the tables of `before`; by dialect, where they do not say it alike. */
  readonly insert: string | { readonly [K in keyof ExpectedSql]?: string };
  /** A query after the operations. */
  readonly query: string;
  readonly found: readonly Readonly<Record<string, unknown>>[];
}

/** A statement of several lines. */
export function lines(...texts: readonly string[]): string {
  return texts.join('\n');
}
