import type { Place } from './place.js';
import { wrongArgument } from './place.js';

/**
 * Checks that an alteration names the same attributes before and after: what only one side names would be lost on the way back.
 * @throws MigrationError E3013
 */
export function checkSameKeys(from: object, to: object, place: Place): void {
  const odd = (left: object, right: object): readonly string[] =>
    Object.keys(left).filter((key) => !Object.hasOwn(right, key));
  const tooMany = odd(from, to);
  const missing = odd(to, from);
  if (tooMany.length + missing.length === 0) return;
  const clause =
    missing.length > 0 ? `lacks "${missing.join('", "')}"` : `has "${tooMany.join('", "')}"`;
  throw wrongArgument(place, {
    clause: `${clause}, ${missing.length > 0 ? 'which the change names' : 'which the change does not name'}`,
    advice: 'Name the same attributes in both; null stands for none.',
  });
}
