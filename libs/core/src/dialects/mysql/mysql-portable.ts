import type { PortableSql } from '../../schema/portable-type.js';
import { portableSql, withNumbers } from '../common/portable-sql.js';
import { differencesOf } from './mariadb-differences.js';
import type { MysqlServer } from './mysql-server.js';
import { baseOf, canonicalType, numbersOf } from './mysql-types.js';

/** What a varchar, which must have a length here, gets where none is said: TypeORM's choice. */
const STRING_LENGTH = 255;
/** Digits of a second that a moment gets where none are said: as many as other databases keep. */
const SECOND_DIGITS = 6;

/** Portable types on MySQL and MariaDB (MySQL 8.4 manual, chapter 13), as TypeORM's drivers make them of the same words. */
export function mysqlPortable(server: MysqlServer): PortableSql {
  const { uuidType } = differencesOf(server);
  return portableSql({
    canonicalType,
    now: (columnType) => withNumbers('CURRENT_TIMESTAMP', fractionOf(columnType)),
    spellings: {
      string: ({ length = STRING_LENGTH }) => withNumbers('varchar', length),
      text: () => 'text',
      integer: () => 'int',
      smallint: () => 'smallint',
      bigint: () => 'bigint',
      boolean: () => 'tinyint',
      decimal: ({ precision, scale }) => withNumbers('decimal', precision, scale),
      float: () => 'float',
      double: () => 'double',
      date: () => 'date',
      time: ({ precision }) => withNumbers('time', precision),
      timestamp: ({ timezone, precision = SECOND_DIGITS }) =>
        withNumbers(timezone ? 'timestamp' : 'datetime', precision),
      json: () => 'json',
      uuid: () => uuidType,
      binary: () => 'blob',
    },
  });
}

/** The server wants the digits of a default to be those of the column (MySQL 8.4 manual, 13.2.5). */
function fractionOf(columnType: string | undefined): number | undefined {
  if (columnType === undefined) return SECOND_DIGITS;
  const type = canonicalType(columnType);
  return /^(?:datetime|timestamp)$/.test(baseOf(type)) ? numbersOf(type)[0] : SECOND_DIGITS;
}
