import type { SequenceOptions } from '../../schema/schema-model.js';
import type { DropOptions, EntityOption, SchemaOption } from './common-options.js';

/** Options of a new sequence. */
export interface NewSequenceOptions extends SequenceOptions, SchemaOption, EntityOption {
  /** @default 'bigint' */
  readonly type?: string;
  readonly comment?: string;
  /** The sequence goes when this column does. */
  readonly ownedBy?: OwnerOption;
  readonly ifNotExists?: boolean;
}

/** A column that a sequence goes with. */
export interface OwnerOption {
  readonly table: string;
  readonly column: string;
  /** Schema of the table. @default the default schema of the connection */
  readonly schema?: string;
}

/** What {@link SequenceDirectives.alterSequence} changes; `null` is the server's default, or no owner. */
export type SequenceChange = {
  readonly [K in keyof SequenceOptions]?: SequenceOptions[K] | null;
} & {
  readonly type?: string | null;
  readonly ownedBy?: OwnerOption | null;
};

/** The directives about sequences. */
export interface SequenceDirectives {
  /**
   * Makes a sequence. Numbers are strings, as they may be greater than JavaScript counts.
   * @example
   * op.createSequence('invoice_number', { start: '1000', cache: '20' });
   */
  createSequence(name: string, options?: NewSequenceOptions): Promise<void>;
  /**
   * Drops a sequence.
   * @example
   * op.dropSequence('invoice_number');
   */
  dropSequence(name: string, options?: DropOptions): Promise<void>;
  /**
   * Changes a sequence: what is not named stays. `from` says the same keys as they are, and makes it reversible; `restart` sets the
   * number that comes next, and is not taken back.
   * @example
   * op.alterSequence('invoice_number', { increment: '10', ownedBy: { table: 'invoice', column: 'no' } }, { from: { increment: '1', ownedBy: null } });
   */
  alterSequence(
    name: string,
    change: SequenceChange,
    options?: DropOptions & { readonly from?: SequenceChange; readonly restart?: string },
  ): Promise<void>;
  /**
   * Gives a sequence another name, or moves it to another schema; defaults that draw from it follow.
   * @example
   * op.renameSequence('numbers', 'invoice_number', { toSchema: 'billing' });
   */
  renameSequence(
    from: string,
    to: string,
    options?: DropOptions & EntityOption & { readonly toSchema?: string | null },
  ): Promise<void>;
}
