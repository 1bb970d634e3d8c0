import type { SchemaMapping } from '../schema-mapping.js';
import type { ColumnMetadata } from '../../schema/metadata-types.js';
import { spellSqliteType, sqliteCheckOf, sqliteColumnShape } from './sqlite-columns.js';

/** How TypeORM's drivers for SQLite become a schema model. */
export const sqliteMapping: SchemaMapping = Object.freeze({
  defaultSchema: () => 'main',
  // An attached database, by the name that TypeORM gives it.
  schemaOf: ({ schema }) => schema,
  namesPrimaryKeys: false,
  indexNamesAreTaken: 'in the schema',
  storedName: (name) => name,
  simpleType: (type, context) => spellSqliteType({ type } as ColumnMetadata, context),
  columnShape: sqliteColumnShape,
  enumOf: () => undefined,
  indexShape: () => ({}),
  tableShape: ({ withoutRowid }) => (withoutRowid ? { storage: ['WITHOUT ROWID'] } : {}),
  checkOf: sqliteCheckOf,
} satisfies SchemaMapping);
