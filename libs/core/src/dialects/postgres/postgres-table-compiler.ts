import { MigrationError } from '../../errors/migration-error.js';
import type { Constraint } from '../../operations/constraint-operations.js';
import type { OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Column, PrimaryKey, Table, UniqueConstraint } from '../../schema/schema-model.js';
import { words } from '../common/ddl-clauses.js';
import { DdlCompiler } from '../common/ddl-compiler.js';

/** What PostgreSQL says in its own way about tables and constraints. */
export abstract class PostgresTableCompiler extends DdlCompiler {
  override setTableStorage(operation: OperationOf<'setTableStorage'>): readonly string[] {
    const { table, to } = operation;
    const { unlogged, tablespace } = to;
    this.refuseTableDefaults(table, to);
    return [
      ...parameterChanges(operation),
      ...(unlogged === undefined ? [] : [`SET ${unlogged ? 'UNLOGGED' : 'LOGGED'}`]),
      ...(tablespace === undefined
        ? []
        : [`SET TABLESPACE ${this.name(tablespace ?? 'pg_default')}`]),
    ].map((action) => this.alterTable(table, action));
  }

  protected override tableNoun({ unlogged }: Table): string {
    return unlogged ? 'UNLOGGED TABLE' : 'TABLE';
  }

  protected override tableOptions({ storage, tablespace }: Table): string {
    return words(
      storage && `WITH (${storage.join(', ')})`,
      tablespace !== undefined && `TABLESPACE ${this.name(tablespace)}`,
    );
  }

  /** Only from PostgreSQL 16 on the clause of a column says it. */
  protected override storageOfNew(table: ObjectName, { name, storage }: Column): readonly string[] {
    if (storage === undefined) return [];
    return [
      this.alterTable(
        table,
        `ALTER COLUMN ${this.name(name)} SET STORAGE ${storage.toUpperCase()}`,
      ),
    ];
  }

  protected override compression(method: string): string {
    return `COMPRESSION ${this.name(method)}`;
  }

  override validateConstraint(operation: OperationOf<'validateConstraint'>): readonly string[] {
    const { table, name } = operation;
    return [this.alterTable(table, `VALIDATE CONSTRAINT ${this.name(name)}`)];
  }

  override alterConstraint({ table, name, to }: OperationOf<'alterConstraint'>): readonly string[] {
    const { deferrable, enforced } = to;
    if (enforced !== undefined) this.demandVersion(18, 'ENFORCED of a constraint');
    const clauses = words(
      deferrable === null ? 'NOT DEFERRABLE' : this.deferrable(deferrable),
      enforced !== undefined && (enforced ? 'ENFORCED' : 'NOT ENFORCED'),
    );
    return [this.alterTable(table, `ALTER CONSTRAINT ${this.name(name)} ${clauses}`)];
  }

  protected override notEnforced(notEnforced: true | undefined): string | undefined {
    if (notEnforced) this.demandVersion(18, 'NOT ENFORCED');
    return notEnforced && 'NOT ENFORCED';
  }

  protected override keyColumns(key: PrimaryKey | UniqueConstraint): string {
    const { columns, withoutOverlaps } = key;
    if (!withoutOverlaps) return super.keyColumns(key);
    this.demandVersion(18, 'WITHOUT OVERLAPS');
    return `(${columns.map((name) => this.name(name)).join(', ')} WITHOUT OVERLAPS)`;
  }

  protected override foreignColumns(columns: readonly string[], period: true | undefined): string {
    if (!period) return super.foreignColumns(columns, period);
    this.demandVersion(18, 'PERIOD of a foreign key');
    const last = columns.length - 1;
    const parts = columns.map((name, at) => words(at === last && 'PERIOD', this.name(name)));
    return `(${parts.join(', ')})`;
  }

  protected override usingIndex(added: Constraint, usingIndex: string): string {
    const { type, constraint } = added;
    if (type !== 'primaryKey' && type !== 'unique') {
      throw new MigrationError('E3013', {
        problem: `an index cannot become a constraint of type ${type}`,
        advice: 'Only primary keys and unique constraints take usingIndex.',
      });
    }
    if (constraint.withoutOverlaps) {
      throw new MigrationError('E3013', {
        problem: `index "${usingIndex}" cannot become a key withoutOverlaps: the server makes its own for that`,
        advice: 'Leave out usingIndex.',
      });
    }
    return words(
      constraint.name !== undefined && `CONSTRAINT ${this.name(constraint.name)}`,
      type === 'primaryKey' ? 'PRIMARY KEY' : 'UNIQUE',
      `USING INDEX ${this.name(usingIndex)}`,
      this.deferrable(constraint.deferrable),
    );
  }
}

/** Parameters that are gone get the server's default again. */
function parameterChanges({ table, to, from }: OperationOf<'setTableStorage'>): readonly string[] {
  if (to.storage === undefined) return [];
  if (to.storage === null && from === undefined) throw noParameters(table);
  const target = to.storage ?? [];
  const source = from?.storage ?? [];
  const kept = new Set(target.map(parameterName));
  const gone = source.map(parameterName).filter((name) => !kept.has(name));
  const fresh = target.filter((parameter) => !source.includes(parameter));
  return [
    ...(gone.length > 0 ? [`RESET (${gone.join(', ')})`] : []),
    ...(fresh.length > 0 ? [`SET (${fresh.join(', ')})`] : []),
  ];
}

/** The name in `fillfactor=70`. */
const parameterName = (parameter: string): string => parameter.split('=', 1).join('').trim();

function noParameters(table: ObjectName): MigrationError {
  return new MigrationError('E3013', {
    problem: `op.setTableStorage takes the storage parameters of table "${displayName(table)}" away, but not which`,
    advice: 'List them in "from".',
    facts: { table },
  });
}
