import type { EntityOption, SchemaOption } from './common-options.js';

/** What {@link SchemaDirectives.setSchema} moves. Functions and procedures are moved by their renames, an extension by `op.alterExtension`. */
export type MovedType = 'table' | 'enum' | 'domain' | 'sequence' | 'view' | 'materializedView';

/** The directives about schemas. */
export interface SchemaDirectives {
  /**
   * Moves an object to another schema; `null` is the default schema. It is a rename that keeps the name.
   * @example
   * op.setSchema('table', 'invoice', 'billing');
   */
  setSchema(
    type: MovedType,
    name: string,
    toSchema: string | null,
    options?: SchemaOption & EntityOption,
  ): Promise<void>;

  /**
   * Makes a schema; `authorization` is the role that owns it.
   * @example op.createSchema('audit', { ifNotExists: true });
   */
  createSchema(
    name: string,
    options?: { readonly ifNotExists?: boolean; readonly authorization?: string } & EntityOption,
  ): Promise<void>;
  /** @example op.dropSchema('audit'); */
  dropSchema(name: string, options?: { readonly ifExists?: boolean } & EntityOption): Promise<void>;
  /**
   * Renames a schema with all that is in it. Texts of views and functions are the server's to follow.
   * @example op.renameSchema('audit', 'history');
   */
  renameSchema(from: string, to: string, options?: EntityOption): Promise<void>;
}
