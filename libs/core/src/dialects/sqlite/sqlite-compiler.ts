import { MigrationError } from '../../errors/migration-error.js';
import type { Operation, OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type {
  Column,
  ForeignKey,
  Index,
  IndexElement,
  PrimaryKey,
  UniqueConstraint,
} from '../../schema/schema-model.js';
import type { Trigger } from '../../schema/server-objects.js';
import { closed, impossible, words } from '../common/ddl-clauses.js';
import type { BoundStatement } from '../common/parameters.js';
import { SqliteTableCompiler } from './sqlite-table-compiler.js';

/** What SQLite says otherwise than standard SQL: keys, indexes, triggers. */
export class SqliteCompiler extends SqliteTableCompiler {
  override compile(operation: Operation): readonly string[] {
    const reserved = newNames(operation).find((name) => /^sqlite_/i.test(name));
    if (reserved !== undefined) throw reservedName(reserved);
    return super.compile(operation);
  }

  /** Drivers of SQLite bind no truth values. */
  override bind(operation: OperationOf<'execute'>): readonly BoundStatement[] {
    return super.bind(operation).map(({ sql, parameters }) => ({
      sql,
      parameters: parameters.map((value) => (typeof value === 'boolean' ? Number(value) : value)),
    }));
  }

  protected override primaryKey(key: PrimaryKey): string {
    this.refuseDeferred(key.deferrable, 'primary key');
    return super.primaryKey(key);
  }

  protected override unique(unique: UniqueConstraint): string {
    this.refuseDeferred(unique.deferrable, 'unique constraint');
    this.refuseEqualNulls(unique.nullsNotDistinct);
    return super.unique(unique);
  }

  /** MATCH FULL is read and forgotten ("SQLite Foreign Key Support", 6). */
  protected override references(key: ForeignKey): string {
    if (key.match !== undefined)
      throw impossible(
        'SQLite reads MATCH FULL and does not keep to it',
        'Leave out match; a check constraint can say that all columns are null or none.',
      );
    return super.references(key);
  }

  protected override identity(): string {
    throw impossible(
      'this database has no identity columns',
      'Use autoIncrement on the column of the primary key.',
    );
  }

  protected override columnType(column: Column): string {
    if (column.storage !== undefined)
      throw impossible(`how column "${column.name}" is stored cannot be said here`);
    return super.columnType(column);
  }

  /** The schema stands before the index: its table is always in the same one. */
  override createIndex(operation: OperationOf<'createIndex'>): readonly string[] {
    const { table, index } = operation;
    if (operation.concurrently) this.demand('concurrentIndexes', 'CONCURRENTLY');
    this.refuseIndexOptions(index);
    return [
      words(
        index.unique ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX',
        operation.ifNotExists && 'IF NOT EXISTS',
        `${this.table({ schema: table.schema, name: index.name })} ON ${this.name(table.name)}`,
        `(${index.elements.map((element) => this.indexElement(element)).join(', ')})`,
        this.indexOptions(index),
      ),
    ];
  }

  private refuseIndexOptions(index: Index): void {
    const { name, method, storage, tablespace, nullsNotDistinct } = index;
    this.refuseEqualNulls(nullsNotDistinct);
    this.included(index.include);
    const asked = Object.entries({ method, storage, tablespace }).find(([, value]) => value);
    if (asked) throw impossible(`index "${name}" cannot be made with ${asked[0]} on SQLite`);
  }

  protected override indexElement(element: IndexElement): string {
    if (element.nulls === undefined) return super.indexElement(element);
    throw impossible(
      'an index of SQLite cannot say where nulls stand: they come first, with DESC last',
      'Leave out nulls.',
    );
  }

  override renameIndex({ table, from }: OperationOf<'renameIndex'>): readonly string[] {
    throw impossible(
      `index "${from}" of table "${displayName(table)}" cannot be renamed on SQLite`,
      'Drop it, and create it under the new name.',
    );
  }

  override createTrigger(operation: OperationOf<'createTrigger'>): readonly string[] {
    const { table, trigger, orReplace, replaces } = operation;
    const own = this.table({ schema: table.schema, name: trigger.name });
    this.refuseTrigger(trigger);
    return [
      ...(orReplace || replaces ? [`DROP TRIGGER IF EXISTS ${own}`] : []),
      words(
        `CREATE TRIGGER ${own}`,
        `${trigger.timing.toUpperCase()} ${this.event(trigger)} ON ${this.name(table.name)}`,
        'FOR EACH ROW',
        trigger.when !== undefined && `WHEN ${closed(trigger.when)}`,
        closed(trigger.execute),
      ),
    ];
  }

  private event({ events, columns }: Trigger): string {
    const [event = 'insert'] = events;
    const named = columns ? ` OF ${columns.map((name) => this.name(name)).join(', ')}` : '';
    return event.toUpperCase() + (event === 'update' ? named : '');
  }

  private refuseTrigger({ name, events, forEach, execute, ...trigger }: Trigger): void {
    const refuse = (problem: string, advice: string): never => {
      throw impossible(`trigger "${name}": ${problem}`, advice);
    };
    if (events.length !== 1 || events[0] === 'truncate')
      refuse('SQLite has triggers of one event each', 'Make one for each of its events.');
    if (forEach !== 'row') refuse('SQLite has only triggers for each row', "Say forEach: 'row'.");
    if (!/^\s*begin\b/i.test(execute))
      refuse('SQLite has no functions to call', 'Write its statements: BEGIN …; END.');
    const { oldTable, newTable, constraint, deferrable, state } = trigger;
    const options = { oldTable, newTable, constraint, deferrable, state };
    const asked = Object.entries(options).find(([, value]) => value !== undefined);
    if (asked) refuse(`SQLite has no ${asked[0]} of triggers`, `Leave out ${asked[0]}.`);
  }

  override dropTrigger({ table, name, ifExists }: OperationOf<'dropTrigger'>): readonly string[] {
    const own = this.table({ schema: table.schema, name });
    return [words('DROP TRIGGER', ifExists && 'IF EXISTS', own)];
  }

  private refuseDeferred(deferrable: string | undefined, noun: string): void {
    if (deferrable === undefined) return;
    throw impossible(
      `a ${noun} cannot be deferred on SQLite: only foreign keys can`,
      'Leave out deferrable.',
    );
  }

  private refuseEqualNulls(nullsNotDistinct: true | undefined): void {
    if (!nullsNotDistinct) return;
    throw impossible(
      'to SQLite two nulls are never equal in a unique index',
      'Leave out nullsNotDistinct, or index an expression such as ifnull(column, …).',
    );
  }
}

/** The names that an operation gives to something. */
function newNames(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'createTable':
      return [operation.table.name, ...operation.table.indexes.map(({ name }) => name)];
    case 'renameTable':
      return [operation.to.name];
    case 'createIndex':
      return [operation.index.name];
    case 'createView':
      return [operation.view.name];
    case 'createTrigger':
      return [operation.trigger.name];
    default:
      return [];
  }
}

function reservedName(name: string): MigrationError {
  return new MigrationError('E3010', {
    problem: `the name "${name}" begins with "sqlite_", as those of SQLite itself do`,
    advice: 'Choose another name.',
    facts: { name },
  });
}
