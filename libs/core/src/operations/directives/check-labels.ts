import type { AlterEnum } from '../enum-operations.js';
import type { Place } from './place.js';
import { inside, shown, wrongArgument } from './place.js';

type Pair = NonNullable<AlterEnum['renames']>[number];

/**
 * Checks that renames and replacements speak of labels that are there: one that is not would say something that does not happen.
 * @throws MigrationError E3013
 */
export function checkLabels(
  { from, to, renames = [], replacements = [] }: AlterEnum,
  options: Place,
): void {
  const placeOf = (list: string, at: number): Place => inside(inside(options, list), at);
  const labels = renames.reduce(
    (before, pair, at) => renamed(before, pair, placeOf('renames', at)),
    from,
  );
  renames.forEach((pair, at) => {
    // One that is renamed again says its last name there.
    const isLost = labels.includes(pair.to) && !to.includes(pair.to);
    demand(!isLost, pair.to, 'which "to" does not have', { place: placeOf('renames', at) });
  });
  replacements.forEach((pair, at) =>
    checkReplacement(pair, { labels, to }, placeOf('replacements', at)),
  );
}

function renamed(labels: readonly string[], pair: Pair, place: Place): readonly string[] {
  demand(labels.includes(pair.from), pair.from, 'which "from" does not have', { place });
  demand(!labels.includes(pair.to), pair.to, 'which is another label already', { place });
  return labels.map((label) => (label === pair.from ? pair.to : label));
}

function checkReplacement(
  pair: Pair,
  { labels, to }: { readonly labels: readonly string[]; readonly to: readonly string[] },
  place: Place,
): void {
  demand(labels.includes(pair.from), pair.from, 'which "from" does not have', { place });
  demand(!to.includes(pair.from), pair.from, 'which stays: nothing takes its place', {
    place,
    advice: 'Change rows with op.execute, before.',
  });
  demand(to.includes(pair.to), pair.to, 'which "to" does not have', { place });
}

function demand(
  holds: boolean,
  label: string,
  reason: string,
  { place, advice }: { readonly place: Place; readonly advice?: string },
): void {
  if (holds) return;
  const clause = `names ${shown(label)}, ${reason}`;
  throw wrongArgument(place, { clause, ...(advice !== undefined && { advice }) });
}
