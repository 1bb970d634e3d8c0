import type { SchemaMapping } from '../schema-mapping.js';
import { postgresColumnShape } from './postgres-columns.js';
import { postgresEnumOf } from './postgres-enums.js';
import { postgresInternals } from './postgres-internals.js';
import { spellPostgresType } from './postgres-type-text.js';

/** PostgreSQL keeps so many bytes of a name (NAMEDATALEN - 1) and cuts the rest without an error. */
const MAX_NAME_BYTES = 63;

/** How TypeORM's `postgres` driver becomes a schema model. */
export const postgresMapping: SchemaMapping = Object.freeze({
  defaultSchema: (dataSource) => postgresInternals(dataSource).searchSchema ?? 'public',
  schemaOf: ({ schema }) => schema,
  namesPrimaryKeys: true,
  indexNamesAreTaken: 'in the schema',
  storedName: clipName,
  simpleType: (type, context) => spellPostgresType({ type }, context),
  columnShape: postgresColumnShape,
  enumOf: postgresEnumOf,
  indexShape: ({ isSpatial, type }) => {
    const method = (isSpatial ? 'gist' : type)?.toLowerCase();
    return method === undefined || method === 'btree' ? {} : { method };
  },
  tableShape: () => ({}),
  checkOf: () => undefined,
} satisfies SchemaMapping);

/** The longest beginning of a name that the server keeps, without half a character. */
function clipName(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  let clipped = '';
  for (const character of name) {
    if (Buffer.byteLength(clipped + character) > MAX_NAME_BYTES) break;
    clipped += character;
  }
  return clipped;
}
