import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import type { Connection } from '../../dialects/common/connection.js';
import type { Environment } from '../options/environment.js';
import { redactSql } from '../running/revision-errors.js';

/**
 * Opens a session for a command that needs the database.
 * @throws MigrationError E5010 when it cannot be reached or refuses the log-in; it names host and port, never a password
 */
export async function connectDatabase(environment: Environment): Promise<Connection> {
  try {
    return await environment.connect();
  } catch (error) {
    throw connectError(environment, error);
  }
}

/** Opens a session for one reading command, and gives it back whatever happens. */
export async function withDatabase<T>(
  environment: Environment,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await connectDatabase(environment);
  try {
    return await use(connection);
  } catch (error) {
    throw databaseError(environment, error);
  } finally {
    await connection.close();
  }
}

/**
 * An error from a session: one that says that the session is gone, or that its file is not a database, becomes E5010, one that says
 * that someone else has the database E5015; any other stays as it is.
 */
export function databaseError(environment: Environment, error: unknown): unknown {
  if (isMigrationError(error)) return error;
  const { session } = environment.dialect();
  if (session.isBusy?.(error)) return isInUse(environment, error);
  const full = session.writeProblem?.(error);
  if (full !== undefined) return takesNothing(environment, full, error);
  if (!session.isConnectionLost(error)) return connectError(environment, error);
  const reason = error instanceof Error ? error.message : String(error);
  return new MigrationError('E5010', {
    problem: `the connection to the database of environment "${environment.name}" was lost: ${redactSql(reason)}`,
    advice: 'Run the command again when the database answers.',
    facts: { environment: environment.name },
    cause: error,
  });
}

/**
 * Ends a session whose settings were changed or whose state is in doubt.
 * @param isReset what was changed was undone already
 */
export async function endSession(connection: Connection, isReset = false): Promise<void> {
  await (connection.destroy?.(isReset) ?? connection.close());
}

function connectError(environment: Environment, error: unknown): unknown {
  if (isMigrationError(error)) return error;
  // Node puts the whole URL, password included, on the error for one that it cannot parse.
  if ((error as { code?: unknown } | null)?.code === 'ERR_INVALID_URL')
    return cannotConnect(environment, 'the URL of the database cannot be parsed');
  const problem = environment.dialect().session.connectProblem(error);
  return problem === undefined ? error : cannotConnect(environment, redactSql(problem), error);
}

const isInUse = (environment: Environment, cause: unknown): MigrationError =>
  new MigrationError('E5015', {
    problem: `a transaction of someone else on the database of environment "${environment.name}" lasted longer than the wait for it: ${redactSql(cause instanceof Error ? cause.message : String(cause))}`,
    advice:
      'What had not been committed was not done. End that transaction, or stop who writes, and run the command again; statementLockTimeoutMs is how long a run waits.',
    facts: { environment: environment.name },
    cause,
  });

const takesNothing = (environment: Environment, why: string, cause: unknown): MigrationError =>
  new MigrationError('E5003', {
    problem: `the database of environment "${environment.name}" does not accept writes: ${redactSql(why)}`,
    advice: 'What had not been committed was not done. Make room, and run the command again.',
    facts: { environment: environment.name },
    cause,
  });

const cannotConnect = (
  environment: Environment,
  problem: string,
  cause?: unknown,
): MigrationError =>
  new MigrationError('E5010', {
    problem: `cannot connect to the database of environment "${environment.name}": ${problem}`,
    advice: `Nothing was done. ${environment.dialect().session.connectAdvice ?? 'Check host, port, user, password and database name.'}`,
    facts: { environment: environment.name },
    cause,
  });
