import { signatureOf } from '../../schema/signature.js';
import { replaceableKey } from '../common/object-texts.js';
import type { Stage } from './postgres-make-objects.js';
import { isTaken } from './postgres-object-stage.js';
import type { Registered } from './postgres-registered.js';
import { creationOf, findRegistered, registeredKey, renamingOf } from './postgres-registered.js';
import { sameOptions, sameRegistered } from './postgres-same-object.js';
import { postgresSyntax } from './postgres-syntax.js';

/**
 * The views and routines that CREATE OR REPLACE can make of those in the database, and back again: the server is asked, since
 * its rules (columns of a view, arguments and result of a function) are its own.
 */
export async function findReplaceable(
  { connection, request, spare, away }: Stage,
  objects: readonly Registered[],
): Promise<ReadonlySet<string>> {
  const replaceable = new Set<string>();
  for (const one of objects) {
    const before = findRegistered(request.current, one);
    const old = before && away.get(registeredKey(before));
    if (before === undefined || old === undefined || !canDiffer(before, one)) continue;
    const own = one.object.name;
    const isPossible = await isTaken(connection, [
      ...renamingOf(one, spare()),
      ...renamingOf(named(before, old), own),
      ...replacing(one),
      ...replacing(before),
    ]);
    if (isPossible) replaceable.add(keyOf(one));
  }
  return replaceable;
}

/** The key that a diff asks with. */
function keyOf({ kind, object }: Registered): string {
  const { schema, name } = object as { readonly schema: string | null; readonly name: string };
  if (kind !== 'routine') return replaceableKey('view', { schema, name });
  return replaceableKey('routine', { schema, name: `${name}(${signatureOf(object.arguments)})` });
}

/** Whether there is anything to replace, and something that can be. */
function canDiffer(before: Registered, one: Registered): boolean {
  if (before.kind === 'view' && one.kind === 'view') {
    if (before.object.materialized || one.object.materialized) return false;
    return !sameRegistered(before, one) || !sameOptions(before, one);
  }
  return one.kind === 'routine' && !sameRegistered(before, one);
}

const named = (one: Registered, name: string): Registered =>
  ({ ...one, object: { ...one.object, name } }) as Registered;

function replacing(one: Registered): readonly string[] {
  const operation = creationOf(one);
  if (operation.kind !== 'createView' && operation.kind !== 'createRoutine') return [];
  return postgresSyntax.compile({ ...operation, orReplace: true });
}
