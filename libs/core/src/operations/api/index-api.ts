import type { GivenName } from '../naming-convention.js';
import type { DropOptions, EntityOption, SchemaOption } from './common-options.js';
import type { PartitionPlace } from './partition-api.js';

/** A key part of an index: a column name, or an object where more is to be said. */
export type IndexPart =
  | string
  | {
      readonly column?: string;
      readonly expression?: string;
      readonly order?: 'asc' | 'desc';
      readonly nulls?: 'first' | 'last';
      /** A name, or what the server takes: `gist_trgm_ops (siglen = 32)`. */
      readonly opclass?: string;
      readonly collation?: string;
      /** How much of the column is in the index (MySQL), in characters or bytes. */
      readonly prefix?: number;
    };

/** Options of an index in a table body. */
export interface BodyIndexOptions extends EntityOption {
  /** @default false */
  readonly unique?: boolean;
  /** Access method; `fulltext` and `spatial` on MySQL. @default 'btree' */
  readonly method?: string;
  /** What takes the texts of a `fulltext` index apart (MySQL): `ngram`. @default the server's own */
  readonly parser?: string;
  /** Predicate of a partial index. */
  readonly where?: string;
  /** Columns that the index holds besides the key. */
  readonly include?: readonly string[];
  /** Two NULLs count as equal. @default false */
  readonly nullsNotDistinct?: boolean;
  /** Storage parameters as written: `fillfactor=70`. */
  readonly storage?: readonly string[];
  /** @default that of the database */
  readonly tablespace?: string;
  readonly comment?: string;
}

/** Options of {@link IndexDirectives.createIndex}. */
export interface IndexOptions extends BodyIndexOptions, SchemaOption {
  /** Writers go on meanwhile; runs outside of the revision's transaction. @default false */
  readonly concurrently?: boolean;
  /**
   * Of a table that is divided, without its partitions: `op.attachIndex` adds theirs, which can be made `concurrently`. The
   * server uses it once all are there (PostgreSQL manual 5.12.2.2). @default false
   */
  readonly only?: boolean;
  /** @default false */
  readonly ifNotExists?: boolean;
}

/** The directives about indexes. */
export interface IndexDirectives {
  /**
   * Makes an index of a table or a materialized view. `null` for the name: that of the naming convention, or `ix_<table>_<first column>`.
   * @example
   * op.createIndex('ix_account_email', 'account', [{ expression: 'lower(email)', order: 'desc' }], { unique: true, where: 'active', concurrently: true });
   */
  createIndex(
    name: GivenName | null,
    table: string,
    parts: readonly IndexPart[],
    options?: IndexOptions,
  ): Promise<void>;
  /**
   * Drops an index.
   * @example
   * op.dropIndex('ix_account_email', 'account', { concurrently: true, ifExists: true });
   */
  dropIndex(
    name: GivenName,
    table: string,
    options?: DropOptions & { readonly concurrently?: boolean },
  ): Promise<void>;
  /**
   * Gives an index another name.
   * @example
   * op.renameIndex('ix_1', 'ix_account_email', 'account');
   */
  renameIndex(
    from: string,
    to: string,
    table: string,
    options?: DropOptions & EntityOption,
  ): Promise<void>;
  /**
   * Makes the index of a partition a part of the index of its table. There is no way back but to drop the latter, with all
   * its parts.
   * @example
   * op.createIndex('ix_event_at', 'event', ['at'], { only: true });
   * op.createIndex('ix_event_2026_at', 'event_2026', ['at'], { concurrently: true });
   * op.attachIndex('ix_event_2026_at', 'ix_event_at');
   */
  attachIndex(name: string, index: string, options?: PartitionPlace): Promise<void>;
}
