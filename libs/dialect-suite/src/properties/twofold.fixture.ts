import * as fc from 'fast-check';

/** One of the two states of a schema. */
export type Side = 'before' | 'after';

/** Something that may be in either state, and may be another one in each. */
export interface Twofold<T> {
  readonly before: T;
  readonly after: T;
  readonly stays: boolean;
  readonly where: 'both' | Side;
}

/** Stays as it is more often than not. */
export const arbTwofold = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Twofold<T>> =>
  fc.record({
    before: arbitrary,
    after: arbitrary,
    stays: fc.oneof(
      { weight: 2, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    where: fc.oneof(
      { weight: 5, arbitrary: fc.constant('both' as const) },
      { weight: 1, arbitrary: fc.constant('before' as const) },
      { weight: 1, arbitrary: fc.constant('after' as const) },
    ),
  });

/** What it is in a state; undefined where it is not there. */
export function onSide<T>(twofold: Twofold<T>, side: Side): T | undefined {
  if (twofold.where !== 'both' && twofold.where !== side) return undefined;
  return twofold.stays ? twofold.before : twofold[side];
}
