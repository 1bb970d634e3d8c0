import type { PortableSql } from '../../schema/portable-type.js';
import { portableSql, withNumbers } from '../common/portable-sql.js';
import { canonicalType } from './sqlite-types.js';

/**
 * Portable types on SQLite, which keeps any name: those that TypeORM's drivers write, so that they read values back as what they were.
 * Time zones and lengths are the app's to keep to ("Datatypes In SQLite", 3).
 */
export const sqlitePortable: PortableSql = portableSql({
  canonicalType,
  now: () => "datetime('now')",
  spellings: {
    string: ({ length }) => withNumbers('varchar', length),
    text: () => 'text',
    integer: () => 'integer',
    smallint: () => 'smallint',
    bigint: () => 'bigint',
    boolean: () => 'boolean',
    decimal: ({ precision, scale }) => withNumbers('decimal', precision, scale),
    float: () => 'float',
    double: () => 'double precision',
    date: () => 'date',
    time: ({ precision }) => withNumbers('time', precision),
    timestamp: ({ precision }) => withNumbers('datetime', precision),
    json: ({ binary }) => (binary ? 'jsonb' : 'json'),
    uuid: () => 'varchar',
    binary: () => 'blob',
  },
});
