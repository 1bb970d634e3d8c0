import type { PortableNow, PortableType } from '../../schema/portable-type.js';

/** The type of a column: the database's own spelling, or a portable one that `op.type` makes. */
export type ColumnType = string | PortableType;

/** Makes portable types: values that every dialect spells in its own way. */
export interface PortableTypes {
  /**
   * Text of at most `length` characters. Without a length it is 255 on MySQL, and as long as one likes elsewhere.
   * @example
   * op.addColumn('account', 'email', op.type.string(320), { nullable: false });
   */
  string(length?: number): PortableType;
  /** Text of any length; 65,535 bytes on MySQL. */
  text(): PortableType;
  /** A whole number of 32 bits. With `autoIncrement: true` the key that the database counts up, on each of them. */
  integer(): PortableType;
  /** A whole number of 16 bits. */
  smallint(): PortableType;
  /** A whole number of 64 bits. SQLite counts no such column up: take {@link integer} for a key that it should. */
  bigint(): PortableType;
  /** True or false: `tinyint` on MySQL. A default is `true` or `false`. */
  boolean(): PortableType;
  /**
   * A number of so many digits in all, `scale` of them behind the point. SQLite keeps it as a floating-point number.
   * @example
   * op.addColumn('invoice', 'amount', op.type.decimal(12, 2), { nullable: false });
   */
  decimal(precision: number, scale?: number): PortableType;
  /** A floating-point number of 32 bits; of 64 on SQLite. */
  float(): PortableType;
  /** A floating-point number of 64 bits. */
  double(): PortableType;
  date(): PortableType;
  /** A time of the day. `precision` is digits of a second, 0 to 6. @default what the database takes: 0 on MySQL, 6 on PostgreSQL */
  time(options?: { readonly precision?: number }): PortableType;
  /**
   * A date and a time of the day; with `timezone` an instant, which on SQLite is only the app's agreement. `precision` is digits of a
   * second, 0 to 6.
   * @default { timezone: false, precision: 6 }
   * @example
   * op.addColumn('account', 'seen_at', op.type.timestamp({ timezone: true }), { default: op.now() });
   */
  timestamp(options?: { readonly timezone?: boolean; readonly precision?: number }): PortableType;
  /** JSON; with `binary` taken apart when it is stored, where the database has that besides (`jsonb`). */
  json(options?: { readonly binary?: boolean }): PortableType;
  /** A UUID: `varchar(36)` on MySQL, `uuid` on MariaDB from 10.7 on, text on SQLite. */
  uuid(): PortableType;
  /** Bytes; 65,535 of them on MySQL. */
  binary(): PortableType;
}

/** What a revision says that has to run on several databases. */
export interface PortableDirectives {
  /**
   * Portable types, in every place that takes a type. They are values, never strings: a string is the database's own spelling.
   * @example
   * op.createTable('account', (t) => [
   *   t.column('id', op.type.integer(), { autoIncrement: true }),
   *   t.column('email', op.type.string(320), { nullable: false }),
   *   t.column('is_active', op.type.boolean(), { nullable: false, default: true }),
   *   t.primaryKey(['id']),
   * ]);
   */
  readonly type: PortableTypes;
  /**
   * The moment of the statement, as a default or a value, in the words of the database: `now()`, `CURRENT_TIMESTAMP(6)`,
   * `datetime('now')`, which on SQLite is in UTC, to the second.
   * @example
   * op.addColumn('account', 'created_at', op.type.timestamp(), { nullable: false, default: op.now() });
   */
  now(): PortableNow;
}
