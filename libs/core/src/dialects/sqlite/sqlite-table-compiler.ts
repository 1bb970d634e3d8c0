import type { MigrationError } from '../../errors/migration-error.js';
import { definitionInWords } from '../../operations/unnamed-constraint.js';
import type { OperationOf } from '../../operations/operation.js';
import { changedAttributes } from '../../operations/changed-attributes.js';
import { displayName } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Column, ConflictAction, PrimaryKey, Table } from '../../schema/schema-model.js';
import { closed, impossible, words } from '../common/ddl-clauses.js';
import { DdlCompiler } from '../common/ddl-compiler.js';
import type { Constraint } from '../../operations/constraint-operations.js';

/**
 * Tables and columns as SQLite says them ("CREATE TABLE", "ALTER TABLE" of its manual). What its ALTER TABLE lacks needs the
 * table to be made anew, which one statement cannot do: batch mode does.
 */
export abstract class SqliteTableCompiler extends DdlCompiler {
  /** There are no comments (DDL-43): those of a new table are left out. */
  override createTable(operation: OperationOf<'createTable'>): readonly string[] {
    return super.createTable({ ...operation, table: withoutComments(operation.table) });
  }

  protected override columnsOf(table: Table): readonly string[] {
    const counting = countingColumn(table);
    return table.columns.map((column) =>
      column === counting ? this.countingColumn(column, table.primaryKey) : this.column(column),
    );
  }

  protected override constraintsOf(table: Table): readonly Constraint[] {
    const all = super.constraintsOf(table);
    return countingColumn(table) ? all.filter(({ type }) => type !== 'primaryKey') : all;
  }

  /** AUTOINCREMENT stands behind PRIMARY KEY in the clause of its column, nowhere else. */
  private countingColumn(
    { autoIncrement: _, ...column }: Column,
    { name, onConflict }: Partial<PrimaryKey> = {},
  ): string {
    const { nullable, ...rest } = column;
    return words(
      this.column({ ...rest, nullable: true }),
      name !== undefined && `CONSTRAINT ${this.name(name)}`,
      'PRIMARY KEY',
      this.onConflict(onConflict),
      'AUTOINCREMENT',
      !nullable && 'NOT NULL',
    );
  }

  protected override columnType(column: Column): string {
    if (!column.autoIncrement) return column.type;
    throw impossible(
      `column "${column.name}" cannot count by itself: on SQLite only the one column of a primary key can`,
      'Make it the primary key, of type integer, when its table is made.',
    );
  }

  /** An expression stands in parentheses; without them only literals and the three times may ("CREATE TABLE", 3.2). */
  protected override defaultValue(value: string): string {
    const text = value.trim();
    return PLAIN_DEFAULT.test(text) ? text : `(${closed(text)})`;
  }

  protected override onConflict(action: ConflictAction | undefined): string | undefined {
    return action && `ON CONFLICT ${action.toUpperCase()}`;
  }

  protected override tableOptions({ name, storage = [], tablespace }: Table): string {
    if (tablespace !== undefined) throw impossible(`table "${name}": SQLite has no tablespaces`);
    return storage.join(', ');
  }

  /** Constraints of the new column that ALTER TABLE does not take, and defaults that it takes for empty tables only. */
  override addColumn(operation: OperationOf<'addColumn'>): readonly string[] {
    const { table, primaryKey } = operation;
    const { comment: _, ...column } = operation.column;
    const what = `adding column "${displayName(table)}.${column.name}"`;
    if (operation.ifNotExists) throw impossible(`${what}: SQLite has no ADD COLUMN IF NOT EXISTS`);
    if (primaryKey) throw needsNewTable(what, 'as the primary key', table);
    if (column.generated?.stored) throw needsNewTable(what, 'as a stored generated one', table);
    if (column.default !== undefined && !CONSTANT.test(column.default.trim()))
      throw needsNewTable(what, 'with a default that is no constant', table);
    return super.addColumn({ ...operation, column });
  }

  override dropColumn(operation: OperationOf<'dropColumn'>): readonly string[] {
    const { table, name, ifExists } = operation;
    if (ifExists)
      throw impossible(
        `dropping column "${displayName(table)}.${name}": SQLite has no DROP COLUMN IF EXISTS`,
      );
    return super.dropColumn(operation);
  }

  override alterColumn(operation: OperationOf<'alterColumn'>): readonly string[] {
    const { table, name } = operation;
    const changed = [...changedAttributes(operation)];
    if (changed.length === 0) return [];
    if (changed.includes('comment')) this.demand('comments', 'comments');
    const what = `changing ${changed.join(', ')} of column "${displayName(table)}.${name}"`;
    throw needsNewTable(what, 'in place', table);
  }

  override setTableStorage({ table }: OperationOf<'setTableStorage'>): readonly string[] {
    throw needsNewTable(`changing the options of table "${displayName(table)}"`, 'in place', table);
  }

  override setTableComment(operation: OperationOf<'setTableComment'>): readonly string[] {
    this.demand('comments', 'comments');
    return super.setTableComment(operation);
  }

  override renameTable(operation: OperationOf<'renameTable'>): readonly string[] {
    const { from, ifExists } = operation;
    if (ifExists)
      throw impossible(
        `renaming table "${displayName(from)}": SQLite has no ALTER TABLE IF EXISTS`,
      );
    return super.renameTable(operation);
  }

  override addConstraint({ table, added }: OperationOf<'addConstraint'>): readonly string[] {
    const { name } = added.constraint;
    // What cannot be at all is told first.
    this.constraint(added);
    throw needsNewTable(
      `adding ${name === undefined ? `a constraint (${added.type})` : `constraint "${name}"`} to table "${displayName(table)}"`,
      'to a table that is there',
      table,
    );
  }

  override dropConstraint({ table, name }: OperationOf<'dropConstraint'>): readonly string[] {
    throw needsNewTable(
      `dropping constraint "${name}" of table "${displayName(table)}"`,
      'in place',
      table,
    );
  }

  override dropUnnamedConstraint({
    table,
    dropped,
  }: OperationOf<'dropUnnamedConstraint'>): readonly string[] {
    throw needsNewTable(
      `dropping ${definitionInWords(dropped)} of table "${displayName(table)}"`,
      'in place',
      table,
    );
  }

  override renameConstraint({ table, from }: OperationOf<'renameConstraint'>): readonly string[] {
    throw needsNewTable(
      `renaming constraint "${from}" of table "${displayName(table)}"`,
      'in place',
      table,
    );
  }

  override alterConstraint({ table, name, to }: OperationOf<'alterConstraint'>): readonly string[] {
    if (to.enforced === false)
      throw impossible('this database enforces its constraints', 'Drop it, and create it again.');
    throw needsNewTable(
      `changing constraint "${name}" of table "${displayName(table)}"`,
      'in place',
      table,
    );
  }
}

/** The column that AUTOINCREMENT can stand in. */
export function countingColumn({ columns, primaryKey }: Table): Column | undefined {
  const [name, second] = primaryKey?.columns ?? [];
  if (name === undefined || second !== undefined) return undefined;
  return columns.find((column) => column.name === name && column.autoIncrement);
}

const NUMBER = String.raw`[+-]?\s*(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|0x[\da-f]+)`;
const STRING = String.raw`x?'(?:[^']|'')*'`;
/** What ALTER TABLE … ADD COLUMN takes as a default, whatever rows there are. */
const CONSTANT = new RegExp(String.raw`^(?:${NUMBER}|${STRING}|null|true|false)$`, 'i');
const PLAIN_DEFAULT = new RegExp(
  String.raw`^(?:${NUMBER}|${STRING}|null|true|false|current_(?:time|date|timestamp))$`,
  'i',
);

/** E3012: only batch mode can do it. */
export function needsNewTable(what: string, how: string, table: ObjectName): MigrationError {
  return impossible(
    `${what}: SQLite cannot do that ${how}, the table has to be made anew`,
    `Put it into op.batchAlterTable('${table.name}', …), which copies the rows.`,
    { table, needsBatch: true },
  );
}

function withoutComments(table: Table): Table {
  const { comment: _, ...rest } = table;
  const silent = <T extends { readonly comment?: string }>({ comment: _comment, ...part }: T) =>
    part as unknown as T;
  return {
    ...rest,
    columns: table.columns.map(silent),
    ...(table.primaryKey && { primaryKey: silent(table.primaryKey) }),
    foreignKeys: table.foreignKeys.map(silent),
    uniques: table.uniques.map(silent),
    checks: table.checks.map(silent),
    exclusions: table.exclusions.map(silent),
    indexes: table.indexes.map(silent),
  };
}
