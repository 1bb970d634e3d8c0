import type { ConstraintType } from '../operations/constraint-operations.js';
import type { Operation } from '../operations/operation.js';
import { nameKey, type ObjectName } from '../schema/object-name.js';
import type { SchemaModel, Table } from '../schema/schema-model.js';
import type { TablePair } from './diff-columns.js';
import { constraintPairs, constraintsOf } from './diff-constraints.js';
import { indexPairs } from './diff-indexes.js';
import type { DiffDialect } from './diff-part.js';
import { orderRenames } from './order-renames.js';

/** A key or an index that is called otherwise than in the model, and what would give it the name of the model. */
interface OldName {
  readonly from: ObjectName;
  readonly to: ObjectName;
  readonly rename: (from: string, to: string) => Operation;
}

/** The operations with the renames that they need: see {@link freedNames}; none where a name is taken once in a table. Pure. */
export const withFreedNames = (
  sides: Parameters<typeof freedNames>[0],
  operations: readonly Operation[],
  { capabilities }: Pick<DiffDialect, 'capabilities'>,
): readonly Operation[] =>
  capabilities.keyNamesPerSchema ? [...freedNames(sides, operations), ...operations] : operations;

/**
 * Renames of keys and indexes that keep the name of an earlier table or column (design D7), where an operation gives that name to
 * something new: names of keys and indexes are taken once in a schema (PostgreSQL manual, CREATE INDEX). They get the names of
 * the model; what is not in the model keeps its own, and the server refuses the new one. Pure.
 */
export function freedNames(
  { current, target }: { readonly current: SchemaModel; readonly target: SchemaModel },
  operations: readonly Operation[],
): readonly Operation[] {
  const needed = new Set(operations.flatMap(namesMadeBy).map(nameKey));
  if (needed.size === 0) return [];
  const old = oldNames(current, target);
  const wanted: OldName[] = [];
  for (let size = -1; size !== wanted.length;) {
    size = wanted.length;
    const next = old.filter((one) => !wanted.includes(one) && needed.has(nameKey(one.from)));
    next.forEach(({ to }) => needed.add(nameKey(to)));
    wanted.push(...next);
  }
  const gone = new Set(operations.flatMap(namesGoneBy).map(nameKey));
  const present = current.tables.flatMap(namesIn).filter((name) => !gone.has(nameKey(name)));
  const { ordered } = orderRenames<ObjectName, OldName>(wanted, {
    present,
    target: [],
    keyOf: nameKey,
    spare: (number) => ({ schema: null, name: `nest_alembic_between_${number}` }),
  });
  return ordered.map(({ from, to, rename }) => rename(from.name, to.name));
}

function oldNames(current: SchemaModel, target: SchemaModel): readonly OldName[] {
  const present = new Map(current.tables.map((table) => [nameKey(table), table]));
  return target.tables.flatMap((table) => {
    const before = present.get(nameKey(table));
    return before === undefined ? [] : oldNamesIn({ current: before, target: table });
  });
}

/** Types of constraints that have an index of their own name. */
const KEYS: readonly ConstraintType[] = ['primaryKey', 'unique', 'exclusion'];

function oldNamesIn(pair: TablePair): readonly OldName[] {
  const { schema, name, entity } = pair.target;
  const table = { schema, name };
  const at = (part: string): ObjectName => ({ schema, name: part });
  const marks = entity === undefined ? {} : { entity };
  const keys = KEYS.flatMap((type) =>
    constraintPairs(pair, type).map(({ current, target }) => ({
      from: current.constraint.name,
      to: target.constraint.name,
      rename: (from: string, to: string): Operation => ({
        kind: 'renameConstraint',
        table,
        type,
        from,
        to,
        ...marks,
      }),
    })),
  );
  const indexes = indexPairs({ table, ...pair }).map(({ current, target }) => ({
    from: current.name,
    to: target.name,
    rename: (from: string, to: string): Operation => ({
      kind: 'renameIndex',
      table,
      from,
      to,
      ...marks,
    }),
  }));
  return [...keys, ...indexes].flatMap(({ from, to, rename }) =>
    from === undefined || to === undefined || from === to
      ? []
      : [{ from: at(from), to: at(to), rename }],
  );
}

/** Names of keys and indexes that a table has. */
function namesIn(table: Table): readonly ObjectName[] {
  const keys = KEYS.flatMap((type) => constraintsOf(table, type)).map(
    ({ constraint }) => constraint.name,
  );
  const names = [...keys, ...table.indexes.map(({ name }) => name)];
  return names.flatMap((name) => (name === undefined ? [] : [{ schema: table.schema, name }]));
}

function namesMadeBy(operation: Operation): readonly ObjectName[] {
  switch (operation.kind) {
    case 'createTable':
      return namesIn(operation.table);
    case 'addConstraint': {
      const { type, constraint } = operation.added;
      if (!KEYS.includes(type) || constraint.name === undefined) return [];
      return [{ schema: operation.table.schema, name: constraint.name }];
    }
    case 'createIndex':
      return [{ schema: operation.table.schema, name: operation.index.name }];
    default:
      return [];
  }
}

function namesGoneBy(operation: Operation): readonly ObjectName[] {
  if (operation.kind !== 'dropIndex' && operation.kind !== 'dropConstraint') return [];
  return [{ schema: operation.table.schema, name: operation.name }];
}
