/** A piece of SQL in a call, printed as `op.sql('now()')`. */
export interface SqlCode {
  readonly code: 'sql';
  readonly sql: string;
}

/** SQL text that may be a literal, printed as a JavaScript value where the dialect reads it as one, else as `op.sql(…)`. */
export interface ValueCode {
  readonly code: 'value';
  readonly sql: string;
  /** The call reads `null` as the value NULL, not as "none". */
  readonly allowsNull?: true;
}

/** SQL where a plain string is SQL, printed as a string, over several lines where the text has several. */
export interface TextCode {
  readonly code: 'text';
  readonly text: string;
}

/** The name of a constraint or index, printed as `op.f('name')` where a naming convention would touch it. */
export interface NameCode {
  readonly code: 'name';
  readonly name: string;
}

/** Code of the user's own, printed as it stands. */
export interface RawCode {
  readonly code: 'raw';
  readonly text: string;
}

/** A table body, printed as `(t) => [t.column(…), …]`. */
export interface TableBodyCode {
  readonly code: 'tableBody';
  readonly items: readonly (OperationCall | RawCode)[];
}

/** The body of a batch, printed as `(batch) => { batch.addColumn(…); }`. */
export interface BatchBodyCode {
  readonly code: 'batchBody';
  readonly calls: readonly OperationCall[];
}

/** A row of values by column. Apart from plain data, as a column may have any name, `code` too. */
export interface RowCode {
  readonly code: 'row';
  readonly entries: readonly (readonly [column: string, value: CallArgument])[];
}

/** An argument of a call: plain data, or one of the marked pieces of code. Keys with `undefined` are not printed. */
export type CallArgument =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | SqlCode
  | ValueCode
  | TextCode
  | NameCode
  | RawCode
  | TableBodyCode
  | BatchBodyCode
  | RowCode
  | readonly CallArgument[]
  | { readonly [key: string]: CallArgument };

/** A method call as data: `{ method: 'dropTable', args: ['account'] }` (Django's `deconstruct`). */
export interface OperationCall {
  readonly method: string;
  readonly args: readonly CallArgument[];
}

/** Marks SQL text that is code. */
export const sqlCode = (sql: string): SqlCode => ({ code: 'sql', sql });

/** Marks SQL text that may be a literal. */
export const valueCode = (sql: string): ValueCode => ({ code: 'value', sql });

/** Marks the name of a constraint or index; undefined is not said. */
export const nameCode = <N extends string | undefined>(name: N): NameCode | (N & undefined) =>
  (name === undefined ? undefined : { code: 'name', name }) as NameCode | (N & undefined);

/** Marks SQL text where a plain string is SQL. */
export const textCode = (text: string): TextCode => ({ code: 'text', text });
