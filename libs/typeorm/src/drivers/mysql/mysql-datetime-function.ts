import type { SqlText } from '@nest-alembic/core';

/**
 * CURRENT_TIMESTAMP and NOW() with the precision of their column; any other text stays. TypeORM writes the precision 6 of its
 * special columns beside any precision that the column is given: MySQL refuses that, MariaDB cuts the moment off.
 */
export function datetimeFunction(sql: SqlText, precision: number | null | undefined): SqlText {
  if (!/^(?:current_timestamp|now)\s*(?:\(\s*\d*\s*\))?$/i.test(sql)) return sql;
  return precision ? `CURRENT_TIMESTAMP(${precision})` : 'CURRENT_TIMESTAMP';
}
