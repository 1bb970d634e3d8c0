import type { PortableType } from '../../schema/portable-type.js';
import type { Dialect } from './dialect.js';

/** What of a dialect tells which portable type a native one is. */
export type PortableReader = Pick<Dialect, 'portable'>;

/**
 * The portable type that a dialect spells exactly as this native type, or undefined where there is none. Where several are spelled alike
 * it is the first of the list below: what says its length goes before what does not.
 */
export function portableTypeOf(
  native: string,
  { portable }: PortableReader,
): PortableType | undefined {
  const numbers = (/\(([\d, ]+)\)/.exec(native)?.[1] ?? '').split(',').filter(Boolean).map(Number);
  return candidates(numbers).find((type) => portable.type(type) === native);
}

function candidates([first, second]: readonly number[]): readonly PortableType[] {
  return [...(first === undefined ? [] : sized(first, second)), ...UNSIZED];
}

function sized(first: number, second = 0): readonly PortableType[] {
  return [
    { portable: 'string', length: first },
    { portable: 'decimal', precision: first, scale: second },
    ...precise(first),
  ];
}

const precise = (precision: number): readonly PortableType[] => [
  { portable: 'timestamp', precision },
  { portable: 'timestamp', timezone: true, precision },
  { portable: 'time', precision },
];

const UNSIZED: readonly PortableType[] = [
  { portable: 'string' },
  { portable: 'text' },
  { portable: 'integer' },
  { portable: 'smallint' },
  { portable: 'bigint' },
  { portable: 'boolean' },
  { portable: 'float' },
  { portable: 'double' },
  { portable: 'date' },
  { portable: 'time' },
  { portable: 'timestamp' },
  { portable: 'timestamp', timezone: true },
  { portable: 'json' },
  { portable: 'json', binary: true },
  { portable: 'uuid' },
  { portable: 'binary' },
  // Spelled without digits where they are those of the server (MySQL).
  ...precise(0),
];
