import type { EntityOption } from './common-options.js';

/** Attributes of an extension that can change; `version: null` is the newest that the server has. */
export interface ExtensionChange {
  readonly version?: string | null;
  readonly schema?: string;
}

/** The directives about extensions. */
export interface ExtensionDirectives {
  /**
   * Makes an extension. `schema` is where its objects go, `cascade` makes what it needs too.
   * @example op.createExtension('citext', { ifNotExists: true });
   */
  createExtension(
    name: string,
    options?: EntityOption & {
      readonly schema?: string;
      readonly version?: string;
      readonly comment?: string;
      readonly ifNotExists?: boolean;
      readonly cascade?: boolean;
    },
  ): Promise<void>;
  /**
   * Drops an extension; with `cascade` also what depends on it, such as columns of its types.
   * @example op.dropExtension('citext', { ifExists: true });
   */
  dropExtension(
    name: string,
    options?: { readonly ifExists?: boolean; readonly cascade?: boolean },
  ): Promise<void>;
  /**
   * Updates an extension, or moves its objects to another schema; `from` is for the way back.
   * @example op.alterExtension('hstore', { version: '1.8' }, { from: { version: '1.7' } });
   */
  alterExtension(
    name: string,
    change: ExtensionChange,
    options?: { readonly from?: ExtensionChange },
  ): Promise<void>;
}
