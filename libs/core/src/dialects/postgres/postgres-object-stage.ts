import { MigrationError } from '../../errors/migration-error.js';
import type { Connection } from '../common/connection.js';
import type { ObjectStatement } from '../common/object-texts.js';
import { isRefusal, oneText, sqlState } from './postgres-probe-session.js';
import { isForbidden } from './postgres-not-asked.js';
import { refuseSeveral } from './postgres-stage-wall.js';

/** Statements that are run together or not at all. */
export interface StageItem {
  readonly statements: readonly string[];
  /** The registered statement that they are; absent for what only prepares. */
  readonly registered?: ObjectStatement;
}

const POINT = 'nest_alembic_stage';

/**
 * Runs the items in the open transaction, in an order in which each finds what it needs: all in one round trip where their own
 * order will do, else one by one until none of the rest can be run.
 * @throws MigrationError E3017 for a registered statement that the server refuses, and as {@link attempt}
 */
export async function runInAnyOrder(
  connection: Connection,
  items: readonly StageItem[],
): Promise<void> {
  if (items.length === 0) return;
  const all = items.flatMap(({ statements }) => statements);
  if (await attempt(connection, all).then(() => true, refusedOnly)) return;
  let open = items;
  for (;;) {
    const refused: { readonly item: StageItem; readonly error: unknown }[] = [];
    for (const item of open) {
      await attempt(connection, item.statements).catch((error: unknown) => {
        refusedOnly(error);
        refused.push({ item, error });
      });
    }
    const last = refused.find(({ item }) => item.registered);
    if (last === undefined) return;
    if (refused.length === open.length) throw refusal(last.item.registered, last.error);
    open = refused.map(({ item }) => item);
  }
}

/**
 * Runs statements as a whole; where one is refused none has an effect.
 * @throws MigrationError E3017 for a text that is several, or ends the transaction
 */
export async function attempt(
  connection: Connection,
  statements: readonly string[],
): Promise<void> {
  refuseSeveral(statements);
  await connection.script(`SAVEPOINT ${POINT}`);
  try {
    await connection.script(oneText([...statements, `RELEASE ${POINT}`]));
  } catch (error) {
    if (isRefusal(error))
      await connection.script(oneText([`ROLLBACK TO ${POINT}`, `RELEASE ${POINT}`]));
    throw error;
  }
}

/**
 * Whether the server takes statements; their effect is undone.
 * @throws MigrationError E3017 for a text that is several, or ends the transaction
 */
export async function isTaken(
  connection: Connection,
  statements: readonly string[],
): Promise<boolean> {
  refuseSeveral(statements);
  const undo = `ROLLBACK TO ${POINT}`;
  await connection.script(`SAVEPOINT ${POINT}`);
  const taken = await connection.script(oneText(statements)).then(() => true, refusedOnly);
  await connection.script(oneText([undo, `RELEASE ${POINT}`]));
  return taken;
}

/** False for a refusal; every other error is thrown on. */
function refusedOnly(error: unknown): false {
  // The codes of our own errors look like those of a server.
  if (error instanceof MigrationError || !isRefusal(error) || isForbidden(error)) throw error;
  return false;
}

function refusal(statement: ObjectStatement | undefined, error: unknown): MigrationError {
  const { source = '', sql = '' } = statement ?? {};
  const reason = error instanceof Error ? error.message : String(error);
  return new MigrationError('E3017', {
    problem: `the server refuses a statement of ${source}: ${reason}`,
    advice:
      'Nothing was written. It was tried with the tables as the models have them, and with all other registered objects, in a transaction that was rolled back. Correct the statement, or the models.',
    facts: { source, statement: sql, sqlState: sqlState(error) },
    cause: error,
  });
}
