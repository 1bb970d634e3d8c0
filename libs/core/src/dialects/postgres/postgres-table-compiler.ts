import { MigrationError } from '../../errors/migration-error.js';
import type { Constraint } from '../../operations/constraint-operations.js';
import type { OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Column, Table } from '../../schema/schema-model.js';
import { words } from '../common/ddl-clauses.js';
import { DdlCompiler } from '../common/ddl-compiler.js';

/** What PostgreSQL says in its own way about tables and constraints. */
export abstract class PostgresTableCompiler extends DdlCompiler {
  override setTableStorage(operation: OperationOf<'setTableStorage'>): readonly string[] {
    const { table, to } = operation;
    const { unlogged, tablespace } = to;
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
    const when = to.deferrable === null ? 'NOT DEFERRABLE' : this.deferrable(to.deferrable);
    return [this.alterTable(table, `ALTER CONSTRAINT ${this.name(name)} ${String(when)}`)];
  }

  protected override usingIndex(added: Constraint, usingIndex: string): string {
    const { type, constraint } = added;
    if (type !== 'primaryKey' && type !== 'unique') {
      throw new MigrationError('E3013', {
        problem: `an index cannot become a constraint of type ${type}`,
        advice: 'Only primary keys and unique constraints take usingIndex.',
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
