/** A moment as the clock of one time zone shows it. */
export interface ZonedTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Seconds since 1970, the same in every zone. */
  readonly epoch: number;
  /** ISO 8601 to the second, with the offset of the zone; `Z` for UTC. */
  readonly iso: string;
}

/** Reads the clock of a time zone. @param zone as {@link locateTimeZone} returns it */
export function zonedTime(date: Date, zone: string): ZonedTime {
  const parts = new Map(
    new Intl.DateTimeFormat('en-US', { ...FIELDS, timeZone: zone })
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
  const field = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
  const clock = {
    year: field('year'),
    month: field('month'),
    day: field('day'),
    hour: field('hour'),
    minute: field('minute'),
    second: field('second'),
  };
  const offset = zone === UTC ? 'Z' : offsetOf(parts.get('timeZoneName') ?? '');
  return { ...clock, epoch: Math.floor(date.getTime() / 1000), iso: `${isoOf(clock)}${offset}` };
}

/** The name by which a time zone is known, in capitals or not (CFG-15); undefined for an unknown one. */
export function locateTimeZone(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** The zone when none is set. */
export const UTC = 'UTC';

const FIELDS: Intl.DateTimeFormatOptions = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
  timeZoneName: 'longOffset',
};

/** `GMT+05:30` is `+05:30`; plain `GMT` is `+00:00`. */
const offsetOf = (text: string): string => text.replace(/^GMT/, '') || '+00:00';

function isoOf(clock: Omit<ZonedTime, 'epoch' | 'iso'>): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = [String(clock.year).padStart(4, '0'), two(clock.month), two(clock.day)].join('-');
  return `${date}T${[clock.hour, clock.minute, clock.second].map(two).join(':')}`;
}
