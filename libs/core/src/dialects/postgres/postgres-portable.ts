import type { PortableSql } from '../../schema/portable-type.js';
import { portableSql, withNumbers } from '../common/portable-sql.js';
import { canonicalType } from './postgres-types.js';

/** Portable types on PostgreSQL (manual, chapter 8), as TypeORM's driver makes them of the same words. */
export const postgresPortable: PortableSql = portableSql({
  canonicalType,
  now: () => 'now()',
  spellings: {
    string: ({ length }) => withNumbers('varchar', length),
    text: () => 'text',
    integer: () => 'integer',
    smallint: () => 'smallint',
    bigint: () => 'bigint',
    boolean: () => 'boolean',
    decimal: ({ precision, scale }) => withNumbers('numeric', precision, scale),
    float: () => 'real',
    double: () => 'double precision',
    date: () => 'date',
    time: ({ precision }) => withNumbers('time', precision),
    timestamp: ({ timezone, precision }) =>
      withNumbers(timezone ? 'timestamptz' : 'timestamp', precision),
    json: ({ binary }) => (binary ? 'jsonb' : 'json'),
    uuid: () => 'uuid',
    binary: () => 'bytea',
  },
});
