import type { IndexElementRow, NameRow } from './postgres-catalog-rows.js';

/** An extension. */
export interface ExtensionRow extends NameRow {
  readonly version: string;
}

/** A domain. */
export interface DomainRow extends NameRow {
  readonly type: string;
  readonly collation: string | null;
  readonly default: string | null;
  readonly notNull: boolean;
  readonly comment: string | null;
  readonly checks: readonly {
    readonly name: string;
    readonly expression: string;
    readonly validated: boolean;
    readonly comment: string | null;
  }[];
}

/** A function or procedure. */
export interface RoutineRow extends NameRow {
  readonly type: 'function' | 'procedure';
  readonly arguments: string;
  readonly definition: string;
  readonly comment: string | null;
}

/** A trigger of a table or view. */
export interface TriggerRow {
  readonly table: string;
  readonly name: string;
  /** Bits of `tgtype`: 1 row, 2 before, 4 insert, 8 delete, 16 update, 32 truncate, 64 instead of. */
  readonly type: number;
  /** Origin, disabled, replica, always. */
  readonly state: 'O' | 'D' | 'R' | 'A';
  readonly oldTable: string | null;
  readonly newTable: string | null;
  readonly constraint: boolean;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  /** The whole CREATE TRIGGER. */
  readonly definition: string;
  readonly columns: readonly string[] | null;
  readonly comment: string | null;
}

/** A policy of a table. */
export interface PolicyRow {
  readonly table: string;
  readonly name: string;
  /** Select, insert, update, delete, all. */
  readonly command: 'r' | 'a' | 'w' | 'd' | '*';
  readonly permissive: boolean;
  /** Null for everybody. */
  readonly roles: readonly string[] | null;
  readonly using: string | null;
  readonly check: string | null;
  readonly comment: string | null;
}

/** A partition. */
export interface PartitionRow extends NameRow {
  readonly id: string;
  readonly tableSchema: string;
  readonly table: string;
  readonly bounds: string;
}

/** How a table or partition is divided. */
export interface PartitionKeyRow {
  readonly table: string;
  /** Range, list, hash. */
  readonly strategy: 'r' | 'l' | 'h';
  readonly elements: readonly Omit<IndexElementRow, 'options'>[];
}

/** What the query for the further kinds reads; a kind that was not asked for is absent. */
export interface ObjectRows {
  /** Tables and views that no other query reads. */
  readonly apart: readonly NameRow[];
  readonly partitionKeys: readonly PartitionKeyRow[];
  readonly extensions?: readonly ExtensionRow[];
  readonly domains?: readonly DomainRow[];
  readonly routines?: readonly RoutineRow[];
  readonly triggers?: readonly TriggerRow[];
  readonly policies?: readonly PolicyRow[];
  readonly rowSecurity?: readonly {
    readonly table: string;
    readonly enabled: boolean;
    readonly forced: boolean;
  }[];
  readonly partitions?: readonly PartitionRow[];
}
