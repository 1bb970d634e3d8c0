import type { PlainPortableName, PortableNow, PortableType } from '../../schema/portable-type.js';
import type { PortableDirectives, PortableTypes } from '../api/type-api.js';
import { argumentsOf, wrongType } from './place.js';
import { readFlag, readLength } from './read-argument.js';
import { readOptions } from './read-options.js';
import type { Reader } from './read-argument.js';

const NOW: PortableNow = Object.freeze({ portable: 'now' });

/** The most digits of a second that all databases keep. */
const MAX_SECOND_DIGITS = 6;

const timeReaders = { precision: upTo(MAX_SECOND_DIGITS) };
const timestampReaders = { ...timeReaders, timezone: readFlag };
const jsonReaders = { binary: readFlag };

/** `op.type` and `op.now`: plain data, the same on every database. */
export const portableDirectives: PortableDirectives = Object.freeze({
  type: Object.freeze<PortableTypes>({
    string: (length) =>
      made({
        portable: 'string',
        ...(length !== undefined && {
          length: readLength(length, argumentsOf('op.type.string')('length')),
        }),
      }),
    decimal: (precision, scale = 0) => {
      const at = argumentsOf('op.type.decimal');
      const digits = readLength(precision, at('precision'));
      return made({
        portable: 'decimal',
        precision: digits,
        scale: upTo(digits)(scale, at('scale')),
      });
    },
    time: (options) =>
      made({
        portable: 'time',
        ...readOptions(timeReaders, options, argumentsOf('op.type.time')('options')),
      }),
    timestamp: (options) =>
      made({
        portable: 'timestamp',
        ...readOptions(timestampReaders, options, argumentsOf('op.type.timestamp')('options')),
      }),
    json: (options) =>
      made({
        portable: 'json',
        ...readOptions(jsonReaders, options, argumentsOf('op.type.json')('options')),
      }),
    text: plain('text'),
    integer: plain('integer'),
    smallint: plain('smallint'),
    bigint: plain('bigint'),
    boolean: plain('boolean'),
    float: plain('float'),
    double: plain('double'),
    date: plain('date'),
    uuid: plain('uuid'),
    binary: plain('binary'),
  }),
  now: () => NOW,
});

function made(type: PortableType): PortableType {
  return Object.freeze(type);
}

function plain(portable: PlainPortableName): () => PortableType {
  const type = made({ portable });
  return () => type;
}

function upTo(most: number): Reader<number> {
  return (value, place) => {
    if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most)
      return value as number;
    throw wrongType(place, value, `a whole number from 0 to ${most}`);
  };
}
