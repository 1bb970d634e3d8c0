import { NUMBERS, STRINGS } from './postgres-cast-tables.js';
import { baseOf, elementOf, modifiersOf } from './postgres-types.js';
import { digitsHeld, digitsNeeded, keepsValues, lengthOf } from './postgres-widening.js';

/**
 * True when the cast from one canonical type to another can round or cut a value without an error. A cast that fails
 * for a value that does not fit is none: it stops the migration, and nothing is lost.
 */
export function canLose(from: string, to: string): boolean {
  const [source, target] = [elementOf(from) ?? from, elementOf(to) ?? to];
  if (keepsValues(source, target)) return false;
  const rule = LOSS_RULES.find(({ targets }) => targets.has(baseOf(target)));
  return rule?.loses(source, target) ?? LOSSY_PAIRS.has(`${baseOf(source)} > ${baseOf(target)}`);
}

interface LossRule {
  readonly targets: ReadonlySet<string>;
  loses(this: void, from: string, to: string): boolean;
}

const INEXACT = new Set(['real', 'double precision']);

/** What each family of targets does to values that it cannot hold. */
const LOSS_RULES: readonly LossRule[] = [
  // Blanks beyond the length are cut (SQL standard); names are cut at 63 bytes.
  { targets: new Set(['name', '"char"']), loses: () => true },
  {
    targets: STRINGS,
    loses: (from, to) => STRINGS.has(baseOf(from)) && lengthOf(to) < lengthOf(from),
  },
  { targets: INEXACT, loses: (from) => baseOf(from) !== 'boolean' },
  {
    targets: new Set(['smallint', 'integer', 'bigint', 'numeric', 'money']),
    loses: losesFraction,
  },
  { targets: new Set(['boolean']), loses: (from) => NUMBERS.has(baseOf(from)) },
  {
    targets: new Set(['date', 'time without time zone', 'time with time zone', 'interval']),
    loses: (from, to) =>
      baseOf(from) !== 'time without time zone' || secondsOf(to) < secondsOf(from),
  },
  {
    targets: new Set(['timestamp without time zone', 'timestamp with time zone']),
    loses: (from, to) => STRINGS.has(baseOf(from)) || secondsOf(to) < secondsOf(from),
  },
];

/** Casts that drop a part of a value: the host of an address, corners of a shape, leading bits. */
const LOSSY_PAIRS = new Set([
  'inet > cidr',
  'integer > bit',
  'bigint > bit',
  'box > circle',
  'box > lseg',
  'box > point',
  'circle > box',
  'circle > point',
  'circle > polygon',
  'lseg > point',
  'path > polygon',
  'polygon > box',
  'polygon > circle',
  'polygon > path',
  'polygon > point',
]);

function losesFraction(from: string, to: string): boolean {
  const fraction = baseOf(to) === 'money' ? 2 : (digitsHeld(to)?.fraction ?? 0);
  const isText = STRINGS.has(baseOf(from));
  if (isText || baseOf(from) === 'jsonb') return !isExactFromText(to, isText);
  return INEXACT.has(baseOf(from)) || (digitsNeeded(from)?.fraction ?? 0) > fraction;
}

/** A text with a fraction is no integer to the server: an error. A number in `jsonb` is rounded. */
function isExactFromText(to: string, isText: boolean): boolean {
  if (baseOf(to) === 'numeric') return modifiersOf(to).length === 0;
  return isText && baseOf(to) !== 'money';
}

/** Digits of a second: 6 where the type does not say it, none in a date. */
function secondsOf(type: string): number {
  return baseOf(type) === 'date' ? 0 : (modifiersOf(type)[0] ?? 6);
}
