import type { Session } from '../common/session.js';
import { postgresQuoting } from './postgres-quoting.js';

/** Where the session keeps what its default was. */
const FIRST_DEFAULT = 'nest_alembic.read_only';
const DEFAULT = 'default_transaction_read_only';

const keep = (name: string, value: string): string => `set_config('${name}', ${value}, false)`;

/**
 * See `Session.readOnlyStatements`. Not a transaction: what cannot run inside of one, or asks whether it does, has to be as
 * it is without.
 */
export const readOnlyStatements: NonNullable<Session['readOnlyStatements']> = Object.freeze({
  begin: `SELECT ${keep(FIRST_DEFAULT, `current_setting('${DEFAULT}')`)}; SET ${DEFAULT} TO on`,
  end: `SELECT ${keep(DEFAULT, `current_setting('${FIRST_DEFAULT}')`)}`,
});

/** Words and quoted names, as the catalog has them. */
function namesIn(sql: string): readonly string[] {
  const quoted = [...sql.matchAll(/"((?:[^"]|"")*)"/g)].map(([, name = '']) =>
    name.replaceAll('""', '"'),
  );
  const words = sql.match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [];
  return [...quoted, ...words.map((word) => word.toLowerCase())];
}

/**
 * See `Session.mayChange`: a function or procedure that is not STABLE or IMMUTABLE, of somebody's own or of large objects; a view, as it
 * may call one. Looked for by names alone, also of other schemas: what is told too much is only told.
 */
export function mayChange(queries: readonly string[]): string {
  const names = [...new Set(queries.flatMap(namesIn))].map(postgresQuoting.literal).join(', ');
  return `SELECT EXISTS (SELECT FROM pg_proc
    WHERE proname IN (${names}) AND provolatile = 'v'
      AND (pronamespace <> 'pg_catalog'::regnamespace OR proname ~ '^lo_'))
  OR EXISTS (SELECT FROM pg_class
    WHERE relname IN (${names}) AND relkind = 'v' AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace))
  AS may_change`;
}
