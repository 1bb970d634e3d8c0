import type { ObjectName } from './object-name.js';

/**
 * A type that means the same on every database, as plain data: `op.type.string(50)` is `{ portable: 'string', length: 50 }`. Each
 * dialect spells it, and what an operation has is that spelling.
 */
export type PortableType =
  /** Text of at most `length` characters; without a length as long as the database lets one be that is indexed. */
  | { readonly portable: 'string'; readonly length?: number }
  | { readonly portable: 'decimal'; readonly precision: number; readonly scale: number }
  /** `precision` is that of seconds, in digits. */
  | { readonly portable: 'time'; readonly precision?: number }
  /** With `timezone` an instant, without a date and a time of the clock. */
  | { readonly portable: 'timestamp'; readonly timezone?: true; readonly precision?: number }
  /** `binary`: taken apart when it is stored, where the database has that besides. */
  | { readonly portable: 'json'; readonly binary?: true }
  | { readonly portable: PlainPortableName };

/** Names of the portable types that have no options. */
export type PlainPortableName =
  | 'text'
  | 'integer'
  | 'smallint'
  | 'bigint'
  | 'boolean'
  | 'float'
  | 'double'
  | 'date'
  | 'uuid'
  | 'binary';

/** Names of the portable types. */
export type PortableName = PortableType['portable'];

/** The portable type of a name. */
export type PortableTypeOf<Name extends PortableName> = Name extends PlainPortableName
  ? { readonly portable: Name }
  : Extract<PortableType, { readonly portable: Name }>;

/** What a model says of the type of a column, where its spelling on this database alone does not tell: `varchar` of SQLite may be a UUID. */
export interface PortableHint {
  readonly table: ObjectName;
  readonly column: string;
  readonly type: PortableType;
}

/** A moment as a default: that of the statement. */
export interface PortableNow {
  readonly portable: 'now';
}

/** How a dialect spells what is portable. Pure. */
export interface PortableSql {
  /** The native type, in the spelling that its dialect takes for canonical. */
  type(type: PortableType): string;
  /** The moment of the statement, as the default of a column of this native type; undefined where that is not known. */
  now(columnType: string | undefined): string;
}
