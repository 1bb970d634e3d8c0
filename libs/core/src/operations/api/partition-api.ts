import type { Partitioning } from '../../schema/server-objects.js';
import type { DropOptions, EntityOption, SchemaOption, Value } from './common-options.js';

/** A part of a partition key: a column name, or an object where more is to be said. */
export type PartitionKeyPart =
  | string
  | {
      readonly column?: string;
      readonly expression?: string;
      readonly collation?: string;
      readonly opclass?: string;
    };

/** How a table is divided. */
export interface PartitioningOption {
  readonly strategy: Partitioning['strategy'];
  readonly columns: readonly PartitionKeyPart[];
}

/** The values that a partition holds; `op.sql('MINVALUE')` and `op.sql('MAXVALUE')` are bounds too. */
export type PartitionBoundsOption =
  | { readonly from: readonly Value[]; readonly to: readonly Value[] }
  | { readonly in: readonly Value[] }
  | { readonly modulus: number; readonly remainder: number }
  | { readonly default: true };

/** Where a partition or its index is, and its table where that is elsewhere. */
export interface PartitionPlace extends SchemaOption {
  /** @default the schema of the partition */
  readonly tableSchema?: string | null;
}

/** The directives about partitions. */
export interface PartitionDirectives {
  /**
   * Makes a partition of a table, which may be divided again.
   * @example op.createPartition('event_2026', 'event', { from: ['2026-01-01'], to: ['2027-01-01'] });
   */
  createPartition(
    name: string,
    table: string,
    bounds: PartitionBoundsOption,
    options?: PartitionPlace &
      EntityOption & { readonly partitionBy?: PartitioningOption; readonly ifNotExists?: boolean },
  ): Promise<void>;
  /**
   * Drops a partition with its rows.
   * @example op.dropPartition('event_2019');
   */
  dropPartition(name: string, options?: DropOptions): Promise<void>;
  /** @example op.attachPartition('old_events', 'event', { default: true }); */
  attachPartition(
    name: string,
    table: string,
    bounds: PartitionBoundsOption,
    options?: PartitionPlace,
  ): Promise<void>;
  /**
   * Makes a partition a table of its own; `bounds` are for the way back. `concurrently` runs outside of a transaction.
   * @example op.detachPartition('event_2019', 'event', { concurrently: true });
   */
  detachPartition(
    name: string,
    table: string,
    options?: PartitionPlace & {
      readonly bounds?: PartitionBoundsOption;
      readonly concurrently?: boolean;
    },
  ): Promise<void>;
}
