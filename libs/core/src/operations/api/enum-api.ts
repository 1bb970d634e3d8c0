import type { DropOptions, EntityOption, SchemaOption, Value } from './common-options.js';

/** A column that an enum is used in, for changes that replace the type. */
export interface EnumUseOption extends SchemaOption {
  readonly table: string;
  readonly column: string;
  /** The column holds a list of labels. @default false */
  readonly array?: boolean;
  /** Its default, of the labels that there are afterwards: it is taken off before and set again behind. @default it has none */
  readonly default?: Value;
}

/** Options of {@link EnumDirectives.alterEnum}. */
export interface AlterEnumOptions extends SchemaOption, EntityOption {
  /** Labels that are called otherwise, in this order: rows that hold one hold it still. */
  readonly renames?: readonly { readonly from: string; readonly to: string }[];
  /**
   * What rows get instead of a label that goes, where it is renamed before by its new name. A row that holds one without a
   * replacement stops the revision.
   */
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
   * Changes the labels of an enum from one list to another, in this order. Where labels are only renamed and added the type stays, else
   * another takes its place in all columns of `uses`.
   * @example
   * op.alterEnum('invoice_state', ['new', 'paid'], ['new', 'sent', 'paid']);
   * op.alterEnum('invoice_state', ['new', 'lost', 'paid'], ['open', 'paid'], {
   *   renames: [{ from: 'new', to: 'open' }],
   *   replacements: [{ from: 'lost', to: 'paid' }],
   *   uses: [{ table: 'invoice', column: 'state', default: 'open' }],
   * });
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
