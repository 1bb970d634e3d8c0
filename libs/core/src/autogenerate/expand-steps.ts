import type { Quoting } from '../dialects/common/dialect.js';
import type { Capabilities } from '../operations/capabilities.js';
import type { Operation, OperationOf } from '../operations/operation.js';
import type { SqlText } from '../schema/schema-model.js';

/** What the steps are made with. */
export interface StepSettings {
  readonly quoting: Quoting;
  readonly capabilities: Pick<Capabilities, 'cannotUpdateToDefault'>;
  /** The default that the column has before the operation. */
  readonly default?: SqlText | undefined;
}

/**
 * The operations that take the place of one that the rows of the table are in the way of: a column that must not be null comes
 * nullable, gets values and is closed then (DL-30); a default fills what is null, and a new one is set before (DL-31). Others stay as they are.
 */
export function expandSteps(operation: Operation, settings: StepSettings): readonly Operation[] {
  switch (operation.kind) {
    case 'addColumn':
      return addInSteps(operation, settings.quoting);
    case 'alterColumn':
      return closes(operation) ? closeInSteps(operation, settings) : [operation];
    default:
      return [operation];
  }
}

/** A column that must not be null before either is only told so again, where the database wants all of it told. */
const closes = ({ from, to }: OperationOf<'alterColumn'>): boolean =>
  to.nullable === false && from?.nullable !== false;

function addInSteps(operation: OperationOf<'addColumn'>, quoting: Quoting): readonly Operation[] {
  const { table, column } = operation;
  const { entity, property, name } = column;
  return [
    { ...operation, column: { ...column, nullable: true } },
    fill({ table, name }, quoting),
    {
      kind: 'alterColumn',
      table,
      name,
      from: { nullable: true },
      to: { nullable: false },
      ...(entity !== undefined && { entity }),
      ...(property !== undefined && { property }),
    },
  ];
}

function closeInSteps(
  operation: OperationOf<'alterColumn'>,
  { quoting, capabilities, default: before }: StepSettings,
): readonly Operation[] {
  const { nullable, ...to } = operation.to;
  const { nullable: wasNullable = true, ...from } = operation.from ?? {};
  const { using: _using, reverseUsing: _reverse, ...plain } = operation;
  const value = to.default === undefined ? before : (to.default ?? undefined);
  const written = capabilities.cannotUpdateToDefault ? value && `(${value})` : value && 'DEFAULT';
  const closing = nullable === undefined ? {} : { nullable };
  return [
    ...(Object.keys(to).length === 0 ? [] : [{ ...operation, from, to }]),
    fill(operation, quoting, written),
    { ...plain, from: { nullable: wasNullable }, to: closing },
  ];
}

/** With a value that is known, or with a place to write it: until then the rows stay null, and the server says so. */
function fill(
  { table, name }: Pick<OperationOf<'alterColumn'>, 'table' | 'name'>,
  { identifier, qualified }: Quoting,
  value?: string,
): Operation {
  const column = identifier(name);
  const statement = `UPDATE ${qualified(table)} SET ${column} = ${value ?? 'NULL'} WHERE ${column} IS NULL`;
  const hint =
    value === undefined ? ' -- instead of NULL: what the rows get that have no value' : '';
  return { kind: 'execute', sql: statement + hint, undo: '' };
}
