import type { ObjectName } from './object-name.js';
import type {
  CheckConstraint,
  Deferrable,
  FromEntity,
  IndexElement,
  SqlText,
  Table,
} from './schema-model.js';

/** An extension of the server. Its name is one of the whole database; `schema` is where its objects are. */
export interface Extension extends FromEntity {
  readonly name: string;
  /** Absent: where the server puts them. */
  readonly schema?: string;
  /** Absent: the newest that the server has. */
  readonly version?: string;
  readonly comment?: string;
}

/** A type with a base type and constraints. */
export interface Domain extends ObjectName, FromEntity {
  readonly type: SqlText;
  readonly collation?: string;
  readonly default?: SqlText;
  readonly notNull?: true;
  readonly checks: readonly CheckConstraint[];
  readonly comment?: string;
}

/** A function or a procedure. Which one of a name it is, its arguments say: {@link signatureOf}. */
export interface Routine extends ObjectName, FromEntity {
  readonly type: 'function' | 'procedure';
  /** What stands between the parentheses: `a integer, b integer DEFAULT 5`. */
  readonly arguments: SqlText;
  /** All that follows the parentheses: `RETURNS integer LANGUAGE sql AS $$SELECT a + b$$`. Never taken apart. */
  readonly definition: SqlText;
  readonly comment?: string;
}

/** What a trigger waits for. */
export type TriggerEvent = 'insert' | 'update' | 'delete' | 'truncate';

/** A trigger of a table or view. */
export interface Trigger extends FromEntity {
  readonly name: string;
  readonly timing: 'before' | 'after' | 'instead of';
  /** In the order insert, delete, update, truncate, as the server tells them. */
  readonly events: readonly TriggerEvent[];
  /** Columns of `UPDATE OF`. */
  readonly columns?: readonly string[];
  /** Once for each row; absent: once for each statement. */
  readonly forEach?: 'row';
  /** Names of the transition tables. */
  readonly oldTable?: string;
  readonly newTable?: string;
  readonly when?: SqlText;
  /** The call of its function: `touch()`, `log_change('account')`. */
  readonly execute: SqlText;
  /** A constraint trigger, which can be deferred. */
  readonly constraint?: true;
  readonly deferrable?: Deferrable;
  /** Absent: it fires, but for what a replica applies. */
  readonly state?: TriggerState;
  readonly comment?: string;
}

/** When a trigger fires, where that is not the default. */
export type TriggerState = 'disabled' | 'replica' | 'always';

/** A policy of row-level security. */
export interface Policy extends FromEntity {
  readonly name: string;
  /** Absent: all commands. */
  readonly command?: 'select' | 'insert' | 'update' | 'delete';
  /** Combined with the others by AND; absent: by OR. */
  readonly restrictive?: true;
  /** Absent: everybody (PUBLIC). Sorted by name. */
  readonly roles?: readonly string[];
  /** Which rows are seen. */
  readonly using?: SqlText;
  /** Which rows may be written. */
  readonly check?: SqlText;
  readonly comment?: string;
}

/**
 * Whether the policies of a table count, and for its owner too. Absent on a table: neither; an empty one stands only in a
 * target that wants neither, where an absent one says nothing.
 */
export interface RowSecurity {
  readonly enabled?: true;
  readonly forced?: true;
}

/** How a table is divided. */
export interface Partitioning {
  readonly strategy: 'range' | 'list' | 'hash';
  /** Columns and expressions, with `collation` and `opclass` where they are not the default. */
  readonly elements: readonly IndexElement[];
}

/** The values that a partition holds. `default`: those that no other one does. */
export type PartitionBounds =
  | { readonly from: readonly SqlText[]; readonly to: readonly SqlText[] }
  | { readonly in: readonly SqlText[] }
  | { readonly modulus: number; readonly remainder: number }
  | { readonly default: true };

/** A partition of a table, whose columns and constraints are those of the table. */
export interface Partition extends ObjectName, FromEntity {
  readonly of: ObjectName;
  readonly bounds: PartitionBounds;
  /** The partition is divided again. */
  readonly partitionBy?: Partitioning;
  /** The table that it was before an operation attached it; no part of what a diff compares. */
  readonly attached?: Table;
}
