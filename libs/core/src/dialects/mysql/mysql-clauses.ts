import type { Constraint } from '../../operations/constraint-operations.js';
import type { OperationOf } from '../../operations/operation.js';
import type { ColumnAttributes } from '../../operations/column-operations.js';
import type {
  CheckConstraint,
  Column,
  ForeignKey,
  Index,
  IndexElement,
  PrimaryKey,
  Table,
  UniqueConstraint,
} from '../../schema/schema-model.js';
import type { ObjectName } from '../../schema/object-name.js';
import { closed, impossible, words } from '../common/ddl-clauses.js';
import type { DialectSyntax } from '../common/ddl-clauses.js';
import { DdlCompiler } from '../common/ddl-compiler.js';
import { differencesOf } from './mariadb-differences.js';
import type { Differences } from './mariadb-differences.js';
import type { Cost } from './mysql-costs.js';
import { costClauses } from './mysql-costs.js';
import { PRIMARY } from './mysql-inspect-keys.js';
import type { MysqlServer } from './mysql-server.js';
import { baseOf, canonicalType } from './mysql-types.js';

/** What a MySQL compiler is told besides. */
export type MysqlSyntax = DialectSyntax & {
  readonly server: MysqlServer;
  /** What every ALTER says instead of the cost that is expected. */
  readonly saidCost?: readonly string[];
};

/** The parts of statements that MySQL and MariaDB spell in their own way. */
export abstract class MysqlClauses extends DdlCompiler {
  protected readonly differences: Differences;

  constructor(protected override readonly syntax: MysqlSyntax) {
    super(syntax);
    this.differences = differencesOf(syntax.server);
  }

  protected alter(table: ObjectName, actions: readonly string[], cost: Cost): string {
    return this.alterTable(table, actions.join(', ') + this.costText(cost));
  }

  /** `, ALGORITHM=…, LOCK=…` */
  protected costText(cost: Cost): string {
    const clauses = this.syntax.saidCost ?? costClauses(cost, this.syntax.server);
    return clauses.map((clause) => `, ${clause}`).join('');
  }

  protected override column(column: Column): string {
    return words(this.name(column.name), this.definition(column));
  }

  /** All that a column is, but for its name: as CREATE TABLE takes it, and MODIFY, where NULL is said too. */
  protected definition(column: Column, saysNull = false): string {
    const { generated } = column;
    return words(
      column.type,
      this.characters(column),
      this.refused(column),
      generated && this.generated(generated),
      this.nullability(column, saysNull),
      column.default !== undefined && this.defaultClause(column.type, column.default),
      column.onUpdate !== undefined && `ON UPDATE ${closed(column.onUpdate)}`,
      column.autoIncrement && 'AUTO_INCREMENT',
      column.invisible && 'INVISIBLE',
      column.comment !== undefined && this.commentClause(column.comment),
    );
  }

  /** What other databases have. */
  private refused({ name, identity, storage, compression }: Column): undefined {
    if (identity) this.demand('identityColumns', 'identity columns');
    if (storage !== undefined)
      throw impossible(`how column "${name}" is stored cannot be said on this database`);
    if (compression !== undefined) this.compression(compression);
    return undefined;
  }

  /** A timestamp is NOT NULL by itself on older settings (`explicit_defaults_for_timestamp`), so its NULL is said. */
  private nullability({ type, nullable, generated }: Column, saysNull: boolean) {
    if (generated && !this.differences.generatedNotNull) return undefined;
    if (!nullable) return 'NOT NULL';
    return saysNull || baseOf(canonicalType(type)) === 'timestamp' ? 'NULL' : undefined;
  }

  /** Character set and collation of a column. */
  protected characters({ charset, collation }: Characters): string {
    return words(
      charset && `CHARACTER SET ${this.word(charset)}`,
      collation && `COLLATE ${this.word(collation)}`,
    );
  }

  protected defaultClause(type: string | undefined, value: string): string {
    const isPlain = !this.differences.defaultsInParentheses || this.isPlainDefault(type, value);
    return `DEFAULT ${isPlain ? closed(value) : `(${closed(value)})`}`;
  }

  private isPlainDefault(type: string | undefined, value: string): boolean {
    if (/^\(.*\)$/s.test(value.trim()) || NOW.test(value)) return true;
    const isLong =
      type !== undefined && /(text|blob|json|geometry)$/.test(baseOf(canonicalType(type)));
    return value.toUpperCase() === 'NULL' || (!isLong && isLiteral(this.syntax, value));
  }

  /** True for a default that a new column gives to rows that are there without touching them. */
  protected isConstant(value: string): boolean {
    return NOW.test(value) || isLiteral(this.syntax, value);
  }

  protected commentClause(comment: string): string {
    return `COMMENT ${this.syntax.quoting.literal(comment)}`;
  }

  /** A name of the server's own, such as that of a collation or an engine. */
  protected word(word: string): string {
    if (/^\w+$/.test(word)) return word;
    throw impossible(`"${word}" is no name of a collation, character set, engine or parser`);
  }

  /** The name of every primary key is the server's, and no statement takes it. */
  protected override constraint(added: Constraint): string {
    return added.constraint.name === PRIMARY ? this.constraintBody(added) : super.constraint(added);
  }

  protected override primaryKey(key: PrimaryKey): string {
    this.refuseComment(key);
    return super.primaryKey(key);
  }

  protected override unique(unique: UniqueConstraint): string {
    this.refuseComment(unique);
    if (unique.nullsNotDistinct) throw impossible('on this database NULLs are always distinct');
    return super.unique(unique);
  }

  protected override check(check: CheckConstraint): string {
    this.refuseComment(check);
    return super.check(check);
  }

  protected override foreignKey(key: ForeignKey): string {
    this.refuseComment(key);
    return super.foreignKey(key);
  }

  protected override references(key: ForeignKey): string {
    const { onDelete, onUpdate, match } = key;
    if (onDelete === 'set default' || onUpdate === 'set default')
      throw impossible(
        'InnoDB does not have SET DEFAULT for foreign keys',
        'Use SET NULL or RESTRICT.',
      );
    if (match !== undefined)
      throw impossible('this database ignores MATCH of a foreign key', 'Leave out match.');
    return super.references(key);
  }

  private refuseComment({ name, comment }: { readonly name?: string; readonly comment?: string }) {
    if (comment === undefined) return;
    throw impossible(`constraint "${name ?? ''}" cannot have a comment on this database`);
  }

  protected override indexElement(element: IndexElement): string {
    const { collation, nulls, opclass, prefix, order } = element;
    if (collation !== undefined || nulls !== undefined || opclass !== undefined)
      throw impossible(
        'a key part of an index has no collation, order of NULLs or operator class here',
        'Leave them out: the collation is that of the column.',
      );
    return words(
      this.indexKey(element) + (prefix === undefined ? '' : `(${prefix})`),
      order?.toUpperCase(),
    );
  }

  /** `UNIQUE INDEX`, and the rest of an index but for its name and table. */
  protected indexNoun({
    name,
    unique,
    method,
    include,
    storage,
    tablespace,
    ...rest
  }: Index): string {
    if (include || storage || tablespace !== undefined || rest.nullsNotDistinct)
      throw impossible(`index "${name}" has options that this database does not have`);
    if (rest.where !== undefined) this.demand('partialIndexes', 'partial indexes');
    const kind = /^(fulltext|spatial)$/i.exec(method ?? '')?.[1]?.toUpperCase();
    return words(unique ? 'UNIQUE' : kind, 'INDEX');
  }

  protected indexBody({ elements, method, parser, comment }: Index): string {
    const isUsing = method !== undefined && !/^(fulltext|spatial)$/i.test(method);
    return words(
      `(${elements.map((element) => this.indexElement(element)).join(', ')})`,
      isUsing && `USING ${this.word(method).toUpperCase()}`,
      parser !== undefined && `WITH PARSER ${this.word(parser)}`,
      comment !== undefined && this.commentClause(comment),
    );
  }

  /** A FULLTEXT or SPATIAL index is built while nobody writes. */
  protected costOfIndex({ method }: Index): Cost {
    return /^(fulltext|spatial)$/i.test(method ?? '') ? 'lockedIndex' : 'index';
  }

  protected override tableOptions(table: Table): string {
    const { name, tablespace, engine, charset, collation, storage, comment } = table;
    if (tablespace !== undefined)
      throw impossible(`the tablespace of table "${name}" cannot be said on this database`);
    return words(
      engine !== undefined && `ENGINE=${this.word(engine)}`,
      charset !== undefined && `DEFAULT CHARSET=${this.word(charset)}`,
      collation !== undefined && `COLLATE=${this.word(collation)}`,
      storage?.join(' '),
      comment !== undefined && this.commentClause(comment).replace(' ', '='),
    );
  }

  override bulkInsert(operation: OperationOf<'bulkInsert'>): readonly string[] {
    if (operation.columns.length > 0) return super.bulkInsert(operation);
    return operation.rows.map(() => `INSERT INTO ${this.table(operation.table)} () VALUES ()`);
  }
}

interface Characters {
  readonly charset?: string | null | undefined;
  readonly collation?: string | null | undefined;
}

/** The column as a set of attributes says it; `null` is none. */
export function columnOf(name: string, attributes: ColumnAttributes): Column {
  const said = Object.entries(attributes).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  const column = Object.fromEntries(said) as unknown as Omit<Column, 'name'>;
  return { ...column, name, nullable: attributes.nullable ?? true };
}

const NOW = /^(current_timestamp|now|localtime|localtimestamp)(\s*\(\s*\d?\s*\))?$/i;

const isLiteral = ({ quoting }: MysqlSyntax, value: string): boolean =>
  /^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(value) ||
  /^(_\w+\s*)?[bxn]?'(?:[^'\\]|''|\\.)*'$/is.test(value) ||
  /^(true|false|null)$/i.test(value) ||
  quoting.parseLiteral(value) !== undefined;
