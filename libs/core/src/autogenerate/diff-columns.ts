import type { TypeCast } from '../dialects/common/dialect.js';
import { WHOLE_COLUMN } from '../operations/changed-attributes.js';
import type { ColumnAttributes } from '../operations/column-operations.js';
import { partRef } from '../operations/effects.js';
import type { Operation } from '../operations/operation.js';
import { displayName, type ObjectName } from '../schema/object-name.js';
import type { Column, Table } from '../schema/schema-model.js';
import { settleColumn, type SettledColumn } from './comparators/settle-column.js';
import {
  askFirst,
  isUndecided,
  type DiffContext,
  type DiffDialect,
  type DiffPart,
  joinParts,
  NO_DIFFERENCE,
  operationsPart,
} from './diff-part.js';
import { decide } from './decisions.js';
import { partsOnColumn } from './parts-on-column.js';
import { sameData } from './same-data.js';
import type { Choice } from './schema-diff.js';

/** The two states of a table that both sides have. */
export interface TablePair {
  readonly current: Table;
  readonly target: Table;
}

/** Columns to add, to alter in place and to drop. Their order within the table is no difference. */
export function diffColumns(pair: TablePair, context: DiffContext): DiffPart {
  const current = new Map(pair.current.columns.map((column) => [column.name, column]));
  const wanted = new Set(pair.target.columns.map(({ name }) => name));
  const table = nameOf(pair.target);
  return joinParts([
    ...pair.target.columns.map((column) => {
      const before = current.get(column.name);
      if (before === undefined) return operationsPart({ kind: 'addColumn', table, column });
      return alterColumn({ table, pair, from: before, to: column }, context);
    }),
    ...pair.current.columns
      .filter(({ name }) => !wanted.has(name))
      .map((column) => dropColumn(pair.current, column, context)),
  ]);
}

const nameOf = ({ schema, name }: ObjectName): ObjectName => ({ schema, name });

/** Where a column came from is no difference. */
const MARKS: ReadonlySet<string> = new Set(['entity', 'property']);

interface ColumnPair {
  readonly table: ObjectName;
  readonly pair: TablePair;
  readonly from: Column;
  readonly to: Column;
}

interface SettledPair extends ColumnPair {
  readonly forced: SettledColumn['forced'];
}

function alterColumn(given: ColumnPair, context: DiffContext): DiffPart {
  const { table } = given;
  const [from, target] = [neverNull(given.from), neverNull(given.to)];
  const settled = settleColumn({ table, current: from, target }, context.rules);
  const { forced } = settled;
  const to = withVisibilityOf(from, settled.to);
  if (forced.length === 0 && sameData(from, to, MARKS)) return NO_DIFFERENCE;
  const columns = { ...given, from, to, forced };
  const changed = changedAttributes(columns, context);
  if (Object.keys(changed.to).length === 0) return NO_DIFFERENCE;
  const operation: Operation = {
    kind: 'alterColumn',
    table,
    name: to.name,
    from: changed.from,
    to: changed.to,
    ...(to.entity !== undefined && { entity: to.entity }),
    ...(to.property !== undefined && { property: to.property }),
  };
  if (changed.to.generated && !from.generated) return plainToGenerated(table, to);
  return changed.to.type === undefined || to.generated
    ? operationsPart(operation)
    : changeType(columns, operation, context);
}

/** No model says whether `SELECT *` shows a column: that is left as the database has it. */
const withVisibilityOf = (from: Column, to: Column): Column =>
  from.invisible ? { ...to, invisible: true } : to;

/** An identity is NOT NULL whatever the model says (AG-31). */
const neverNull = (column: Column): Column =>
  column.identity && column.nullable ? { ...column, nullable: false } : column;

/** The attributes that differ, on both sides; `null` where a side has none. */
function changedAttributes(
  columns: SettledPair,
  context: DiffContext,
): { from: ColumnAttributes; to: ColumnAttributes } {
  const differing = comparedAttributes(columns, context);
  const restated = context.dialect.capabilities.restatesColumns;
  const names = [...differing, ...carriedAttributes(columns, differing, restated)];
  const kept = names.some((name) => ['type', 'collation', 'generated'].includes(name))
    ? storageOf(columns)
    : {};
  const pick = (column: Column): ColumnAttributes => ({
    ...Object.fromEntries(names.map((name) => [name, column[name] ?? null])),
    ...kept,
  });
  return { from: withoutForced(pick(columns.from), columns), to: pick(columns.to) };
}

/** What only a hook calls different is set anew, and has no way back: it is the same there. */
function withoutForced(
  from: ColumnAttributes,
  { forced, from: current, to: target }: SettledPair,
): ColumnAttributes {
  const same = forced.filter((name) => sameData(current[name], target[name]));
  const entries = Object.entries(from).filter(([name]) => !same.some((one) => one === name));
  return same.length === 0 ? from : Object.fromEntries(entries);
}

/** How values are stored is left as the database has it, unless the model says it; a change of type would forget it. */
function storageOf({ from, to }: ColumnPair): ColumnAttributes {
  const storage = to.storage ?? from.storage;
  const compression = to.compression ?? from.compression;
  return {
    ...(storage !== undefined && { storage }),
    ...(compression !== undefined && { compression }),
  };
}

function comparedAttributes(
  { pair, from, to, forced }: SettledPair,
  { dialect }: DiffContext,
): (keyof ColumnAttributes)[] {
  const isKey = (table: Table, name: string) => table.primaryKey?.columns.includes(name) ?? false;
  const differs = (name: keyof ColumnAttributes): boolean =>
    forced.some((one) => one === name) || !sameData(from[name] ?? null, to[name] ?? null);
  const names: (keyof ColumnAttributes)[] = [];
  if (forced.includes('type') || !sameType(dialect, from.type, to.type)) names.push('type');
  // The columns of a primary key are NOT NULL whatever the model says.
  if (from.nullable !== to.nullable && !isKey(pair.target, to.name)) names.push('nullable');
  const others = [
    'default',
    'generated',
    'identity',
    'autoIncrement',
    'collation',
    'charset',
    'onUpdate',
    'comment',
  ] as const;
  return [...names, ...others.filter(differs)];
}

const sameType = (dialect: DiffDialect, from: string, to: string): boolean =>
  from === to || dialect.canonicalType(from) === dialect.canonicalType(to);

/**
 * What an alteration has to tell although it stays the same: the server makes it anew with what changes (a default of
 * the old type, the collation, a whole generated column), or asks for it (the type of a collation, of a counter).
 */
const CARRIED: Partial<Record<keyof ColumnAttributes, readonly (keyof ColumnAttributes)[]>> = {
  type: ['default', 'collation', 'autoIncrement'],
  collation: ['type', 'default'],
  generated: ['type', 'nullable', 'collation', 'comment'],
  autoIncrement: ['type'],
};

function carriedAttributes(
  { from, to }: ColumnPair,
  differing: readonly (keyof ColumnAttributes)[],
  restated: boolean,
): readonly (keyof ColumnAttributes)[] {
  if (restated && differing.length > 0)
    return WHOLE_COLUMN.filter((name) => !differing.includes(name));
  const carried = new Set(differing.flatMap((name) => CARRIED[name] ?? []));
  return [...carried].filter(
    (name) => !differing.includes(name) && (from[name] !== undefined || to[name] !== undefined),
  );
}

function changeType(
  columns: ColumnPair,
  operation: Extract<Operation, { kind: 'alterColumn' }>,
  context: DiffContext,
): DiffPart {
  const { table, from, to } = columns;
  const change = `column ${displayName(table)}.${to.name} changes from ${from.type} to ${to.type}`;
  const there = context.dialect.castBetween(from.type, to.type, to.name);
  const place = `${displayName(table)}.${to.name}`;
  const back = context.dialect.castBetween(to.type, from.type, to.name);
  const complete = {
    ...operation,
    ...(there.kind === 'using' && { using: there.expression }),
    ...(back.kind === 'using' && { reverseUsing: back.expression }),
    ...(back.kind === 'none' && {
      reverseUsing: context.dialect.castThroughText(to.type, from.type, to.name),
    }),
  };
  if (there.kind === 'none') return noCast(columns, { change, operation: complete }, context);
  const doubt = doubtOf(there);
  if (doubt === undefined) return operationsPart(complete);
  return askFirst(context, {
    id: `narrow-column:${place}`,
    text: `${change}: ${doubt}. Allow it with --allow-destructive.`,
    operation: complete,
    allow: { answer: 'convert', text: 'convert the values like this' },
    instead: [{ choice: BY_EXPRESSION, make: (answer) => usingAnswer(complete, answer) }],
  });
}

const BY_EXPRESSION: Choice = {
  answer: 'using:',
  text: 'convert the values by the SQL expression that follows',
  free: true,
};

const usingAnswer = <O extends Operation>(operation: O, answer: string): O => ({
  ...operation,
  using: answer.slice(BY_EXPRESSION.answer.length).trim(),
});

/** Why a cast is not taken without asking, if so. */
function doubtOf(cast: TypeCast): string | undefined {
  if (cast.kind === 'none') return undefined;
  const { note } = cast;
  if (!cast.lossy) return note;
  return `this can round or cut values without an error${note === undefined ? '' : ` (${note})`}`;
}

/** Only a person can know how values become others that the database has no cast to. */
function noCast(
  { table, to }: ColumnPair,
  { change, operation }: { readonly change: string; readonly operation: Operation },
  { decisions }: DiffContext,
): DiffPart {
  const question = decide(
    {
      id: `no-cast:${displayName(table)}.${to.name}`,
      kind: 'no-cast',
      text: `${change}, and the database has no cast between them. Add a new column, copy the values in a revision of your own, then drop the old one; or say with which expression they become the others.`,
      choices: [BY_EXPRESSION],
    },
    decisions,
  );
  const { answer } = question;
  if (answer === undefined) return { ...NO_DIFFERENCE, questions: [question] };
  return { ...operationsPart(usingAnswer(operation, answer)), questions: [question] };
}

function plainToGenerated(table: ObjectName, to: Column): DiffPart {
  const place = `${displayName(table)}.${to.name}`;
  return {
    ...NO_DIFFERENCE,
    questions: [
      {
        id: `to-generated:${place}`,
        kind: 'no-cast',
        choices: [],
        text: `column ${place} becomes a generated column, and its present values would be lost. Rename the column in a revision of your own, add the generated one, compare, then drop the old one.`,
      },
    ],
  };
}

function dropColumn(owner: Table, column: Column, context: DiffContext): DiffPart {
  const table = nameOf(owner);
  const ref = partRef('column', table, column.name);
  const { state } = context.memory.of(ref);
  if (state !== 'managed') return { ...NO_DIFFERENCE, untouched: [{ ...ref, state }] };
  const operation: Operation = { kind: 'dropColumn', table, name: column.name, dropped: column };
  if (column.generated) return operationsPart(operation);
  if (isUndecided(context, table, column.name)) return NO_DIFFERENCE;
  const place = `${displayName(table)}.${column.name}`;
  return askFirst(context, {
    id: `drop-column:${place}`,
    allow: { answer: 'drop', text: 'drop it, and its values' },
    text: `column ${place} is not in the model any more: dropping it loses its values${alsoLost(owner, column, context)}. Allow it with --allow-destructive, or keep the property.`,
    operation,
  });
}

/** What others made on the column goes with it; the model does not say so. */
function alsoLost(owner: Table, column: Column, { dialect, memory }: DiffContext): string {
  const names = partsOnColumn(owner, column.name, dialect)
    .filter(({ part }) => memory.of(partRef(part.kind, owner, part.name)).state !== 'managed')
    .map(({ part }) => part.name);
  return names.length === 0
    ? ''
    : `, and with it goes what was not made from the model: ${names.join(', ')}`;
}
