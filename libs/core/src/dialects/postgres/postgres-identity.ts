import type { SequenceOptions } from '../../schema/schema-model.js';

/** What has to be set so that one sequence becomes another. */
export interface SequenceChange {
  readonly options: SequenceOptions;
  /** Limits that get the server's default again, which no value says. */
  readonly removed: readonly ('NO MINVALUE' | 'NO MAXVALUE')[];
}

/** The options of a sequence that differ; one that is gone gets the server's default again. */
export function sequenceChange(from: SequenceOptions, to: SequenceOptions): SequenceChange {
  const target = { ...defaultsOf(to), ...to };
  const source = { ...defaultsOf(from), ...from };
  const names = OPTION_NAMES.filter((name) => source[name] !== target[name]);
  return {
    options: Object.fromEntries(
      names.flatMap((name) => (target[name] === undefined ? [] : [[name, target[name]]])),
    ),
    removed: LIMITS.flatMap(([name, clause]) =>
      names.includes(name) && target[name] === undefined ? [clause] : [],
    ),
  };
}

const OPTION_NAMES = ['increment', 'minValue', 'maxValue', 'start', 'cache', 'cycle'] as const;
const LIMITS = [
  ['minValue', 'NO MINVALUE'],
  ['maxValue', 'NO MAXVALUE'],
] as const;

/** As CREATE SEQUENCE has them: a sequence that runs backwards begins at its greatest value. */
function defaultsOf({ increment = '1', minValue, maxValue }: SequenceOptions): SequenceOptions {
  const start = increment.startsWith('-') ? (maxValue ?? '-1') : (minValue ?? '1');
  return { increment: '1', start, cache: '1', cycle: false };
}
