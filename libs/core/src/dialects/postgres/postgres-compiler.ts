import type { MigrationError } from '../../errors/migration-error.js';
import { enumChangeOf } from '../../operations/enum-change.js';
import type { EnumChange } from '../../operations/enum-change.js';
import type { EnumUse } from '../../operations/enum-operations.js';
import type { OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type { Index } from '../../schema/schema-model.js';
import { impossible, words } from '../common/ddl-clauses.js';
import { checkLength, clipToBytes } from '../common/identifier-rules.js';
import { PostgresPartitionCompiler } from './postgres-partition-compiler.js';

/** What PostgreSQL says otherwise than standard SQL: enum types, options of indexes, moves between schemas. */
export class PostgresCompiler extends PostgresPartitionCompiler {
  override createEnum(operation: OperationOf<'createEnum'>): readonly string[] {
    const { labels } = operation.enum;
    return [
      `CREATE TYPE ${this.table(operation.enum)} AS ENUM (${this.labels(labels)})`,
      ...this.commentOfNew({ type: 'enum', name: operation.enum }, operation.enum.comment),
    ];
  }

  override dropEnum(operation: OperationOf<'dropEnum'>): readonly string[] {
    return [words('DROP TYPE', operation.ifExists && 'IF EXISTS', this.table(operation.name))];
  }

  override alterEnum(operation: OperationOf<'alterEnum'>): readonly string[] {
    const type = `ALTER TYPE ${this.table(operation.name)}`;
    const change = enumChangeOf(operation);
    return [
      ...(operation.renames ?? []).map(
        ({ from, to }) => `${type} RENAME VALUE ${this.label(from)} TO ${this.label(to)}`,
      ),
      ...(change.kind === 'inPlace'
        ? change.additions.map(
            ({ label }) => `${type} ${this.addValue(label, operation.to, change)}`,
          )
        : this.replaceEnum(operation, change.removed)),
    ];
  }

  /** Each label goes before the next one that is there already, or to the end. */
  private addValue(
    label: string,
    labels: readonly string[],
    { additions }: Pick<EnumChange & { kind: 'inPlace' }, 'additions'>,
  ): string {
    const added = new Set(additions.map((addition) => addition.label));
    const next = labels.slice(labels.indexOf(label) + 1).find((later) => !added.has(later));
    return words(
      `ADD VALUE ${this.label(label)}`,
      next !== undefined && `BEFORE ${this.label(next)}`,
    );
  }

  override renameEnum({ from, to }: OperationOf<'renameEnum'>): readonly string[] {
    return this.rename({ noun: 'TYPE' }, from, to);
  }

  override renameTable({ from, to, ifExists }: OperationOf<'renameTable'>): readonly string[] {
    return this.rename({ noun: ifExists ? 'TABLE IF EXISTS' : 'TABLE' }, from, to);
  }

  override renameSequence(operation: OperationOf<'renameSequence'>): readonly string[] {
    const { from, to, ifExists } = operation;
    return this.rename({ noun: ifExists ? 'SEQUENCE IF EXISTS' : 'SEQUENCE' }, from, to);
  }

  override renameView(operation: OperationOf<'renameView'>): readonly string[] {
    const { from, to, materialized, ifExists } = operation;
    const noun = materialized ? 'MATERIALIZED VIEW' : 'VIEW';
    return this.rename({ noun: ifExists ? `${noun} IF EXISTS` : noun }, from, to);
  }

  /** Labels can neither be dropped nor moved: a new type takes the place of the old one, column by column. */
  private replaceEnum(
    operation: OperationOf<'alterEnum'>,
    removed: readonly string[],
  ): readonly string[] {
    const { name, to, uses, comment } = operation;
    if (uses === undefined) throw noUses(operation, removed);
    const replaced = { schema: name.schema, name: `${clipToBytes(name.name, 58)}__old` };
    return [
      `ALTER TYPE ${this.table(name)} RENAME TO ${this.name(replaced.name)}`,
      ...this.createEnum({
        kind: 'createEnum',
        enum: { ...name, labels: to, ...(comment !== undefined && { comment }) },
      }),
      ...uses.flatMap((use) => this.replaceUse(operation, use)),
      `DROP TYPE ${this.table(replaced)}`,
    ];
  }

  /** The default is of the old type, and no cast leads from there to the new one. */
  private replaceUse(operation: OperationOf<'alterEnum'>, use: EnumUse): readonly string[] {
    const column = `ALTER COLUMN ${this.name(use.column)}`;
    const type = this.table(operation.name) + (use.array ? '[]' : '');
    const value = this.replacedValue(operation, use);
    return [
      ...(use.default === undefined ? [] : [`${column} DROP DEFAULT`]),
      `${column} TYPE ${type} USING ${value}::${type}`,
      ...(use.default === undefined ? [] : [`${column} SET DEFAULT ${use.default}`]),
    ].map((action) => this.alterTable(use.table, action));
  }

  private replacedValue(operation: OperationOf<'alterEnum'>, use: EnumUse): string {
    const replacements = operation.replacements ?? [];
    const pairs = replacements.map(({ from, to }) => [this.label(from), this.label(to)] as const);
    const text = `${this.name(use.column)}::text${use.array ? '[]' : ''}`;
    if (use.array) {
      return pairs.reduce((array, [from, to]) => `array_replace(${array}, ${from}, ${to})`, text);
    }
    if (pairs.length === 0) return text;
    const branches = pairs.map(([from, to]) => `WHEN ${from} THEN ${to}`).join(' ');
    return `(CASE ${text} ${branches} ELSE ${text} END)`;
  }

  private labels(labels: readonly string[]): string {
    return labels.map((label) => this.label(label)).join(', ');
  }

  /** A label is stored as a name is (B080): 63 bytes at most. */
  private label(label: string): string {
    checkLength(label, this.syntax.capabilities.maxIdentifierBytes);
    return this.syntax.quoting.literal(label);
  }

  protected override placeholder(place: number): string {
    return `$${place}`;
  }

  protected override deletedColumns(columns: readonly string[] | undefined): string | undefined {
    if (columns !== undefined) this.demandVersion(15, 'ON DELETE SET NULL of some columns');
    return columns && this.names(columns);
  }

  protected override included(columns: readonly string[] | undefined): string | undefined {
    return columns && `INCLUDE ${this.names(columns)}`;
  }

  protected override notValid(notValid: true | undefined): string | undefined {
    return notValid && 'NOT VALID';
  }

  /** A plain name is quoted; one with parameters, a schema or quotes is taken as it stands. */
  protected override operatorClass(opclass: string): string {
    return /^[\w$]+$/.test(opclass) ? this.name(opclass) : opclass;
  }

  protected override indexOptions(index: Index): string {
    return words(
      this.included(index.include),
      index.nullsNotDistinct && 'NULLS NOT DISTINCT',
      index.storage && `WITH (${index.storage.join(', ')})`,
      index.tablespace !== undefined && `TABLESPACE ${this.name(index.tablespace)}`,
      super.indexOptions(index),
    );
  }

  protected override indexMethod(method: string): string {
    return /^[a-z_]+$/.test(method) ? `USING ${method}` : super.indexMethod(method);
  }

  /** All names that begin with `pg_` are the server's. */
  protected override isSystemSchema(schema: string): boolean {
    return schema.startsWith('pg_') || schema === 'information_schema';
  }
}

function noUses({ name }: OperationOf<'alterEnum'>, removed: readonly string[]): MigrationError {
  const what = removed.length === 0 ? 'reorder its labels' : `drop ${removed.join(', ')}`;
  return impossible(
    `enum "${displayName(name)}" cannot ${what} in place: the type has to be replaced`,
    'List the columns that have this type in "uses", or pass "uses: []" when there are none.',
    { name, removed },
  );
}
