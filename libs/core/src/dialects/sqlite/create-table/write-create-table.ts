import { closed, words } from '../../common/ddl-clauses.js';
import { enclose } from '../../common/quoting.js';
import type { ColumnDefinition, TableConstraint, TableDefinition } from './table-definition.js';

/**
 * The CREATE TABLE statement of a definition: what was not changed stands in it as it was written.
 * @param target the quoted name of the table that is made. @default its own
 */
export function writeCreateTable(
  { name, columns, constraints, options }: TableDefinition,
  target = quoted(name),
): string {
  const lines = [...columns.map(columnText), ...constraints.map(constraintText)].map(closed);
  const body = lines.map((line) => `  ${line}`).join(',\n');
  return words(`CREATE TABLE ${target} (\n${body}\n)`, options.join(', '));
}

/** A column as it stands in CREATE TABLE. */
export function columnText({ name, type, clauses, source }: ColumnDefinition): string {
  if (source !== undefined) return source;
  return words(quoted(name), type, ...clauses.map(named));
}

function constraintText(constraint: TableConstraint): string {
  return named(constraint);
}

function named({ name, text }: { readonly name?: string; readonly text: string }): string {
  return words(name !== undefined && `CONSTRAINT ${quoted(name)}`, closed(text));
}

const quoted = (name: string): string => enclose(name, '"');
