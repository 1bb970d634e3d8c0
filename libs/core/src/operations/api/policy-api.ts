import type { Policy } from '../../schema/server-objects.js';
import type { DropOptions, EntityOption, SchemaOption, SqlFragment } from './common-options.js';

/** Attributes of a policy that can change. */
export interface PolicyChange {
  /** None: everybody. */
  readonly roles?: readonly string[];
  /** Which rows are seen. */
  readonly using?: string | SqlFragment;
  /** Which rows may be written. */
  readonly check?: string | SqlFragment;
}

/** The directives about row-level security. */
export interface PolicyDirectives {
  /**
   * Turns row-level security of a table on or off, and for its owner too (`forced`). The way back is the opposite.
   * @example op.setRowSecurity('account', { enabled: true });
   */
  setRowSecurity(
    table: string,
    change: { readonly enabled?: boolean; readonly forced?: boolean },
    options?: SchemaOption,
  ): Promise<void>;
  /** @example op.createPolicy('own', 'account', { using: 'owner = current_user' }); */
  createPolicy(
    name: string,
    table: string,
    options?: PolicyChange &
      SchemaOption &
      EntityOption & {
        /** @default all commands */
        readonly command?: NonNullable<Policy['command']>;
        /** Combined with the others by AND instead of OR. */
        readonly restrictive?: boolean;
        readonly comment?: string;
      },
  ): Promise<void>;
  /** @example op.dropPolicy('own', 'account'); */
  dropPolicy(name: string, table: string, options?: DropOptions): Promise<void>;
  /** @example op.renamePolicy('own', 'own_rows', 'account'); */
  renamePolicy(
    from: string,
    to: string,
    table: string,
    options?: SchemaOption & EntityOption,
  ): Promise<void>;
  /**
   * Changes roles and expressions of a policy; `from` is for the way back.
   * @example op.alterPolicy('own', 'account', { roles: ['clerk'] }, { from: { roles: [] } });
   */
  alterPolicy(
    name: string,
    table: string,
    change: PolicyChange,
    options?: SchemaOption & { readonly from?: PolicyChange },
  ): Promise<void>;
}
