import type {
  CheckConstraint,
  Column,
  ForeignKey,
  ObjectName,
  Table,
  UniqueConstraint,
} from '@nest-alembic/core';
import * as fc from 'fast-check';
import { buildColumn, arbColumnPair } from './column-pair.fixture.js';
import { arbIndexPair, buildIndex } from './index-pair.fixture.js';
import { arbTwofold, onSide } from './twofold.fixture.js';
import type { Side } from './twofold.fixture.js';

const NAMES = [
  'table',
  'Mixed Case',
  'say "hi"',
  "it's",
  'select',
  'Straße',
  '日本語',
  '$1',
] as const;
const arbComment = fc.option(fc.constantFrom('Who may sign in', "it's", '-- \\ $$'), {
  nil: undefined,
});
const arbDeferrable = fc.constantFrom(undefined, 'initially immediate', 'initially deferred');
const arbAction = fc.constantFrom(undefined, 'cascade', 'set null', 'set default', 'restrict');

/** A table in two states. Its columns, keys and indexes come, go and change on their own. */
export const arbPairOfTables = fc.record({
  presence: arbTwofold(fc.record({ name: fc.constantFrom(...NAMES), comment: arbComment })),
  isElsewhere: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  columns: fc.array(arbColumnPair, { maxLength: 5 }),
  indexes: fc.array(arbIndexPair, { maxLength: 3 }),
  uniques: fc.array(
    arbTwofold(
      fc.record({
        columns: fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 2 }),
        deferrable: arbDeferrable,
        nullsNotDistinct: fc.boolean(),
      }),
    ),
    { maxLength: 2 },
  ),
  checks: fc.array(arbTwofold(fc.record({ form: fc.nat(5), column: fc.nat(5) })), { maxLength: 2 }),
  foreignKeys: fc.array(
    arbTwofold(
      fc.record({
        column: fc.constantFrom('id', 'first', 'second'),
        to: fc.nat(3),
        onDelete: arbAction,
        onUpdate: arbAction,
        match: fc.constantFrom(undefined, 'full'),
        deferrable: arbDeferrable,
      }),
    ),
    { maxLength: 2 },
  ),
  exclusion: arbTwofold(arbDeferrable),
});

/** A table in two states. */
export type PairOfTables = typeof arbPairOfTables extends fc.Arbitrary<infer T> ? T : never;

/** What a table must know of its state. */
export interface TablePlace {
  readonly side: Side;
  readonly key: number;
  readonly name: ObjectName;
  /** All tables of the state. */
  readonly names: readonly ObjectName[];
  readonly hasEnum: boolean;
}

/** The table in one state. */
export function buildTable(table: PairOfTables, place: TablePlace): Table {
  const { side, key, name, names } = place;
  const state = onSide(table.presence, side);
  const columns = columnsOf(table, place);
  const pick = (at: number): Column => columns[at % columns.length] as Column;
  const entity = `Entity${key}`;
  const present = <T>(parts: readonly (T | undefined)[]): readonly T[] =>
    parts.filter((part): part is T => part !== undefined);
  return {
    ...name,
    entity,
    columns,
    ...(state?.comment !== undefined && { comment: state.comment }),
    primaryKey: { name: `pk_${key}_0`, columns: ['id'] },
    foreignKeys: present(
      table.foreignKeys.map((one, at): ForeignKey | undefined => {
        const found = onSide(one, side);
        if (!found) return undefined;
        const { column, to, ...rest } = found;
        const target = names[to % names.length] as ObjectName;
        return {
          name: `fk_${key}_${at}`,
          columns: [column],
          referencedTable: target,
          referencedColumns: ['id'],
          ...said(rest),
        };
      }),
    ),
    uniques: withoutRedundant(
      present(
        table.uniques.map((one, at) => {
          const found = onSide(one, side);
          if (!found) return undefined;
          const { columns: picked, deferrable, nullsNotDistinct } = found;
          return {
            name: `uq_${key}_${at}`,
            columns: [...new Set(picked.map((place) => pick(place).name))],
            ...said({ deferrable }),
            ...(nullsNotDistinct && { nullsNotDistinct: true as const }),
          };
        }),
      ),
    ),
    checks: present(
      table.checks.map((one, at): CheckConstraint | undefined => {
        const found = onSide(one, side);
        if (!found) return undefined;
        const expression = checkOf(found.form, pick(found.column));
        return { name: `ck_${key}_${at}`, expression };
      }),
    ),
    exclusions: exclusionsOf(table, place, columns),
    indexes: present(
      table.indexes.map((one, at) => buildIndex(one, { side, name: `ix_${key}_${at}`, columns })),
    ),
  };
}

/** CREATE TABLE leaves out one that says the same as the primary key or an earlier one; ALTER TABLE makes it. */
function withoutRedundant(uniques: Table['uniques']): Table['uniques'] {
  const meaning = ({ name: _name, ...rest }: UniqueConstraint): string => JSON.stringify(rest);
  const said = new Set([JSON.stringify({ columns: ['id'] })]);
  return uniques.filter((unique) => said.size < said.add(meaning(unique)).size);
}

const KEY: Column = { name: 'id', type: 'integer', nullable: false };

function columnsOf(
  { columns }: PairOfTables,
  { side, key, hasEnum }: TablePlace,
): readonly Column[] {
  const own = columns.flatMap((column, at) => buildColumn(column, { side, at, hasEnum }) ?? []);
  const fixed = ['first', 'second'].map((name) => ({ name, type: 'integer', nullable: true }));
  return [KEY, ...fixed, ...own].map((column) => ({
    property: column.name,
    entity: `Entity${key}`,
    ...column,
  }));
}

const CHECKS: readonly ((column: string) => string)[] = [
  () => 'id > 0',
  () => 'id BETWEEN 1 AND 9 OR id IN (20, 30)',
  (column) => `${column} IS NOT NULL`,
  (column) => `( ${column} )::text <> ''`,
  (column) => `length(${column}::text) < 9 -- short`,
  () => `first + second < 10::bigint`,
];

const checkOf = (form: number, { name }: Column): string =>
  (CHECKS[form % CHECKS.length] as (column: string) => string)(`"${name.replaceAll('"', '""')}"`);

function exclusionsOf(
  { exclusion }: PairOfTables,
  { side, key }: TablePlace,
  columns: readonly Column[],
): Table['exclusions'] {
  const range = columns.find(({ type }) => type === 'tstzrange');
  const isPresent = exclusion.where === 'both' || exclusion.where === side;
  if (!range || !isPresent) return [];
  const deferrable = onSide(exclusion, side);
  const definition = `USING gist ("${range.name.replaceAll('"', '""')}" WITH &&)`;
  return [{ name: `ex_${key}_0`, definition, ...said({ deferrable }) }];
}

/** Without what is undefined. */
function said<T extends object>(values: T): { readonly [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { readonly [K in keyof T]?: NonNullable<T[K]> };
}
