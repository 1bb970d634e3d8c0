import type { Connection } from '../common/connection.js';
import type { NotAsked } from '../common/dialect.js';
import { missingRight } from './postgres-missing-right.js';
import { postgresQuoting } from './postgres-quoting.js';
import { isDenied, sqlState } from './postgres-probe-session.js';

/** No right to (42501), or a session that does not accept writes (25006): nothing can be said then. */
export function isForbidden(error: unknown): boolean {
  return isDenied(error) || sqlState(error) === '25006';
}

/** A standby has no transactions that write: its answer to BEGIN READ WRITE. */
export const isOfStandby = (error: unknown): boolean => sqlState(error) === '0A000';

/** Why the server could not be asked, in words. Must not be called in a transaction. */
export async function whyNotAsked(connection: Connection, denied: unknown): Promise<NotAsked> {
  const { rows } = await connection.query<Place>(
    'SELECT current_database() AS database, current_user AS role, pg_is_in_recovery() AS standby',
  );
  const { database, role, standby } = rows[0] as Place;
  if (standby)
    return {
      problem: `the server of database "${database}" is a standby, on which nothing temporary can be made`,
      advice: 'Run it against the primary.',
    };
  const { identifier } = postgresQuoting;
  const words = denied instanceof Error ? denied.message : String(denied);
  const advice = missingRight(denied) ?? 'Connect with a role whose transactions may write.';
  return {
    problem: `the server refused to role "${role}" to make what spells them: ${words}`,
    advice: advice.replace(' TO this role.', ` TO ${identifier(role)}.`),
  };
}

interface Place {
  readonly database: string;
  readonly role: string;
  readonly standby: boolean;
}
