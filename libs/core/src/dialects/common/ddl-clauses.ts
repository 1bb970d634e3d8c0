import { MigrationError } from '../../errors/migration-error.js';
import type { Capabilities } from '../../operations/capabilities.js';
import type { Constraint } from '../../operations/constraint-operations.js';
import type { ObjectName } from '../../schema/object-name.js';
import type {
  CheckConstraint,
  Column,
  ConflictAction,
  Deferrable,
  ExclusionConstraint,
  ForeignKey,
  GeneratedColumn,
  Identity,
  Index,
  IndexElement,
  PrimaryKey,
  SequenceOptions,
  SequenceOwner,
  Table,
  UniqueConstraint,
} from '../../schema/schema-model.js';
import type { Dialect } from './dialect.js';
import { refuseUnsaid } from './refuse-unsaid.js';

/** What a compiler asks of the rest of its dialect. */
export type DialectSyntax = Pick<
  Dialect,
  'name' | 'capabilities' | 'quoting' | 'splitStatements' | 'findParameters' | 'takesParameters'
> & {
  /** Major version of the server, where one is known. */
  readonly serverMajor?: number;
};

/** A capability that is a yes or a no. */
type Ability = Exclude<keyof Capabilities, 'maxIdentifierBytes'>;

/**
 * The parts of statements in standard SQL: columns, constraints, index elements. Each method is a hook: a dialect
 * overrides those that it spells otherwise.
 */
export abstract class DdlClauses {
  constructor(protected readonly syntax: DialectSyntax) {}

  protected name(name: string): string {
    return this.syntax.quoting.identifier(name);
  }

  protected table(name: ObjectName): string {
    return this.syntax.quoting.qualified(name);
  }

  protected names(names: readonly string[]): string {
    return `(${names.map((name) => this.name(name)).join(', ')})`;
  }

  /** @throws MigrationError E3012 where the dialect lacks the ability */
  protected demand(ability: Ability, noun: string): void {
    if (this.syntax.capabilities[ability]) return;
    throw impossible(`this database has no ${noun}`, 'Leave them out for this database.');
  }

  /** @throws MigrationError E3012 where the server is known, and older */
  protected demandVersion(major: number, noun: string): void {
    const { serverMajor } = this.syntax;
    if (serverMajor === undefined || serverMajor >= major) return;
    throw impossible(
      `${noun} needs version ${major} of the database, and it is ${serverMajor}`,
      'Leave it out, or update the server first.',
      { needed: major, server: serverMajor },
    );
  }

  /** `"name" type …`, as it stands in CREATE TABLE and ADD COLUMN. */
  protected column(column: Column): string {
    const { charset, onUpdate, invisible } = column;
    refuseUnsaid(`column "${column.name}"`, { charset, onUpdate, invisible });
    return words(
      this.name(column.name),
      this.columnType(column),
      column.compression !== undefined && this.compression(column.compression),
      column.collation !== undefined && `COLLATE ${this.collation(column.collation)}`,
      column.generated !== undefined && this.generated(column.generated),
      column.identity !== undefined && this.identity(column.identity),
      column.default !== undefined && `DEFAULT ${this.defaultValue(column.default)}`,
      !column.nullable && 'NOT NULL',
      this.onConflict(column.onConflict),
    );
  }

  /** The type, and what makes the column count by itself where the type does not say it. */
  protected columnType(column: Column): string {
    if (column.autoIncrement) {
      throw impossible(`column "${column.name}" cannot count by itself on this database`);
    }
    return column.type;
  }

  protected defaultValue(value: string): string {
    return closed(value);
  }

  /** What becomes of a row that breaks a constraint: in standard SQL it always fails. */
  protected onConflict(action: ConflictAction | undefined): string | undefined {
    if (action === undefined) return undefined;
    throw impossible(
      'this database cannot say beforehand what becomes of a row that breaks a constraint',
      'Leave out onConflict.',
    );
  }

  /** How long values are compressed: not in standard SQL. */
  protected compression(method: string): string {
    throw impossible(`this database has no compression of columns, and one names "${method}"`);
  }

  /** A collation's name; a text that is quoted already is taken as it stands. */
  protected collation(collation: string): string {
    return collation.startsWith('"') ? collation : this.name(collation);
  }

  protected generated(generated: GeneratedColumn): string {
    this.demand('generatedColumns', 'generated columns');
    return `GENERATED ALWAYS AS (${closed(generated.expression)}) ${generated.stored ? 'STORED' : 'VIRTUAL'}`;
  }

  protected identity(identity: Identity): string {
    this.demand('identityColumns', 'identity columns');
    const options = this.sequenceOptions(identity.options ?? {});
    return words(
      `GENERATED ${identity.generation.toUpperCase()} AS IDENTITY`,
      options.length > 0 && `(${options.join(' ')})`,
    );
  }

  /** The options that are given, each as its clause. */
  protected sequenceOptions(options: SequenceOptions): readonly string[] {
    const { increment, minValue, maxValue, start, cache, cycle } = options;
    return [
      increment !== undefined && `INCREMENT BY ${integer(increment)}`,
      minValue !== undefined && `MINVALUE ${integer(minValue)}`,
      maxValue !== undefined && `MAXVALUE ${integer(maxValue)}`,
      start !== undefined && `START WITH ${integer(start)}`,
      cache !== undefined && `CACHE ${integer(cache)}`,
      cycle !== undefined && (cycle ? 'CYCLE' : 'NO CYCLE'),
    ].filter((clause) => clause !== false);
  }

  protected ownedBy({ table, column }: SequenceOwner): string {
    return `OWNED BY ${this.table(table)}.${this.name(column)}`;
  }

  /** The options that are changed, each as its clause; `null` is what a new sequence has. */
  protected sequenceChange(to: SequenceOptionChange): readonly string[] {
    const removed = [
      ...(to.minValue === null ? ['NO MINVALUE'] : []),
      ...(to.maxValue === null ? ['NO MAXVALUE'] : []),
    ];
    return [...this.sequenceOptions(withDefaults(to)), ...removed];
  }

  /** All constraints of a table, in the order in which they are written. */
  protected constraintsOf(table: Table): readonly Constraint[] {
    const { primaryKey } = table;
    return [
      ...(primaryKey === undefined
        ? []
        : [{ type: 'primaryKey', constraint: primaryKey } as const]),
      ...table.uniques.map((constraint) => ({ type: 'unique', constraint }) as const),
      ...table.checks.map((constraint) => ({ type: 'check', constraint }) as const),
      ...table.exclusions.map((constraint) => ({ type: 'exclusion', constraint }) as const),
      ...table.foreignKeys.map((constraint) => ({ type: 'foreignKey', constraint }) as const),
    ];
  }

  /** `[CONSTRAINT "name"] …`, as it stands in CREATE TABLE and ADD CONSTRAINT. */
  protected constraint(added: Constraint): string {
    const { name } = added.constraint;
    return words(name !== undefined && `CONSTRAINT ${this.name(name)}`, this.constraintBody(added));
  }

  protected constraintBody(added: Constraint): string {
    switch (added.type) {
      case 'primaryKey':
        return this.primaryKey(added.constraint);
      case 'unique':
        return this.unique(added.constraint);
      case 'check':
        return this.check(added.constraint);
      case 'exclusion':
        return this.exclusion(added.constraint);
      case 'foreignKey':
        return this.foreignKey(added.constraint);
    }
  }

  protected primaryKey(key: PrimaryKey): string {
    return words(
      `PRIMARY KEY ${this.keyColumns(key)}`,
      this.included(key.include),
      this.deferrable(key.deferrable),
      this.onConflict(key.onConflict),
    );
  }

  protected unique(unique: UniqueConstraint): string {
    return words(
      'UNIQUE',
      unique.nullsNotDistinct && 'NULLS NOT DISTINCT',
      this.keyColumns(unique),
      this.included(unique.include),
      this.deferrable(unique.deferrable),
      this.onConflict(unique.onConflict),
    );
  }

  protected check(check: CheckConstraint): string {
    return words(
      `CHECK (${closed(check.expression)})`,
      this.notValid(check.notValid),
      this.notEnforced(check.notEnforced),
    );
  }

  protected exclusion(exclusion: ExclusionConstraint): string {
    this.demand('exclusionConstraints', 'exclusion constraints');
    return words(`EXCLUDE ${closed(exclusion.definition)}`, this.deferrable(exclusion.deferrable));
  }

  protected foreignKey(key: ForeignKey): string {
    return words(
      `FOREIGN KEY ${this.foreignColumns(key.columns, key.period)}`,
      this.references(key),
      this.notValid(key.notValid),
      this.notEnforced(key.notEnforced),
    );
  }

  /** What follows the columns of a foreign key, or stands in the clause of its only one. */
  protected references(key: ForeignKey): string {
    return words(
      `REFERENCES ${this.table(key.referencedTable)}`,
      key.referencedColumns.length > 0 && this.foreignColumns(key.referencedColumns, key.period),
      key.match !== undefined && `MATCH ${key.match.toUpperCase()}`,
      key.onDelete !== undefined && `ON DELETE ${key.onDelete.toUpperCase()}`,
      this.deletedColumns(key.onDeleteColumns),
      key.onUpdate !== undefined && `ON UPDATE ${key.onUpdate.toUpperCase()}`,
      this.deferrable(key.deferrable),
    );
  }

  /** The columns that a deleted row takes with it: not in standard SQL. */
  protected deletedColumns(columns: readonly string[] | undefined): string | undefined {
    if (columns === undefined) return undefined;
    throw impossible(
      'this database changes all columns of a foreign key on delete',
      'Leave out onDeleteColumns.',
    );
  }

  /** Columns that an index holds besides its key: not in standard SQL. */
  protected included(columns: readonly string[] | undefined): string | undefined {
    if (columns === undefined) return undefined;
    throw impossible(
      'this database has no columns besides the key of an index',
      'Leave out include.',
    );
  }

  protected deferrable(deferrable: Deferrable | undefined): string | undefined {
    if (deferrable === undefined) return undefined;
    this.demand('deferrableConstraints', 'deferrable constraints');
    return `DEFERRABLE ${deferrable.toUpperCase()}`;
  }

  /** Standard SQL always checks the rows that are there. */
  protected notValid(notValid: true | undefined): string | undefined {
    if (!notValid) return undefined;
    throw impossible('this database always checks the rows that are there', 'Leave out notValid.');
  }

  /** Most databases enforce every constraint that they have. */
  protected notEnforced(notEnforced: true | undefined): string | undefined {
    if (!notEnforced) return undefined;
    throw impossible('this database enforces its constraints', 'Leave out notEnforced.');
  }

  /** The columns of a primary key or unique constraint; a period in them is the dialect's own. */
  protected keyColumns({ columns, withoutOverlaps }: PrimaryKey | UniqueConstraint): string {
    if (!withoutOverlaps) return this.names(columns);
    throw impossible('this database has no keys over periods', 'Leave out withoutOverlaps.');
  }

  /** The columns of one side of a foreign key; a period in them is the dialect's own. */
  protected foreignColumns(columns: readonly string[], period: true | undefined): string {
    if (!period) return this.names(columns);
    throw impossible('this database has no foreign keys over periods', 'Leave out period.');
  }

  /** What stands in the parentheses of an index for one key part. */
  protected indexElement(element: IndexElement): string {
    refuseUnsaid('a key part of an index', { prefix: element.prefix });
    return words(
      this.indexKey(element),
      element.collation !== undefined && `COLLATE ${this.collation(element.collation)}`,
      element.opclass !== undefined && this.operatorClass(element.opclass),
      element.order?.toUpperCase(),
      element.nulls !== undefined && `NULLS ${element.nulls.toUpperCase()}`,
    );
  }

  protected indexKey(element: IndexElement): string {
    if (element.expression === undefined) return this.name(element.column ?? '');
    this.demand('expressionIndexes', 'indexes on expressions');
    return `(${closed(element.expression)})`;
  }

  protected operatorClass(opclass: string): string {
    throw impossible(`this database has no operator classes, and the index names "${opclass}"`);
  }

  /** What follows the list of key parts. */
  protected indexOptions(index: Index): string {
    if (index.where === undefined) return '';
    this.demand('partialIndexes', 'partial indexes');
    return `WHERE ${index.where}`;
  }
}

/** Options of a sequence that are changed; `null` is what a new sequence has. */
type SequenceOptionChange = {
  readonly [K in keyof SequenceOptions]?: SequenceOptions[K] | null;
};

/** The options with what a new sequence has for `null`, but for limits, which have clauses of their own. */
function withDefaults(to: SequenceOptionChange): SequenceOptions {
  const isDescending = to.increment?.startsWith('-') ?? false;
  const limit = isDescending ? to.maxValue : to.minValue;
  const defaults: SequenceOptions = {
    increment: '1',
    start: limit ?? (isDescending ? '-1' : '1'),
    cache: '1',
    cycle: false,
  };
  const entries = Object.keys(to).map((key) => {
    const name = key as keyof SequenceOptions;
    return [name, to[name] ?? defaults[name]] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Joins the parts that are there by one blank. */
export function words(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}

/** `IF EXISTS`, where that is asked. */
export function ifExists(asked: true | undefined): string | undefined {
  return asked && 'IF EXISTS';
}

/** `IF NOT EXISTS`, where that is asked. */
export function ifNotExists(asked: true | undefined): string | undefined {
  return asked && 'IF NOT EXISTS';
}

/** Lines between parentheses. */
export function indented(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${lines.map((line) => `  ${line}`).join(',\n')}\n`;
}

/** SQL text after which more can be written: a line comment at its end would swallow what follows. */
export function closed(sql: string): string {
  return /--[^\n\r]*$/.test(sql) ? `${sql}\n` : sql;
}

/** An error for something that this database cannot do (E3012). */
export function impossible(
  problem: string,
  advice = 'Do it by hand, or leave it out for this database.',
  facts: Readonly<Record<string, unknown>> = {},
): MigrationError {
  return new MigrationError('E3012', { problem, advice, facts });
}

function integer(text: string): string {
  if (/^[+-]?\d+$/.test(text)) return text;
  throw new MigrationError('E3013', {
    problem: `the sequence option ${JSON.stringify(text)} is not a whole number`,
    facts: { value: text },
  });
}
