import { MigrationError } from '../../errors/migration-error.js';
import type { AlterColumn, ColumnAttributes } from '../../operations/column-operations.js';
import type { Constraint } from '../../operations/constraint-operations.js';
import { uniqueIndex } from '../../operations/constraint-operations.js';
import type { Operation, OperationKind, OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Column, Table } from '../../schema/schema-model.js';
import { changedAttributes } from '../../operations/changed-attributes.js';
import type { ColumnAttribute } from '../../operations/changed-attributes.js';
import { BatchCompiler } from './batch-compiler.js';
import { closed, ifExists, ifNotExists, impossible, indented, words } from './ddl-clauses.js';
import { targetSchemas } from './operation-target.js';
import { refuseAnew, refuseUnsaid } from './refuse-unsaid.js';

/** One method for each kind of operation: a kind that is forgotten does not compile. */
type OperationCompilers = {
  [K in OperationKind]: (operation: OperationOf<K>) => readonly string[];
};

/**
 * Turns operations into DDL statements: in standard SQL where that says it, else in the words that most databases
 * share. A dialect overrides what it says otherwise. Pure.
 */
export abstract class DdlCompiler extends BatchCompiler implements OperationCompilers {
  /**
   * The statements of an operation, without semicolons, in order. One can be written after each.
   *
   * @throws MigrationError E3012 where the database cannot do it, E3009 for a system schema, E3013 and E6001 for
   *   arguments that make no statement, and the codes of {@link Quoting}
   */
  compile(operation: Operation): readonly string[] {
    this.refuseSystemSchemas(operation);
    const compilers = this as unknown as Record<
      OperationKind,
      (operation: Operation) => readonly string[]
    >;
    return compilers[operation.kind](operation).map(closed);
  }

  createTable(operation: OperationOf<'createTable'>): readonly string[] {
    const { table } = operation;
    this.demandParts(table);
    this.refuseTableDefaults(table, table);
    const once = operation.ifNotExists && { ifNotExists: operation.ifNotExists };
    const [inline, later] = partition(this.constraintsOf(table), isChecked);
    const lines = [...this.columnsOf(table), ...inline.map((added) => this.constraint(added))];
    return [
      words(
        `CREATE ${this.tableNoun(table)}`,
        ifNotExists(operation.ifNotExists),
        `${this.table(table)} (${indented(lines)})`,
        this.tableOptions(table),
      ),
      ...table.columns.flatMap((column) => this.storageOfNew(table, column)),
      ...later.flatMap((added) => this.addConstraint({ kind: 'addConstraint', table, added })),
      ...table.indexes.flatMap((index) =>
        this.createIndex({ kind: 'createIndex', table, index, ...once }),
      ),
      ...this.tableComments(table),
      ...inline.flatMap((added) => this.constraintComment(table, added)),
    ];
  }

  /** Engine, and what columns inherit: only where the whole table is written otherwise. */
  protected refuseTableDefaults(
    table: ObjectName,
    { engine, charset, collation }: OperationOf<'setTableStorage'>['to'],
  ): void {
    refuseUnsaid(`table "${displayName(table)}"`, { engine, charset, collation });
  }

  /** The clauses of the columns of a new table. */
  protected columnsOf(table: Table): readonly string[] {
    return table.columns.map((column) => this.column(column));
  }

  dropTable(operation: OperationOf<'dropTable'>): readonly string[] {
    return [words('DROP TABLE', ifExists(operation.ifExists), this.table(operation.name))];
  }

  renameTable({ from, to, ifExists: maybe }: OperationOf<'renameTable'>): readonly string[] {
    if (from.schema !== to.schema) {
      throw impossible(`table "${displayName(from)}" cannot move to another schema`);
    }
    return [
      words('ALTER TABLE', ifExists(maybe), `${this.table(from)} RENAME TO ${this.name(to.name)}`),
    ];
  }

  setTableStorage({ table }: OperationOf<'setTableStorage'>): readonly string[] {
    throw impossible(`how table "${displayName(table)}" is stored cannot be said on this database`);
  }

  setTableComment({ table, to }: OperationOf<'setTableComment'>): readonly string[] {
    return [this.commentOn('TABLE', this.table(table), to)];
  }

  addColumn(operation: OperationOf<'addColumn'>): readonly string[] {
    const { table, column } = operation;
    refuseAnew(operation, column.name);
    return [
      this.alterTable(
        table,
        words(
          'ADD COLUMN',
          ifNotExists(operation.ifNotExists),
          this.column(column),
          ...this.inlineConstraints(operation),
        ),
      ),
      ...this.storageOfNew(table, column),
      ...(column.comment === undefined
        ? []
        : [this.columnComment(table, column.name, column.comment)]),
    ];
  }

  /** Constraints in the clause of a new column. */
  private inlineConstraints(operation: OperationOf<'addColumn'>): readonly string[] {
    const { primaryKey, references } = operation;
    const named = (name: string | undefined, body: string): string =>
      words(name !== undefined && `CONSTRAINT ${this.name(name)}`, body);
    return [
      ...(primaryKey ? [named(primaryKey.name, 'PRIMARY KEY')] : []),
      ...(references ? [named(references.name, this.references(references))] : []),
    ];
  }

  dropColumn(operation: OperationOf<'dropColumn'>): readonly string[] {
    const { table, name } = operation;
    refuseAnew(operation, name);
    return [
      this.alterTable(table, words('DROP COLUMN', ifExists(operation.ifExists), this.name(name))),
    ];
  }

  /** Type first, as a default may fit only the new one; the default before NOT NULL, for rows to come (DL-31). */
  alterColumn(operation: OperationOf<'alterColumn'>): readonly string[] {
    const changed = changedAttributes(operation);
    this.refuseOtherThan(['type', 'default', 'nullable', 'comment'], changed, operation);
    const { table, name, to } = operation;
    const alter = `ALTER COLUMN ${this.name(name)}`;
    return [
      ...(changed.has('type')
        ? [this.alterTable(table, `${alter} SET DATA TYPE ${String(to.type)}`)]
        : []),
      ...(changed.has('default') ? [this.alterTable(table, `${alter} ${setDefault(to)}`)] : []),
      ...(changed.has('nullable')
        ? [this.alterTable(table, `${alter} ${to.nullable ? 'DROP' : 'SET'} NOT NULL`)]
        : []),
      ...(changed.has('comment') ? [this.columnComment(table, name, to.comment)] : []),
    ];
  }

  renameColumn({ table, from, to }: OperationOf<'renameColumn'>): readonly string[] {
    return [this.alterTable(table, `RENAME COLUMN ${this.name(from)} TO ${this.name(to)}`)];
  }

  addConstraint({ table, added, usingIndex }: OperationOf<'addConstraint'>): readonly string[] {
    const constraint =
      usingIndex === undefined ? this.constraint(added) : this.usingIndex(added, usingIndex);
    return [this.alterTable(table, `ADD ${constraint}`), ...this.constraintComment(table, added)];
  }

  dropConstraint(operation: OperationOf<'dropConstraint'>): readonly string[] {
    const { table, name } = operation;
    return [
      this.alterTable(
        table,
        words('DROP CONSTRAINT', ifExists(operation.ifExists), this.name(name)),
      ),
      ...(operation.index === undefined
        ? []
        : this.createIndex({ kind: 'createIndex', table, index: uniqueIndex(operation.index) })),
    ];
  }

  dropUnnamedConstraint({ table }: OperationOf<'dropUnnamedConstraint'>): readonly string[] {
    throw impossible(
      `a constraint of table "${displayName(table)}" is to be dropped by its definition: this database has given it a name`,
      'Drop it by that name, with op.dropConstraint.',
    );
  }

  validateConstraint({ table, name }: OperationOf<'validateConstraint'>): readonly string[] {
    throw impossible(
      `constraint "${name}" of table "${displayName(table)}" is checked from the start on this database`,
    );
  }

  alterConstraint({ table, name }: OperationOf<'alterConstraint'>): readonly string[] {
    throw impossible(
      `constraint "${name}" of table "${displayName(table)}" cannot be altered on this database`,
      'Drop it, and create it again.',
    );
  }

  /** A key that takes over an index. */
  protected usingIndex(_added: Constraint, usingIndex: string): string {
    throw impossible(`index "${usingIndex}" cannot become a constraint on this database`);
  }

  renameConstraint({ table, from, to }: OperationOf<'renameConstraint'>): readonly string[] {
    return [this.alterTable(table, `RENAME CONSTRAINT ${this.name(from)} TO ${this.name(to)}`)];
  }

  /** @throws MigrationError E3013 for a constraint that the server names */
  private constraintComment(
    table: ObjectName,
    { type, constraint }: Constraint,
  ): readonly string[] {
    const { name, comment } = constraint;
    if (comment === undefined) return [];
    if (name !== undefined) return this.commentOfNew({ type, table, name }, comment);
    throw new MigrationError('E3013', {
      problem: `a constraint of table "${displayName(table)}" has a comment but no name`,
      advice: 'Give it a name: the comment is set by name.',
      facts: { table, comment },
    });
  }

  /** True for the name of a schema that belongs to the server. */
  protected isSystemSchema(_schema: string): boolean {
    return false;
  }

  protected alterTable(table: ObjectName, action: string): string {
    return `ALTER TABLE ${this.table(table)} ${action}`;
  }

  /** What follows CREATE. */
  protected tableNoun({ name, unlogged }: Table): string {
    if (unlogged) throw impossible(`table "${name}" cannot be unlogged on this database`);
    return 'TABLE';
  }

  /** What follows the body of CREATE TABLE. */
  protected tableOptions({ name, storage, tablespace }: Table): string {
    if (storage === undefined && tablespace === undefined) return '';
    throw impossible(`how table "${name}" is stored cannot be said on this database`);
  }

  /** Statements for how long values of a new column are stored, where its clause does not say it. */
  protected storageOfNew(table: ObjectName, { name, storage }: Column): readonly string[] {
    if (storage === undefined) return [];
    throw impossible(`how column "${displayName(table)}.${name}" is stored cannot be said here`);
  }

  /** Statements for the comments of a new table and its columns. */
  protected tableComments(table: Table): readonly string[] {
    const commented = table.columns.filter((column) => column.comment !== undefined);
    return [
      ...(table.comment === undefined
        ? []
        : [this.commentOn('TABLE', this.table(table), table.comment)]),
      ...commented.map((column) => this.columnComment(table, column.name, column.comment)),
    ];
  }

  protected refuseOtherThan(
    possible: readonly ColumnAttribute[],
    changed: ReadonlySet<ColumnAttribute>,
    { table, name }: AlterColumn,
  ): void {
    const refused = [...changed].filter((attribute) => !possible.includes(attribute));
    if (refused.length === 0) return;
    throw impossible(
      `this database cannot change ${refused.join(', ')} of column "${displayName(table)}.${name}" in place`,
    );
  }

  private refuseSystemSchemas(operation: Operation): void {
    const schema = targetSchemas(operation).find(
      (name) => name !== null && this.isSystemSchema(name),
    );
    if (schema === undefined || schema === null) return;
    throw new MigrationError('E3009', {
      problem: `${operation.kind} targets "${schema}", a schema of the database server`,
      advice: 'Put the object into a schema of your own.',
      facts: { schema, kind: operation.kind },
    });
  }
}

/** Constraints that skip the check of rows cannot stand inside of CREATE TABLE: there the server marks them as checked. */
function isChecked(added: Constraint): boolean {
  return !('notValid' in added.constraint && added.constraint.notValid);
}

function partition<T>(
  items: readonly T[],
  isFirst: (item: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function setDefault({ default: value }: ColumnAttributes): string {
  return value === null || value === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${value}`;
}
