import { MigrationError } from '../../errors/migration-error.js';
import type { AlterColumn, ColumnAttributes } from '../../operations/column-operations.js';
import type { OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Column, GeneratedColumn, Identity } from '../../schema/schema-model.js';
import { changedAttributes } from '../../operations/changed-attributes.js';
import type { ColumnAttribute } from '../../operations/changed-attributes.js';
import { closed, impossible, words } from '../common/ddl-clauses.js';
import { refuseUnsaid } from '../common/refuse-unsaid.js';
import { byServerVersion, runTimeStatement } from './postgres-dynamic.js';
import { recallAnew, rememberAnew } from './postgres-made-anew.js';
import type { MadeAnew } from './postgres-made-anew.js';
import { sequenceChange } from './postgres-identity.js';
import { serialSequenceName, serialType } from './postgres-serial.js';
import { PostgresTableCompiler } from './postgres-table-compiler.js';

/** An alteration, with the attributes that it really changes. */
interface ColumnChange extends AlterColumn {
  readonly changed: ReadonlySet<ColumnAttribute>;
}

/** The first version with ALTER COLUMN … SET EXPRESSION. */
const CAN_SET_EXPRESSION = 17;

/** What PostgreSQL says in its own way about columns: serial, identity, generated columns, casts. */
export abstract class PostgresColumnCompiler extends PostgresTableCompiler {
  protected override columnType(column: Column): string {
    return column.autoIncrement ? serialType(column.type, column.name) : column.type;
  }

  /** With what the column had besides that was dropped in this run. */
  override addColumn(operation: OperationOf<'addColumn'>): readonly string[] {
    const { anew, ...add } = operation;
    const recall = anew ? [recallAnew(this.columnAnew(add.table, add.column.name))] : [];
    return [...super.addColumn(add), ...recall];
  }

  override dropColumn(operation: OperationOf<'dropColumn'>): readonly string[] {
    const { anew, ...drop } = operation;
    const remember = anew ? [rememberAnew(this.columnAnew(drop.table, drop.name))] : [];
    return [...remember, ...super.dropColumn(drop)];
  }

  private columnAnew(table: ObjectName, column: string): MadeAnew {
    return { name: this.table(table), column };
  }

  /**
   * What the column must let go of comes first (expression, counter, default), then the type, then what it gets. An
   * identity needs NOT NULL before it, and a default for rows to come precedes NOT NULL (DL-31).
   */
  override alterColumn(operation: OperationOf<'alterColumn'>): readonly string[] {
    const change = { ...operation, changed: changedAttributes(operation) };
    const { charset, onUpdate, invisible } = operation.to;
    refuseUnsaid(`column "${displayName(operation.table)}.${operation.name}"`, {
      charset,
      onUpdate,
      invisible,
    });
    if (change.changed.has('generated') && change.to.generated) return this.regenerate(change);
    return [...this.dropExpression(change), ...this.changeRest(change)];
  }

  private changeRest(change: ColumnChange): readonly string[] {
    return [
      ...this.dropCounter(change),
      ...this.changeType(change),
      ...this.changeDefault(change),
      ...this.addSerial(change),
      ...this.changeNullability(change),
      ...this.changeIdentity(change),
      ...this.changeStorage(change),
      ...this.changeComment(change),
    ];
  }

  /**
   * From version 17 on the expression of a stored column is changed in place, and what stands on the column stays. Before, and
   * for a virtual column, which has limits there (PostgreSQL 18 manual, ALTER TABLE), it is made anew: its values are derived.
   * What depends on it (indexes, views) has then to be re-made by operations of its own. A script decides when it runs.
   */
  private regenerate(change: ColumnChange): readonly string[] {
    const { table, name, from, to, changed } = change;
    if (!from?.generated) {
      throw impossible(
        `column "${displayName(table)}.${name}" holds values of its own and cannot become a generated column`,
        'Add a generated column under another name, or drop this one and add it again if its values may be lost.',
        { table, column: name },
      );
    }
    const canStay =
      from.generated.stored &&
      to.generated?.stored &&
      !changed.has('type') &&
      !changed.has('collation');
    return canStay ? this.setExpression(change, to.generated) : this.makeAnew(change);
  }

  private setExpression(change: ColumnChange, generated: GeneratedColumn): readonly string[] {
    const set = this.alter(change, `SET EXPRESSION AS (${closed(generated.expression)})`);
    const inPlace = [set, ...this.changeRest(change)];
    const { serverMajor } = this.syntax;
    if (serverMajor === undefined)
      return [byServerVersion(CAN_SET_EXPRESSION, inPlace, this.makeAnew(change))];
    return serverMajor >= CAN_SET_EXPRESSION ? inPlace : this.makeAnew(change);
  }

  private makeAnew(change: ColumnChange): readonly string[] {
    const { table, name } = change;
    return [
      ...this.dropColumn({ kind: 'dropColumn', table, name, anew: true }),
      ...this.addColumn({
        kind: 'addColumn',
        table,
        column: regeneratedColumn(change),
        anew: true,
      }),
    ];
  }

  private dropExpression(change: ColumnChange): readonly string[] {
    if (!change.changed.has('generated')) return [];
    if (change.from?.generated?.stored === false) {
      throw impossible(
        `column "${displayName(change.table)}.${change.name}" is virtual: it has no values that a plain column could keep`,
        'Add a plain column under another name and fill it with an UPDATE.',
      );
    }
    return [this.alter(change, 'DROP EXPRESSION')];
  }

  private dropCounter(change: ColumnChange): readonly string[] {
    const { changed, to } = change;
    if (changed.has('identity') && to.identity === null)
      return [this.alter(change, 'DROP IDENTITY')];
    if (!changed.has('autoIncrement') || to.autoIncrement) return [];
    return [this.alter(change, 'DROP DEFAULT'), this.onSerialSequence(change, 'DROP SEQUENCE %s')];
  }

  private changeType(change: ColumnChange): readonly string[] {
    if (!changesType(change)) return [];
    const { to, from, using } = change;
    const type = words(
      `TYPE ${typeOf(change)}`,
      to.collation && `COLLATE ${this.collation(to.collation)}`,
      using !== undefined && `USING ${using}`,
    );
    const isSerial = to.autoIncrement === true && from?.autoIncrement === true;
    return [
      ...(carriesDefault(change) ? [this.alter(change, 'DROP DEFAULT')] : []),
      this.alter(change, type),
      ...(isSerial
        ? [this.onSerialSequence(change, `ALTER SEQUENCE %s AS ${typeOf(change)}`)]
        : []),
    ];
  }

  private changeDefault(change: ColumnChange): readonly string[] {
    const { changed, to } = change;
    const isDropped = changesType(change) && carriesDefault(change);
    if (!changed.has('default') && !isDropped) return [];
    if (typeof to.default === 'string') return [this.alter(change, `SET DEFAULT ${to.default}`)];
    return isDropped ? [] : [this.alter(change, 'DROP DEFAULT')];
  }

  /** What `serial` does in CREATE TABLE, and goes on after the greatest value that is there. */
  private addSerial(change: ColumnChange): readonly string[] {
    const { table, name, changed, to, from } = change;
    if (!changed.has('autoIncrement') || !to.autoIncrement) return [];
    const type = to.type ?? from?.type;
    const sequence = this.table({
      schema: table.schema,
      name: serialSequenceName(table.name, name),
    });
    const reference = this.syntax.quoting.literal(sequence);
    return [
      words(
        `CREATE SEQUENCE ${sequence}`,
        type !== undefined && `AS ${type}`,
        `OWNED BY ${this.table(table)}.${this.name(name)}`,
      ),
      this.continueAfterRows(change, reference, '1'),
      this.alter(change, `SET DEFAULT nextval(${reference}::regclass)`),
    ];
  }

  private changeNullability(change: ColumnChange): readonly string[] {
    if (!change.changed.has('nullable')) return [];
    return [this.alter(change, change.to.nullable ? 'DROP NOT NULL' : 'SET NOT NULL')];
  }

  private changeIdentity(change: ColumnChange): readonly string[] {
    const { changed, from, to } = change;
    if (!changed.has('identity') || !to.identity) return [];
    if (from?.identity) {
      const clauses = this.identityChange(from.identity, to.identity);
      // Options that are told on one side and the server's own on the other are the same.
      return clauses === '' ? [] : [this.alter(change, clauses)];
    }
    return [
      this.alter(change, `ADD ${this.identity(to.identity)}`),
      ...this.continueIdentity(change, to.identity),
    ];
  }

  private identityChange(from: Identity, to: Identity): string {
    const { options, removed } = sequenceChange(from.options ?? {}, to.options ?? {});
    const generation = from.generation === to.generation ? [] : [to.generation.toUpperCase()];
    return [
      ...generation.map((when) => `SET GENERATED ${when}`),
      ...[...this.sequenceOptions(options), ...removed].map((clause) => `SET ${clause}`),
    ].join(' ');
  }

  /** A counter that runs backwards, or with limits of its own, is left as the user wrote it. */
  private continueIdentity(change: ColumnChange, { options }: Identity): readonly string[] {
    const { increment = '1', maxValue, minValue = '1', start = minValue } = options ?? {};
    if (increment.startsWith('-') || maxValue !== undefined) return [];
    return [this.continueAfterRows(change, this.serialSequence(change), start)];
  }

  /** A change of type brings both back to what the new type has. */
  private changeStorage(change: ColumnChange): readonly string[] {
    const { changed, to } = change;
    const isReset = changesType(change);
    const says = (key: 'storage' | 'compression'): boolean =>
      changed.has(key) || (isReset && typeof to[key] === 'string');
    if (says('storage') && to.storage == null) this.demandVersion(16, 'SET STORAGE DEFAULT');
    if (says('compression')) this.demandVersion(14, 'COMPRESSION of a column');
    const storage = to.storage?.toUpperCase() ?? 'DEFAULT';
    const compression = to.compression == null ? 'default' : this.name(to.compression);
    return [
      ...(says('storage') ? [this.alter(change, `SET STORAGE ${storage}`)] : []),
      ...(says('compression') ? [this.alter(change, `SET COMPRESSION ${compression}`)] : []),
    ];
  }

  private changeComment(change: ColumnChange): readonly string[] {
    if (!change.changed.has('comment')) return [];
    return [this.columnComment(change.table, change.name, change.to.comment)];
  }

  private alter(change: ColumnChange, action: string): string {
    return this.alterTable(change.table, `ALTER COLUMN ${this.name(change.name)} ${action}`);
  }

  /** `sequence` is an expression that gives its name. */
  private continueAfterRows(change: ColumnChange, sequence: string, start: string): string {
    const next = `greatest(max(${this.name(change.name)}) + 1, ${start})`;
    return `SELECT setval(${sequence}, ${next}, false) FROM ${this.table(change.table)}`;
  }

  /** The sequence keeps its name when table or column are renamed: only the server knows it. */
  private onSerialSequence(change: ColumnChange, template: string): string {
    return runTimeStatement(template, this.serialSequence(change));
  }

  private serialSequence({ table, name }: ColumnChange): string {
    const { literal } = this.syntax.quoting;
    return `pg_get_serial_sequence(${literal(this.table(table))}, ${literal(name)})`;
  }
}

function changesType({ changed, using }: ColumnChange): boolean {
  return changed.has('type') || changed.has('collation') || using !== undefined;
}

/**
 * A default that is told along with a type change is set anew: the server would cast the old expression, which fails
 * between enums and leaves another text than the default of a new table has.
 */
function carriesDefault({ from, to }: ColumnChange): boolean {
  return to.default !== undefined && from?.default !== null;
}

/** @throws MigrationError E3013 where the operation does not name the type */
function typeOf({ table, name, from, to }: ColumnChange): string {
  const type = to.type ?? from?.type;
  if (type !== undefined) return type;
  throw new MigrationError('E3013', {
    problem: `the change of column "${displayName(table)}.${name}" does not name its type`,
    advice: 'Name the type too, in the change and in "from": PostgreSQL asks for it here.',
    facts: { table, column: name },
  });
}

function regeneratedColumn(change: ColumnChange): Column {
  const { generated, nullable, collation, storage, compression, comment }: ColumnAttributes = {
    ...change.from,
    ...change.to,
  };
  return {
    name: change.name,
    type: typeOf(change),
    nullable: nullable ?? true,
    ...(generated && { generated }),
    ...(collation && { collation }),
    ...(storage && { storage }),
    ...(compression && { compression }),
    ...(comment && { comment }),
  };
}
