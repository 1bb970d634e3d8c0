import { finderByName } from '../../schema/find-by-name.js';
import { nameKey } from '../../schema/object-name.js';
import type { Table } from '../../schema/schema-model.js';

/**
 * The objects of the current side that an object of the target could be: the one of the same name, else all that have
 * no namesake, for they may differ in the name only (design D7).
 */
export function counterpartsByName<T extends { readonly name?: string }>(
  current: readonly T[],
  target: readonly T[],
): (object: T, at: number) => readonly T[] {
  const find = finderByName(current);
  let unmatched: readonly T[] | undefined;
  return ({ name }, at) => {
    // Without a name there is no namesake: SQLite has such checks.
    const namesake = name === undefined ? undefined : find(name, at);
    return namesake ? [namesake] : (unmatched ??= withoutNamesake(current, target));
  };
}

function withoutNamesake<T extends { readonly name?: string }>(
  current: readonly T[],
  target: readonly T[],
): readonly T[] {
  const wanted = new Set(target.map(({ name }) => name));
  return current.filter(({ name }) => name === undefined || !wanted.has(name));
}

/**
 * The current table for each table of the target, by the target's name: the namesake, else the table without a
 * namesake that shares most columns, if it has more than half of them: it may be the same under an earlier name.
 */
export function counterpartTables(
  current: readonly Table[],
  target: readonly Table[],
): ReadonlyMap<string, Table> {
  const namesakes = new Map(current.map((table) => [nameKey(table), table]));
  const wanted = new Set(target.map(nameKey));
  const candidates = current
    .filter((table) => !wanted.has(nameKey(table)))
    .map((table) => ({ table, names: new Set(table.columns.map(({ name }) => name)) }));
  const pairs = new Map<string, Table>();
  for (const table of target) {
    const found = namesakes.get(nameKey(table)) ?? mostAlike(table, candidates);
    if (found) pairs.set(nameKey(table), found);
  }
  return pairs;
}

interface Candidate {
  readonly table: Table;
  readonly names: ReadonlySet<string>;
}

function mostAlike(target: Table, candidates: readonly Candidate[]): Table | undefined {
  let best: Table | undefined;
  let most = target.columns.length / 2;
  for (const { table, names } of candidates) {
    const shared = target.columns.filter(({ name }) => names.has(name)).length;
    if (shared > most) [best, most] = [table, shared];
  }
  return best;
}
