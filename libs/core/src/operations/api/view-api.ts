import type { ColumnComment, View } from '../../schema/schema-model.js';
import type { DropOptions, EntityOption, SchemaOption } from './common-options.js';

/** What a view says besides its query. */
export interface ViewDefinitionOptions {
  /** Names of its columns, where the query does not say them. */
  readonly columns?: readonly string[];
  /** Rights are those of who reads the view, not of its owner (PostgreSQL 15). */
  readonly securityInvoker?: boolean;
  readonly securityBarrier?: boolean;
  /** Whether a row that the view would not show can be written through it. */
  readonly checkOption?: NonNullable<View['checkOption']>;
  /** Storage parameters of a materialized view, as written: `fillfactor=70`. */
  readonly storage?: readonly string[];
}

/** The directives about views. */
export interface ViewDirectives {
  /**
   * Gives a view another name, or moves it to another schema; views that stand on it follow.
   * @example
   * op.renameView('totals', 'invoice_totals', { materialized: true });
   */
  renameView(
    from: string,
    to: string,
    options?: DropOptions &
      EntityOption & { readonly materialized?: boolean; readonly toSchema?: string | null },
  ): Promise<void>;

  /**
   * Makes a view from a query without a semicolon. `previous` is what is replaced, for the way back; `orReplace` alone
   * has none. A materialized view `withNoData` is empty until `op.refreshView`.
   * @example op.createView('mails', 'SELECT email FROM account', { checkOption: 'cascaded' });
   */
  createView(
    name: string,
    query: string,
    options?: SchemaOption &
      EntityOption &
      ViewDefinitionOptions & {
        readonly materialized?: boolean;
        readonly withNoData?: boolean;
        readonly orReplace?: boolean;
        readonly previous?: ViewDefinitionOptions & { readonly query: string };
        readonly comment?: string;
        /** It is as the view was that `op.dropView` with `anew` dropped in this run. */
        readonly anew?: boolean;
        readonly columnComments?: readonly ColumnComment[];
      },
  ): Promise<void>;
  /**
   * Drops a view. With `anew` the view of that name that comes behind, with `anew` too, has what this one has in the database
   * besides its query: owner, rights, rules, triggers, indexes, and the defaults, comments and statistics of its columns, but
   * for the triggers and indexes of `except`.
   * @example op.dropView('mails', { ifExists: true });
   */
  dropView(
    name: string,
    options?: DropOptions & {
      readonly materialized?: boolean;
      readonly anew?: boolean;
      readonly except?: readonly string[];
    },
  ): Promise<void>;
  /**
   * Fills a materialized view anew, or empties it (`withNoData`). `wasEmpty` is for the way back.
   * @example op.refreshView('totals', { concurrently: true });
   */
  refreshView(
    name: string,
    options?: SchemaOption & {
      readonly concurrently?: boolean;
      readonly withNoData?: boolean;
      readonly wasEmpty?: boolean;
    },
  ): Promise<void>;
}
