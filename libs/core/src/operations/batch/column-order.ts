import { MigrationError } from '../../errors/migration-error.js';

/** Where a column goes: next to another one. */
export type ColumnPlace =
  | { readonly column: string; readonly before: string }
  | { readonly column: string; readonly after: string };

/** What is said of the order of columns. */
export interface ColumnOrder {
  readonly places?: readonly ColumnPlace[];
  /** Each list says which of its columns comes before which; the others stay about where they are. */
  readonly partialReordering?: readonly (readonly string[])[];
}

/**
 * Names of columns in the order that is asked for: each place is taken in turn, then a stable sort puts the columns that are
 * listed behind each other (BATCH-13, BATCH-25).
 * @throws MigrationError E3014 for a column that is not there, E3013 for orders that contradict each other
 */
export function orderColumns(names: readonly string[], order: ColumnOrder): readonly string[] {
  const { places = [], partialReordering = [] } = order;
  const placed = places.reduce(withPlace, names);
  return partialReordering.length === 0 ? placed : sortStably(placed, partialReordering);
}

function withPlace(names: readonly string[], place: ColumnPlace): readonly string[] {
  const { column } = place;
  const neighbour = 'before' in place ? place.before : place.after;
  for (const name of [column, neighbour]) if (!names.includes(name)) throw missingColumn(name);
  if (column === neighbour) throw contradiction([column]);
  const others = names.filter((name) => name !== column);
  const at = others.indexOf(neighbour) + ('before' in place ? 0 : 1);
  return others.toSpliced(at, 0, column);
}

/** Takes the first column again and again that no other one must come before. */
function sortStably(
  names: readonly string[],
  lists: readonly (readonly string[])[],
): readonly string[] {
  const before = predecessors(names, lists);
  const sorted: string[] = [];
  let waiting = names;
  while (waiting.length > 0) {
    const next = waiting.find((name) =>
      [...(before.get(name) ?? [])].every((other) => sorted.includes(other)),
    );
    if (next === undefined) throw contradiction(waiting);
    sorted.push(next);
    waiting = waiting.filter((name) => name !== next);
  }
  return sorted;
}

function predecessors(
  names: readonly string[],
  lists: readonly (readonly string[])[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const before = new Map<string, Set<string>>(names.map((name) => [name, new Set()]));
  for (const list of lists) {
    for (const [at, name] of list.entries()) {
      const found = before.get(name);
      if (!found) throw missingColumn(name);
      const previous = list[at - 1];
      if (previous !== undefined) found.add(previous);
    }
  }
  return before;
}

const missingColumn = (column: string): MigrationError =>
  new MigrationError('E3014', {
    problem: `the order of the columns names "${column}", which the table does not have`,
    facts: { object: 'column', name: column },
  });

const contradiction = (columns: readonly string[]): MigrationError =>
  new MigrationError('E3013', {
    problem: `the order that is asked for goes in a circle: ${columns.map((name) => `"${name}"`).join(', ')}`,
    advice: 'Take one of the columns out of partialReordering.',
    facts: { columns },
  });
