import { MigrationError } from '../../errors/migration-error.js';
import type { Constraint } from '../../operations/constraint-operations.js';
import { uniqueIndex } from '../../operations/constraint-operations.js';
import type { OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Index, View } from '../../schema/schema-model.js';
import { impossible, indented, words } from '../common/ddl-clauses.js';
import { MysqlClauses } from './mysql-clauses.js';
import type { Cost } from './mysql-costs.js';

/** What MySQL says in its own way about tables, their constraints and indexes, and views. */
export abstract class MysqlTableCompiler extends MysqlClauses {
  /** One statement for all of it: there is no transaction that could take half a table back. */
  override createTable({ table, ifNotExists }: OperationOf<'createTable'>): readonly string[] {
    this.demandParts(table);
    const lines = [
      ...table.columns.map((column) => this.column(column)),
      ...this.constraintsOf(table).map((added) => this.constraint(added)),
      ...table.indexes.map((index) => this.index(index)),
    ];
    return [
      words(
        `CREATE ${this.tableNoun(table)}`,
        this.once(ifNotExists),
        `${this.table(table)} (${indented(lines)})`,
        this.tableOptions(table),
      ),
    ];
  }

  private index(index: Index): string {
    return words(this.indexNoun(index), this.name(index.name), this.indexBody(index));
  }

  override renameTable({ from, to, ifExists }: OperationOf<'renameTable'>): readonly string[] {
    if (ifExists) this.demandIfExists('RENAME TABLE');
    const clause = `${this.table(from)} TO ${this.table(to)}`;
    return [words('RENAME TABLE', ifExists && 'IF EXISTS', clause)];
  }

  override renameView({ from, to, ifExists }: OperationOf<'renameView'>): readonly string[] {
    return this.renameTable({ kind: 'renameTable', from, to, ...(ifExists && { ifExists }) });
  }

  override setTableComment({ table, to }: OperationOf<'setTableComment'>): readonly string[] {
    return [this.alter(table, [`COMMENT=${this.syntax.quoting.literal(to ?? '')}`], 'metadata')];
  }

  override setTableStorage({ table, to }: OperationOf<'setTableStorage'>): readonly string[] {
    const { engine, charset, collation, storage } = to;
    if (to.unlogged !== undefined || to.tablespace !== undefined)
      throw impossible(
        `table "${displayName(table)}" is always logged, and has no tablespace here`,
      );
    if ([engine, charset, collation, storage].includes(null)) throw nothingLeft(table);
    const characters = this.characters({ charset, collation });
    const actions = [
      ...(engine ? [`ENGINE=${this.word(engine)}`] : []),
      ...(characters === '' ? [] : [`DEFAULT ${characters}`]),
      ...(storage ?? []),
    ];
    const cost: Cost = engine ? 'copy' : storage ? 'rebuild' : 'metadata';
    return [this.alter(table, actions, cost)];
  }

  override setComment({ object }: OperationOf<'setComment'>): readonly string[] {
    const name = typeof object.name === 'string' ? object.name : displayName(object.name);
    throw impossible(
      `the comment of ${object.type} "${name}" cannot be changed on this database`,
      'Only tables and columns have a comment that changes; that of an index is given when it is made.',
    );
  }

  override addConstraint(operation: OperationOf<'addConstraint'>): readonly string[] {
    const { table, added, usingIndex } = operation;
    if (usingIndex !== undefined) return this.takeIndex(table, added, usingIndex);
    return [this.alter(table, [`ADD ${this.constraint(added)}`], COST_OF_NEW[added.type])];
  }

  /** A unique constraint is its index: it gets another name. */
  private takeIndex(table: ObjectName, added: Constraint, index: string): readonly string[] {
    const { type, constraint } = added;
    if (type !== 'unique') return [this.usingIndex(added, index)];
    const to = constraint.name ?? index;
    return to === index ? [] : [this.renaming(table, { from: index, to })];
  }

  /** A unique constraint that leaves an index behind is that index, under another name. */
  override dropConstraint(operation: OperationOf<'dropConstraint'>): readonly string[] {
    const { table, name, type, index } = operation;
    if (index !== undefined && type === 'unique')
      return index.name === name ? [] : [this.renaming(table, { from: name, to: index.name })];
    const cost: Cost = type === 'primaryKey' ? 'copy' : 'index';
    const statement = this.alter(table, this.droppingConstraint(operation), cost);
    if (index === undefined) return [statement];
    return [
      statement,
      ...this.createIndex({ kind: 'createIndex', table, index: uniqueIndex(index) }),
    ];
  }

  private droppingConstraint(operation: OperationOf<'dropConstraint'>): readonly string[] {
    const { name, type, ifExists } = operation;
    if (ifExists) this.demandIfExists('DROP CONSTRAINT');
    const maybe = ifExists && 'IF EXISTS';
    const quoted = this.name(name);
    switch (type) {
      case 'primaryKey':
        return ['DROP PRIMARY KEY'];
      case 'unique':
        return [words('DROP INDEX', maybe, quoted)];
      case 'foreignKey':
        return [words('DROP FOREIGN KEY', maybe, quoted), ...this.droppingKeyIndex(name)];
      default:
        return [words(this.differences.dropCheck, maybe, quoted)];
    }
  }

  /** The index that the server made for a foreign key bears its name, and would stay (MySQL 8.0 manual, 15.1.20.5). */
  private droppingKeyIndex(name: string): readonly string[] {
    return this.differences.ifExists ? [`DROP INDEX IF EXISTS ${this.name(name)}`] : [];
  }

  override renameConstraint(operation: OperationOf<'renameConstraint'>): readonly string[] {
    const { table, type, from, to } = operation;
    if (type === 'unique') return [this.renaming(table, { from, to })];
    throw impossible(
      `constraint "${from}" of table "${displayName(table)}" cannot be renamed on this database`,
      'Drop it, and create it again under the other name.',
    );
  }

  override createIndex(operation: OperationOf<'createIndex'>): readonly string[] {
    const { table, index, concurrently, ifNotExists } = operation;
    if (concurrently) this.demand('concurrentIndexes', 'CONCURRENTLY: indexes are built online');
    if (ifNotExists) this.demandIfExists('CREATE INDEX');
    const noun = this.indexNoun(index);
    const action = words('ADD', noun, this.once(ifNotExists), this.name(index.name));
    return [this.alter(table, [words(action, this.indexBody(index))], this.costOfIndex(index))];
  }

  override dropIndex(operation: OperationOf<'dropIndex'>): readonly string[] {
    const { table, name, concurrently, ifExists } = operation;
    if (concurrently) this.demand('concurrentIndexes', 'CONCURRENTLY: indexes are dropped online');
    if (ifExists) this.demandIfExists('DROP INDEX');
    return [
      this.alter(table, [words('DROP INDEX', ifExists && 'IF EXISTS', this.name(name))], 'index'),
    ];
  }

  override renameIndex({ table, from, to, ifExists }: OperationOf<'renameIndex'>) {
    if (ifExists) this.demandIfExists('RENAME INDEX');
    return [this.renaming(table, { from, to }, ifExists)];
  }

  private renaming(
    table: ObjectName,
    { from, to }: { readonly from: string; readonly to: string },
    ifExists?: true,
  ): string {
    const names = `${this.name(from)} TO ${this.name(to)}`;
    return this.alter(table, [words('RENAME INDEX', ifExists && 'IF EXISTS', names)], 'metadata');
  }

  override createView(operation: OperationOf<'createView'>): readonly string[] {
    const { view, orReplace, replaces } = operation;
    if (view.materialized) this.demand('materializedViews', 'materialized views');
    this.refuseOptions(view);
    return [
      words(
        'CREATE',
        (orReplace ?? replaces) && 'OR REPLACE',
        view.securityInvoker && 'SQL SECURITY INVOKER',
        `VIEW ${this.table(view)}`,
        view.columns && this.names(view.columns),
        `AS\n${view.definition}`,
        view.checkOption && `\nWITH ${view.checkOption.toUpperCase()} CHECK OPTION`,
      ),
    ];
  }

  private refuseOptions(view: View): void {
    const { securityBarrier, storage, withNoData, comment, columnComments } = view;
    const options = { securityBarrier, storage, withNoData, comment, columnComments };
    const asked = Object.entries(options).find(([, value]) => value !== undefined);
    if (asked) throw impossible(`view "${view.name}" cannot be made with ${asked[0]} here`);
  }

  protected once(ifNotExists: true | undefined): string | undefined {
    return ifNotExists && 'IF NOT EXISTS';
  }

  /** @throws MigrationError E3012 on MySQL, which has IF [NOT] EXISTS for tables and views only */
  protected demandIfExists(statement: string): void {
    if (this.differences.ifExists) return;
    throw impossible(`MySQL has no IF EXISTS in ${statement}`, 'Leave it out.');
  }

  protected override isSystemSchema(schema: string): boolean {
    return /^(mysql|information_schema|performance_schema|sys)$/i.test(schema);
  }
}

/** The rows that are there are looked at, but for keys, where their index does. */
const COST_OF_NEW: Readonly<Record<Constraint['type'], Cost>> = {
  primaryKey: 'rebuild',
  unique: 'index',
  check: 'copy',
  foreignKey: 'copy',
  exclusion: 'copy',
};

function nothingLeft(table: ObjectName): MigrationError {
  return new MigrationError('E3013', {
    problem: `op.setTableStorage takes something of table "${displayName(table)}" away, and this database has no word for that`,
    advice: 'Name the engine, character set, collation or option that it shall have.',
    facts: { table },
  });
}
