import { byteLength, clipToBytes } from '../common/identifier-rules.js';
import { impossible } from '../common/ddl-clauses.js';
import { postgresCapabilities } from './postgres-capabilities.js';
import { canonicalType } from './postgres-types.js';

const SERIAL_TYPES = new Map([
  ['smallint', 'smallserial'],
  ['integer', 'serial'],
  ['bigint', 'bigserial'],
]);

/**
 * The serial type of an integer type.
 *
 * @throws MigrationError E3012 for any other type
 */
export function serialType(type: string, column: string): string {
  const serial = SERIAL_TYPES.get(canonicalType(type));
  if (serial !== undefined) return serial;
  throw impossible(
    `column "${column}" of type ${type} cannot count by itself`,
    'Use smallint, integer or bigint.',
    { column, type },
  );
}

const SEQUENCE_SUFFIX = '_seq';

/**
 * The name that the server gives the sequence of a serial column: `<table>_<column>_seq`, the longer of both parts
 * shortened until it fits (`makeObjectName` in the server). The number that the server adds to a taken name is not
 * known here.
 */
export function serialSequenceName(table: string, column: string): string {
  const room = postgresCapabilities.maxIdentifierBytes - SEQUENCE_SUFFIX.length - 1;
  let [tableBytes, columnBytes] = [byteLength(table), byteLength(column)];
  while (tableBytes + columnBytes > room) {
    if (tableBytes > columnBytes) tableBytes -= 1;
    else columnBytes -= 1;
  }
  return `${clipToBytes(table, tableBytes)}_${clipToBytes(column, columnBytes)}${SEQUENCE_SUFFIX}`;
}
