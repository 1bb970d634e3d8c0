import type { OperationKind, OperationOf } from '../../../operations/operation.js';
import type { Column, Table } from '../../../schema/schema-model.js';

/** An operation, the SQL that it compiles to, and what has to exist for the SQL to run. */
export interface CompilerCase<K extends OperationKind = OperationKind> {
  readonly name: string;
  readonly before?: string;
  readonly operation: OperationOf<K>;
  readonly sql: readonly string[];
  /** The server refuses it inside a transaction. */
  readonly autocommit?: true;
}

/** A table with nothing but what is given. */
export function table(name: string, parts: Partial<Table> = {}): Table {
  return {
    schema: null,
    name,
    columns: [],
    foreignKeys: [],
    uniques: [],
    checks: [],
    exclusions: [],
    indexes: [],
    ...parts,
  };
}

/** A column that may be null. */
export function column(name: string, type: string, more: Partial<Column> = {}): Column {
  return { name, type, nullable: true, ...more };
}

/** At least one case for every kind of a group. */
export type CasesOf<K extends OperationKind> = {
  readonly [Kind in K]: readonly [CompilerCase<Kind>, ...CompilerCase<Kind>[]];
};

/** A text of several lines. */
export const lines = (...texts: readonly string[]): string => texts.join('\n');

/** The name of an object. */
export const named = (name: string, schema: string | null = null) => ({ schema, name });

/** The table of most cases. */
export const account = named('account');

/** Makes it. */
export const accountWith = (columns: string): string => `create table account (${columns})`;

/** Makes it with two columns. */
export const ID_TEXT = accountWith('id integer primary key, email text');
