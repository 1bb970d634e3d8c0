import type { Column, Table } from '../schema/schema-model.js';
import { call, columnOptions, entityOption } from './call-arguments.js';
import { constraintArguments } from './constraint-call.js';
import type { Constraint, ConstraintType } from './constraint-operations.js';
import type { OperationCall, TableBodyCode } from './operation-call.js';

const METHODS: Readonly<Record<ConstraintType, string>> = {
  primaryKey: 'primaryKey',
  foreignKey: 'foreignKey',
  unique: 'unique',
  check: 'check',
  exclusion: 'exclude',
};

/** The body of `op.createTable`: columns first, then the constraints by type. */
export function tableBody(table: Table): TableBodyCode {
  const items = [
    ...table.columns.map((column) => columnCall(table, column)),
    ...allConstraints(table).map(constraintCall),
  ];
  return { code: 'tableBody', items };
}

/** The constraints of a table by type, primary key first. */
export function allConstraints(table: Table): readonly Constraint[] {
  return [
    ...(table.primaryKey ? [{ type: 'primaryKey', constraint: table.primaryKey } as const] : []),
    ...table.uniques.map((constraint) => ({ type: 'unique', constraint }) as const),
    ...table.checks.map((constraint) => ({ type: 'check', constraint }) as const),
    ...table.exclusions.map((constraint) => ({ type: 'exclusion', constraint }) as const),
    ...table.foreignKeys.map((constraint) => ({ type: 'foreignKey', constraint }) as const),
  ];
}

function columnCall(table: Table, column: Column): OperationCall {
  const options = columnOptions(column);
  return call('column', column.name, column.type, {
    ...options,
    nullable: nullability(table, column),
  });
}

/** Key columns are NOT NULL unless the call says otherwise; others the other way round. */
function nullability(table: Table, { name, nullable }: Column): boolean | undefined {
  const isKey = table.primaryKey?.columns.includes(name) ?? false;
  return nullable === isKey ? nullable : undefined;
}

/** A constraint as an item of a body. */
export function constraintCall(added: Constraint): OperationCall {
  const { positional, options } = constraintArguments(added);
  return call(METHODS[added.type], ...positional, {
    ...options,
    ...entityOption(added.constraint),
  });
}
