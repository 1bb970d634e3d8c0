import type { BatchTableDirectives } from './api/batch-api.js';
import type { ColumnDirectives } from './api/column-api.js';
import type { SqlFragment } from './api/common-options.js';
import type { CommentDirectives } from './api/comment-api.js';
import type { ConstraintDirectives } from './api/constraint-api.js';
import type { DataDirectives } from './api/data-api.js';
import type { EnumDirectives } from './api/enum-api.js';
import type { IndexDirectives } from './api/index-api.js';
import type { SchemaDirectives } from './api/schema-api.js';
import type { SequenceDirectives } from './api/sequence-api.js';
import type { PortableDirectives } from './api/type-api.js';
import type { TableDirectives } from './api/table-api.js';
import type { DomainDirectives } from './api/domain-api.js';
import type { ExtensionDirectives } from './api/extension-api.js';
import type { PartitionDirectives } from './api/partition-api.js';
import type { PolicyDirectives } from './api/policy-api.js';
import type { RoutineDirectives } from './api/routine-api.js';
import type { TriggerDirectives } from './api/trigger-api.js';
import type { ViewDirectives } from './api/view-api.js';
import type { FinalName } from './naming-convention.js';
import type { CustomOperations } from './own/custom-operations.js';

export type * from './api/batch-api.js';
export type * from './api/column-api.js';
export type * from './api/comment-api.js';
export type * from './api/common-options.js';
export type * from './api/constraint-api.js';
export type * from './api/data-api.js';
export type * from './api/enum-api.js';
export type * from './api/index-api.js';
export type * from './api/schema-api.js';
export type * from './api/sequence-api.js';
export type * from './api/table-api.js';
export type * from './api/type-api.js';
export type * from './api/domain-api.js';
export type * from './api/extension-api.js';
export type * from './api/partition-api.js';
export type * from './api/policy-api.js';
export type * from './api/routine-api.js';
export type * from './api/trigger-api.js';
export type * from './api/view-api.js';

/** The directives that are always there. */
export interface BuiltInOperations
  extends
    SchemaDirectives,
    EnumDirectives,
    SequenceDirectives,
    TableDirectives,
    ColumnDirectives,
    ConstraintDirectives,
    CommentDirectives,
    IndexDirectives,
    ViewDirectives,
    DomainDirectives,
    ExtensionDirectives,
    PartitionDirectives,
    PolicyDirectives,
    RoutineDirectives,
    TriggerDirectives,
    PortableDirectives,
    BatchTableDirectives,
    DataDirectives {
  /**
   * Runs what a function does outside of the transaction: what came before is committed, each statement of the function commits by itself,
   * and what comes after runs in a new transaction, with the version row (MIG-07). Operations that need it, such as an index that is
   * built `concurrently`, do so by themselves. What was committed stays, whatever happens after it: see E6011.
   * @throws MigrationError E6014 when the whole run is one transaction
   * @example
   * await op.autocommitBlock(async () => {
   *   await op.execute('VACUUM account');
   * });
   */
  autocommitBlock(body: () => Promise<void> | void): Promise<void>;
  /**
   * Marks a text as SQL code, where a plain string would become a literal.
   * @example
   * op.addColumn('account', 'created_at', 'timestamptz', { default: op.sql('now()') });
   */
  sql(text: string): SqlFragment;
  /**
   * Marks the name of a constraint or index as final: no naming convention touches it. Autogenerate writes it where there is one.
   * @example
   * op.dropConstraint('invoice', op.f('ck_positive'), 'check');
   */
  f(name: string): FinalName;
}

/**
 * The directives of a revision: `op` in `upgrade(op, ctx)`. Each call is validated at once, queued, and run in call
 * order; its promise resolves when it has run, and need not be awaited (design D17).
 */
export interface Operations extends BuiltInOperations, CustomOperations {}

/** What a revision may ask besides `op`. */
export interface RevisionContext {
  readonly revision: string;
  readonly direction: 'upgrade' | 'downgrade';
  /** Name of the dialect, such as the one that the DataSource's driver has. */
  readonly dialect: string;
  /** Values of `-x key=value`. */
  readonly x: Readonly<Record<string, string>>;
  /** Value of `--tag`; undefined without (CLI-60). */
  readonly tag: string | undefined;
  /** True while SQL is written instead of run: with `--sql`, and in a plan (ENV-01). */
  readonly isOffline: boolean;
  /** Rows of the version table where the run begins; with `--sql` the beginning of the range (ENV-04). */
  readonly startingRevisions: readonly string[];
  /** Rows of the version table where the run ends; none for base (ENV-05). */
  readonly destinations: readonly string[];
  /**
   * Runs a query after the operations so far, and gives its rows.
   * @throws MigrationError E6006 offline and in a plan, where no query can run
   */
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<readonly Row[]>;
}
