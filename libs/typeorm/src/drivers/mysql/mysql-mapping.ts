import type { ColumnMetadata } from '../../schema/metadata-types.js';
import type { SchemaMapping } from '../schema-mapping.js';
import { mysqlColumnShape } from './mysql-columns.js';
import { mysqlInternals } from './mysql-internals.js';
import { spellMysqlType } from './mysql-type-text.js';

/** How TypeORM's drivers `mysql` and `mariadb` become a schema model. */
export const mysqlMapping: SchemaMapping = Object.freeze({
  defaultSchema: (dataSource) => mysqlInternals(dataSource).database ?? '',
  schemaOf: ({ database }) => database,
  // The server calls every one PRIMARY.
  namesPrimaryKeys: false,
  indexNamesAreTaken: 'in the table',
  // One that is too long is refused when it is compiled, as the server would (diff corpus MY-29).
  storedName: (name) => name,
  simpleType: (type, context) => spellMysqlType({ type } as ColumnMetadata, context),
  columnShape: mysqlColumnShape,
  // Labels are part of the column's type.
  enumOf: () => undefined,
  indexShape: ({ isSpatial, isFulltext, parser }) => ({
    ...((isSpatial || isFulltext) && { method: isSpatial ? 'spatial' : 'fulltext' }),
    ...(isFulltext && parser && { parser }),
  }),
  tableShape: ({ engine }) => (engine && !/^innodb$/i.test(engine) ? { engine } : {}),
  checkOf: () => undefined,
} satisfies SchemaMapping);
