import type { DropOptions, EntityOption, SchemaOption, Value } from './common-options.js';

/** A column that an enum is used in, for changes that replace the type. */
export interface EnumUseOption extends SchemaOption {
  readonly table: string;
  readonly column: string;
  readonly array?: boolean;
  readonly default?: Value;
}

/** Options of {@link EnumDirectives.alterEnum}. */
export interface AlterEnumOptions extends SchemaOption, EntityOption {
  readonly renames?: readonly { readonly from: string; readonly to: string }[];
  readonly replacements?: readonly { readonly from: string; readonly to: string }[];
  /** The columns of the type, for changes that replace it; an empty list where there are none. */
  readonly uses?: readonly EnumUseOption[];
  /** The comment that the type has: a type that takes its place gets it too. */
  readonly comment?: string;
}

/** The directives about enumerated types. */
export interface EnumDirectives {
  /**
   * Makes an enum with its labels in this order.
   * @example
   * op.createEnum('invoice_state', ['new', 'paid'], { comment: 'In the order of a life.' });
   */
  createEnum(
    name: string,
    labels: readonly string[],
    options?: SchemaOption & EntityOption & { readonly comment?: string },
  ): Promise<void>;
  /**
   * Drops an enum that no column has.
   * @example
   * op.dropEnum('invoice_state', { ifExists: true });
   */
  dropEnum(name: string, options?: DropOptions): Promise<void>;
  /**
   * Changes the labels of an enum from one list to another, in this order.
   * @example
   * op.alterEnum('invoice_state', ['new', 'paid'], ['new', 'sent', 'paid']);
   */
  alterEnum(
    name: string,
    from: readonly string[],
    to: readonly string[],
    options?: AlterEnumOptions,
  ): Promise<void>;
  /**
   * Gives an enum another name, or moves it to another schema.
   * @example
   * op.renameEnum('state', 'invoice_state', { toSchema: 'billing' });
   */
  renameEnum(
    from: string,
    to: string,
    options?: SchemaOption & EntityOption & { readonly toSchema?: string | null },
  ): Promise<void>;
}
