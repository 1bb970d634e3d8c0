import { changedAttributes } from '../../operations/changed-attributes.js';
import type { ColumnAttribute } from '../../operations/changed-attributes.js';
import { WHOLE_COLUMN } from '../../operations/changed-attributes.js';
import type { AlterColumn, ColumnAttributes } from '../../operations/column-operations.js';
import type { OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type { Column } from '../../schema/schema-model.js';
import { impossible, words } from '../common/ddl-clauses.js';
import { refuseAnew } from '../common/refuse-unsaid.js';
import { columnOf } from './mysql-clauses.js';
import { costOfChange } from './mysql-column-cost.js';
import type { Cost } from './mysql-costs.js';
import type { Part } from './mysql-restate.js';
import { restate } from './mysql-restate.js';
import { MysqlTableCompiler } from './mysql-table-compiler.js';
import { canonicalType, isText } from './mysql-types.js';

/** An alteration, with what it says of the column after it, and the attributes that it really changes. */
interface ColumnChange extends AlterColumn {
  readonly changed: ReadonlySet<ColumnAttribute>;
  readonly said: ColumnAttributes;
}

/** What MySQL says in its own way about columns: MODIFY takes all that a column is. */
export class MysqlCompiler extends MysqlTableCompiler {
  override addColumn(operation: OperationOf<'addColumn'>): readonly string[] {
    const { table, column, references, primaryKey, ifNotExists } = operation;
    refuseAnew(operation, column.name);
    if (ifNotExists) this.demandIfExists('ADD COLUMN');
    const { name } = column;
    const actions = [
      words('ADD COLUMN', this.once(ifNotExists), this.column(column)),
      ...(primaryKey
        ? [
            `ADD ${this.constraint({ type: 'primaryKey', constraint: { ...primaryKey, columns: [name] } })}`,
          ]
        : []),
      // In the clause of a column MySQL reads it and forgets it (MySQL 8.0 manual, 1.6.2.3).
      ...(references
        ? [`ADD ${this.constraint({ type: 'foreignKey', constraint: references })}`]
        : []),
    ];
    return [this.alter(table, actions, this.costOfNew(operation))];
  }

  private costOfNew({ column, references, primaryKey }: OperationOf<'addColumn'>): Cost {
    const isComputed = column.default !== undefined && !this.isConstant(column.default);
    if (references || isComputed || column.generated?.stored) return 'copy';
    return (primaryKey ?? column.autoIncrement) ? 'lockedRebuild' : 'newColumn';
  }

  override dropColumn(operation: OperationOf<'dropColumn'>): readonly string[] {
    const { table, name, ifExists } = operation;
    refuseAnew(operation, name);
    if (ifExists) this.demandIfExists('DROP COLUMN');
    return [
      this.alter(table, [words('DROP COLUMN', ifExists && 'IF EXISTS', this.name(name))], 'index'),
    ];
  }

  override renameColumn({ table, from, to }: OperationOf<'renameColumn'>): readonly string[] {
    return [
      this.alter(table, [`RENAME COLUMN ${this.name(from)} TO ${this.name(to)}`], 'metadata'),
    ];
  }

  override alterColumn(operation: OperationOf<'alterColumn'>): readonly string[] {
    const changed = changedAttributes(operation);
    const change = { ...operation, changed, said: { ...operation.from, ...operation.to } };
    this.refuseOtherThan(WHOLE_COLUMN, changed, operation);
    this.refuseCast(change);
    if (changed.size === 0) return [];
    if (changed.has('generated') && change.to.generated) return this.regenerate(change);
    return this.isOnlyDefault(change) ? [this.setDefault(change)] : this.modify(change);
  }

  /** Only MODIFY could take an expression, and it has none. */
  private refuseCast({ table, name, using }: ColumnChange): void {
    if (using === undefined) return;
    throw impossible(
      `values of column "${displayName(table)}.${name}" cannot go through an expression while its type changes on this database`,
      'Add a column of the new type, fill it with an UPDATE, drop the old one and rename the new one.',
    );
  }

  /** Its values are derived: it is made anew where the server cannot change it (error 1907 on MariaDB). */
  private regenerate(change: ColumnChange): readonly string[] {
    const { table, name, from, to, said } = change;
    if (!from?.generated) {
      throw impossible(
        `column "${displayName(table)}.${name}" holds values of its own and cannot become a generated column`,
        'Add a generated column under another name, or drop this one and add it again if its values may be lost.',
        { table, column: name },
      );
    }
    if (from.generated.stored === to.generated?.stored) return this.modify(change);
    return [
      ...this.dropColumn({ kind: 'dropColumn', table, name }),
      ...this.addColumn({ kind: 'addColumn', table, column: this.complete(name, said, change) }),
    ];
  }

  private complete(name: string, said: ColumnAttributes, { table }: ColumnChange): Column {
    if (said.type !== undefined) return columnOf(name, said);
    throw impossible(
      `the change of column "${displayName(table)}.${name}" makes it anew, and does not name its type`,
      'Name the type too, in the change and in "from".',
    );
  }

  /** A default alone needs nothing else told, unless ON UPDATE stands beside it. */
  private isOnlyDefault({ changed, to, from }: ColumnChange): boolean {
    const isTold = from !== undefined && 'onUpdate' in from && 'nullable' in from;
    const isDropped = to.default === null && !(isTold && from.nullable === false);
    return changed.size === 1 && changed.has('default') && !isDropped;
  }

  /** Without a default a column that may be null has NULL; DROP DEFAULT would leave it with none at all. */
  private setDefault({ table, name, to, said }: ColumnChange): string {
    const value = to.default;
    const action =
      typeof value === 'string' ? `SET ${this.defaultClause(said.type, value)}` : 'DROP DEFAULT';
    return this.alter(table, [`ALTER COLUMN ${this.name(name)} ${action}`], 'metadata');
  }

  private modify(change: ColumnChange): readonly string[] {
    const { table, name, said } = change;
    if (change.changed.has('generated') && change.from?.generated?.stored === false) {
      throw impossible(
        `column "${displayName(table)}.${name}" is virtual: it has no values that a plain column could keep`,
        'Add a plain column under another name and fill it with an UPDATE.',
      );
    }
    const cost = costOfChange(change, change.changed, this.differences);
    const before = `MODIFY COLUMN ${this.name(name)}`;
    const isWhole = WHOLE_COLUMN.every((attribute) => attribute in said);
    if (isWhole)
      return [
        this.alter(table, [`${before} ${this.definition(columnOf(name, said), true)}`], cost),
      ];
    return restate({
      table,
      column: name,
      before: this.alterTable(table, before),
      told: this.told(change),
      after: this.costText(cost),
      losesCharacters: losesCharacters(change),
    });
  }

  private nullText({ nullable, generated }: ColumnAttributes): string {
    if (generated && !this.differences.generatedNotNull) return '';
    return nullable ? 'NULL' : 'NOT NULL';
  }

  /** Each part that is told, as it stands in the definition; an empty text where the column shall have none. */
  private told({ said, changed }: ColumnChange): Readonly<Partial<Record<Part, string>>> {
    const { type, nullable, generated, onUpdate, comment, default: value } = said;
    const told = <K extends Part>(
      part: K,
      isTold: boolean,
      text: string | false | null | undefined,
    ) => (isTold ? { [part]: text === false ? '' : (text ?? '') } : {});
    return {
      ...told('type', type !== undefined, type),
      // Without a word about them a column gets the characters of its table: said where it shall, asked for where it is not told.
      ...told(
        'collation',
        changesCharacters(changed) || hasCharacters(said),
        this.characters(said),
      ),
      ...told('generated', 'generated' in said, generated && this.generated(generated)),
      ...told('nullable', nullable !== undefined, this.nullText(said)),
      ...told('default', 'default' in said, value == null ? '' : this.defaultClause(type, value)),
      ...told('onUpdate', 'onUpdate' in said, onUpdate == null ? '' : `ON UPDATE ${onUpdate}`),
      ...told('autoIncrement', 'autoIncrement' in said, said.autoIncrement && 'AUTO_INCREMENT'),
      ...told('invisible', 'invisible' in said, said.invisible && 'INVISIBLE'),
      ...told('comment', 'comment' in said, comment == null ? '' : this.commentClause(comment)),
    };
  }
}

const changesCharacters = (changed: ReadonlySet<ColumnAttribute>): boolean =>
  changed.has('collation') || changed.has('charset');

const hasCharacters = ({ charset, collation }: ColumnAttributes): boolean =>
  charset != null || collation != null;

/** What is no text, or JSON, has no character set of its own; and what was JSON had none that anybody chose. */
const losesCharacters = ({ from, to }: ColumnChange): boolean =>
  to.type !== undefined &&
  (!isText(to.type) || [from?.type, to.type].some((type) => type !== undefined && isJson(type)));

const isJson = (type: string): boolean => canonicalType(type) === 'json';
