import type { Stage } from './postgres-make-objects.js';
import { inspectPostgres } from './postgres-inspector.js';
import { isTaken } from './postgres-object-stage.js';
import type { Registered } from './postgres-registered.js';
import { creationOf, findRegistered, renamingOf } from './postgres-registered.js';
import { sameRegistered } from './postgres-same-object.js';
import { postgresSyntax } from './postgres-syntax.js';
import { attempt } from './postgres-object-stage.js';

/** How often a spelling is spelled again, as in `resolveSlots`. */
export const MOST_ROUNDS = 2;

/**
 * The registered objects, those that are the same as in the database spelled as it has them. A server's own spelling, read as
 * SQL, may get another one (`IN` on a varchar), and a revision holds that: so what differs is made again from what
 * was read back, and compared once more.
 */
export async function respell(
  stage: Stage,
  made: readonly Registered[],
): Promise<readonly Registered[]> {
  const { current } = stage.request;
  const settled = new Map<Registered, Registered>();
  let open = made.flatMap((one) => {
    const before = findRegistered(current, one);
    if (before === undefined) return [];
    if (sameRegistered(before, one)) settled.set(one, asBefore(before, one));
    return settled.has(one) ? [] : [{ one, before, latest: one }];
  });
  for (let round = 0; round < MOST_ROUNDS && open.length > 0; round += 1) {
    const read = await makeAgain(
      stage,
      open.map(({ latest }) => latest),
    );
    open = open.flatMap(({ one, before, latest }, at) => {
      const next = read[at];
      if (next === undefined || sameRegistered(latest, next)) return [];
      if (sameRegistered(before, next)) settled.set(one, asBefore(before, one));
      return settled.has(one) ? [] : [{ one, before, latest: next }];
    });
  }
  return made.map((one) => settled.get(one) ?? one);
}

/** The text of the database with the mark, and what is said besides, of the registered one. */
export function asBefore(before: Registered, one: Registered): Registered {
  const { object } = one;
  if (before.kind === 'view' && one.kind === 'view') {
    // Options and indexes are the text's: the diff compares them.
    const { definition, dependsOn } = before.object;
    return { ...one, object: { ...one.object, definition, dependsOn } };
  }
  if (before.kind === 'trigger' && one.kind === 'trigger') {
    const { state: _state, comment: _said, ...trigger } = before.object;
    const { state, comment, entity } = one.object;
    return { ...one, object: { ...trigger, ...said({ state, comment, entity }) } };
  }
  const { comment: _comment, ...kept } = before.object;
  return {
    ...one,
    object: {
      ...kept,
      ...said({ comment: object.comment, entity: object.entity }),
    },
  } as Registered;
}

type Said<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

const said = <T extends object>(values: T): Said<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Said<T>;

/** Each of them, read back after it was made from its own text; undefined where the server refuses that. */
async function makeAgain(
  { connection, request, spare }: Stage,
  objects: readonly Registered[],
): Promise<readonly (Registered | undefined)[]> {
  const statements = objects.map((one) => [
    ...renamingOf(one, spare()),
    ...postgresSyntax.compile(creationOf(one)),
  ]);
  const taken: boolean[] = [];
  for (const one of statements) {
    const isPossible = await isTaken(connection, one);
    if (isPossible) await attempt(connection, one);
    taken.push(isPossible);
  }
  const model = await inspectPostgres(connection, request.inspect);
  return objects.map((one, at) => (taken[at] ? findRegistered(model, one) : undefined));
}
