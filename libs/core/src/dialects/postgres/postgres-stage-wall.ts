import { MigrationError } from '../../errors/migration-error.js';
import { isSingleStatement } from './postgres-single-statement.js';

/**
 * Makes a COMMIT of the open transaction fail: a key that is checked only then is violated. The table is gone with the
 * rollback. It stands behind {@link refuseSeveral}, for a text that we split otherwise than the server.
 */
export const FORBID_COMMIT = [
  'CREATE TEMPORARY TABLE nest_alembic_no_commit (one integer UNIQUE DEFERRABLE INITIALLY DEFERRED)',
  'INSERT INTO pg_temp.nest_alembic_no_commit VALUES (1), (1)',
];

/** @throws MigrationError E3017 for a text that is several statements, or begins or ends a transaction */
export function refuseSeveral(statements: readonly string[]): void {
  const statement = statements.find((sql) => !isSingleStatement(sql));
  if (statement !== undefined) throw endsStage(statement);
}

/** For a text that is several statements, or has ended the transaction that is rolled back. */
export function endsStage(statement?: string, cause?: unknown): MigrationError {
  const [line = ''] = (statement ?? '').split('\n');
  const which = statement === undefined ? 'a text' : `"${line.slice(0, 60)}"`;
  return new MigrationError('E3017', {
    problem: `the objects cannot be made to compare them, as ${which} is more than one statement, or ends the transaction`,
    advice:
      'Nothing was written. A view of an entity, a type and a registered object are one statement each, without COMMIT and ROLLBACK. Correct the text.',
    facts: { ...(statement !== undefined && { statement }) },
    ...(cause !== undefined && { cause }),
  });
}
