import { MigrationError } from '../../errors/migration-error.js';
import { formOf } from '../../dialects/common/version-sql.js';
import type { VersionTableForm } from '../../dialects/common/version-tables.js';
import type { Step } from '../../graph/step.js';
import { displayName } from '../../schema/object-name.js';
import type { MigrationSession } from './migration-session.js';
import { rightsNeeded } from './rights-needed.js';

/**
 * Makes the version table and the log where they are missing, under the lock and in a transaction of their own; a table
 * that is there is only looked at, so that a role that may not create tables can still migrate.
 * @param steps what will be done: its revision ids have to fit
 * @param found what was found under the lock. @default it is asked for
 * @throws MigrationError E4005 wrong form, E4006 too narrow, E4008 not enough rights
 */
export async function ensureVersionTables(
  session: MigrationSession,
  steps: readonly Step[],
  found?: VersionTableForm,
): Promise<void> {
  const { versionTable } = session;
  const form = found ?? (await readForm(session));
  if (form.present) assertForm(form, session);
  const width = form.present ? form.width : 32;
  const longest = longestId(steps);
  if (width !== null && Number(width) < longest)
    throw tooNarrow(displayName(versionTable), Number(width), longest);
  if (!form.present || !form.log_present) await createTables(session, form);
}

async function readForm({
  connection,
  dialect,
  versionTable,
}: MigrationSession): Promise<VersionTableForm> {
  const { rows } = await connection.query<VersionTableForm>(
    dialect.versionTables.exists(versionTable),
  );
  return formOf(rows[0]);
}

const longestId = (steps: readonly Step[]): number =>
  steps
    .flatMap(({ rowsAfter }) => rowsAfter)
    .reduce((longest, row) => Math.max(longest, row.length), 0);

async function createTables(session: MigrationSession, form: VersionTableForm): Promise<void> {
  const { connection, dialect, versionTable } = session;
  try {
    await dialect.session.beginSetup(connection, versionTable);
    const { create, ledger } = dialect.versionTables;
    const texts = [...create(versionTable), ledger.create(versionTable)];
    await connection.script(texts.join(';\n'));
    await dialect.session.commit(connection);
    session.hasLedger = true;
  } catch (error) {
    await dialect.session.rollback(connection).catch(() => undefined);
    const kind = dialect.session.errorKind(error);
    if (kind !== 'denied' && kind !== 'missingTable') throw error;
    const table = displayName(versionTable);
    throw new MigrationError('E4008', {
      problem: `the ${form.present ? 'log of version' : 'version'} table "${table}" cannot be created: ${(error as Error).message}`,
      advice:
        kind === 'denied'
          ? `Nothing was written. ${dialect.session.adviceFor?.(error) ?? ''} Or let a role that may create tables there run \`ensure-version\` once, and grant this one what it needs.`
          : 'Nothing was written. Create that schema, or name another one in the options.',
      facts: { versionTable: table },
      cause: error,
    });
  }
}

function assertForm(
  form: VersionTableForm,
  { dialect, versionTable }: Pick<MigrationSession, 'dialect' | 'versionTable'>,
): void {
  const table = displayName(versionTable);
  const columns = JSON.parse(form.columns ?? '[]') as readonly string[];
  const isOurs = columns.length === 1 && columns[0] === 'version_num';
  if (!form.is_table || !isOurs || !form.is_text) {
    throw new MigrationError('E4005', {
      problem: form.is_table
        ? `table "${table}" has the columns ${columns.join(', ')}`
        : `"${table}" is no table`,
      advice:
        'A version table has one column, version_num, of a string type. Nothing was written; name another table in the options.',
      facts: { versionTable: table, columns },
    });
  }
  if (!form.can_read || !form.can_write) {
    throw new MigrationError('E4008', {
      problem: `the version table "${table}" cannot be written with the rights of this role`,
      advice: `Nothing was written. ${rightsNeeded(dialect, versionTable)}`,
      facts: { versionTable: table },
    });
  }
}

const tooNarrow = (table: string, width: number, longestId: number): MigrationError =>
  new MigrationError('E4006', {
    problem: `column version_num of "${table}" holds ${width} characters, and a revision id has ${longestId}`,
    advice: 'Nothing was written. Widen the column, or give the revision a shorter id.',
    facts: { versionTable: table, width, longestId },
  });
