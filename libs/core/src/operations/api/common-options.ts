import type { PortableNow } from '../../schema/portable-type.js';

/** SQL code, made by `op.sql('now()')`, where a plain string would be a literal. */
export interface SqlFragment {
  readonly sql: string;
}

/** A value that becomes a literal of the dialect, or SQL as it stands, or `op.now()`. `null` means none. */
export type Value = string | number | bigint | boolean | null | SqlFragment | PortableNow;

/** Options that every directive about a schema object takes. */
export interface SchemaOption {
  /** @default the default schema of the connection */
  readonly schema?: string;
}

/** Mark that autogenerate writes on objects of the entity model (design D8). */
export interface EntityOption {
  readonly entity?: string;
}

/** Options of a directive that drops something. */
export interface DropOptions extends SchemaOption {
  readonly ifExists?: boolean;
}
