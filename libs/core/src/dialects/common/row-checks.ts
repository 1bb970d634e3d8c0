import type { Constraint } from '../../operations/constraint-operations.js';
import type { OperationOf } from '../../operations/operation.js';
import { displayName, type ObjectName } from '../../schema/object-name.js';
import type { CheckConstraint, ForeignKey, Index } from '../../schema/schema-model.js';
import type { Precheck, Quoting } from './dialect.js';

/** Queries for the rows that most databases would refuse an operation for: see `Dialect.prechecks`. Pure. */
export class RowChecks {
  constructor(private readonly quoting: Quoting) {}

  count(text: string, from: string, where?: string): Precheck {
    return {
      text,
      sql: `SELECT count(*) AS ${this.quoted('rows')} FROM ${from}${where === undefined ? '' : ` WHERE ${where}`}`,
    };
  }

  newColumn({ table, column }: OperationOf<'addColumn'>): readonly Precheck[] {
    const { nullable, default: value, generated, identity, autoIncrement, name } = column;
    if (nullable || value !== undefined || generated || identity || autoIncrement) return [];
    return [
      this.count(
        `${displayName(table)}.${name} must not be null, and there are rows`,
        this.qualified(table),
      ),
    ];
  }

  newNotNull({ table, name, from, to }: OperationOf<'alterColumn'>): readonly Precheck[] {
    if (to.nullable !== false || from?.nullable === false) return [];
    const text = `${displayName(table)}.${name} must not be null, and is in some rows`;
    return [this.count(text, this.qualified(table), `${this.quoted(name)} IS NULL`)];
  }

  newConstraint(table: ObjectName, added: Constraint): readonly Precheck[] {
    const { type, constraint } = added;
    const name = `${constraint.name ?? type} of ${displayName(table)}`;
    switch (type) {
      case 'primaryKey':
        return [
          ...this.duplicates(`${name}: keys are there twice`, table, {
            columns: constraint.columns,
          }),
          this.count(
            `${name}: keys are null`,
            this.qualified(table),
            constraint.columns.map((column) => `${this.quoted(column)} IS NULL`).join(' OR '),
          ),
        ];
      case 'unique':
        return this.duplicates(`${name}: values are there twice`, table, constraint);
      case 'foreignKey':
        return isUnchecked(constraint) || constraint.period
          ? []
          : [this.orphans(name, table, constraint)];
      case 'check':
        return isUnchecked(constraint)
          ? []
          : [
              this.count(
                `${name} does not hold`,
                this.qualified(table),
                `(${constraint.expression}) IS FALSE`,
              ),
            ];
      case 'exclusion':
        return [];
    }
  }

  private duplicates(
    text: string,
    table: ObjectName,
    { columns, nullsNotDistinct }: Unique,
  ): readonly Precheck[] {
    const parts = columns.map((column) => this.quoted(column));
    return [this.count(text, groups(this.qualified(table), parts, { nullsNotDistinct }))];
  }

  newUniqueIndex(table: ObjectName, index: Index): readonly Precheck[] {
    const parts = index.elements.map(({ column, expression = '', prefix }) => {
      if (column === undefined) return `(${expression})`;
      return prefix === undefined ? this.quoted(column) : `LEFT(${this.quoted(column)}, ${prefix})`;
    });
    const text = `${index.name} of ${displayName(table)}: values are there twice`;
    return [this.count(text, groups(this.qualified(table), parts, index))];
  }

  private orphans(name: string, table: ObjectName, key: ForeignKey): Precheck {
    const own = key.columns.map((column) => `own.${this.quoted(column)}`);
    const equal = key.referencedColumns.map(
      (column, place) => `other.${this.quoted(column)} = ${own[place]}`,
    );
    const isSet = own.map((column) => `${column} IS NOT NULL`);
    const found = `EXISTS (SELECT 1 FROM ${this.qualified(key.referencedTable)} AS other WHERE ${equal.join(' AND ')})`;
    return this.count(
      `${name}: rows refer to what is not there`,
      `${this.qualified(table)} AS own`,
      key.match === 'full'
        ? `(${isSet.join(' OR ')}) AND NOT ${found}`
        : `${isSet.join(' AND ')} AND NOT ${found}`,
    );
  }

  private quoted(name: string): string {
    return this.quoting.identifier(name);
  }

  private qualified(name: ObjectName): string {
    return this.quoting.qualified(name);
  }
}

interface Unique {
  readonly columns: readonly string[];
  readonly nullsNotDistinct?: true;
}

interface Grouping {
  readonly nullsNotDistinct?: true | undefined;
  readonly where?: string | undefined;
}

/** The groups of rows with equal parts; a null is equal to none, unless it is said otherwise. */
function groups(from: string, parts: readonly string[], { nullsNotDistinct, where }: Grouping) {
  const conditions = [
    ...(where === undefined ? [] : [`(${where})`]),
    ...(nullsNotDistinct ? [] : parts.map((part) => `${part} IS NOT NULL`)),
  ];
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `(SELECT 1 FROM ${from}${filter} GROUP BY ${parts.join(', ')} HAVING count(*) > 1) AS twice`;
}

/** The rows that are there may be as they are. */
const isUnchecked = ({ notValid, notEnforced }: CheckConstraint | ForeignKey): boolean =>
  (notValid ?? notEnforced) === true;
