import { nameKey } from '../schema/object-name.js';
import type { View } from '../schema/schema-model.js';

/** The views of `start`, by their keys, and all that stand on one of them, directly or not. */
export function viewsAbove(
  views: readonly View[],
  start: ReadonlySet<string>,
): ReadonlySet<string> {
  const above = new Set(start);
  for (let size = -1; size !== above.size;) {
    size = above.size;
    for (const view of views) {
      if (view.dependsOn.some((name) => above.has(nameKey(name)))) above.add(nameKey(view));
    }
  }
  return above;
}
