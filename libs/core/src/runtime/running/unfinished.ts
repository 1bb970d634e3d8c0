import { MigrationError } from '../../errors/migration-error.js';
import type { LedgerRow } from '../../dialects/common/ledger-tables.js';
import type { Dialect } from '../../dialects/common/dialect.js';
import type { ObjectName } from '../../schema/object-name.js';
import { displayName } from '../../schema/object-name.js';
import { qualifiedVersionTable } from '../session/default-schema-of.js';
import type { VersionTablePlace } from '../session/read-rows.js';

/** Which ledger, and who can read its statements. */
interface LedgerOf {
  readonly versionTable: ObjectName;
  readonly dialect: Dialect;
  /** Of the version table: where the unfinished revision began. */
  readonly rows: readonly string[];
}

/**
 * Refuses to go on where a revision was left unfinished outside of a transaction: what the ledger says is all that is known,
 * and a person decides. This is the place for deciding by the catalog what can be decided (reliability.md §3.5).
 * @throws MigrationError E6011
 */
export function refuseUnfinished(place: LedgerOf, ledger: readonly LedgerRow[]): void {
  const error = unfinished(place, ledger);
  if (error !== undefined) throw error;
}

/** What a command that only reads tells of the ledger, where it may read it; undefined as for {@link leftUnfinished}. */
export async function readUnfinished(
  place: VersionTablePlace & LedgerOf,
): Promise<MigrationError | undefined> {
  const { connection, dialect, versionTable } = place;
  try {
    const { rows } = await connection.query<LedgerRow>(
      dialect.versionTables.ledger.select(versionTable),
    );
    return await leftUnfinished(place, rows);
  } catch (error) {
    const kind = dialect.session.errorKind(error);
    if (kind === 'missingTable' || kind === 'denied') return undefined;
    throw error;
  }
}

/**
 * What a command that only reads tells of a ledger, as E6011; undefined where it is empty, and where the run that writes it
 * is at work: as far as the database says who has the lock.
 */
export async function leftUnfinished(
  place: VersionTablePlace & LedgerOf,
  ledger: readonly LedgerRow[],
): Promise<MigrationError | undefined> {
  if (ledger.length === 0) return undefined;
  const { connection, dialect, rows } = place;
  const versionTable = await qualifiedVersionTable(place);
  const holder = await dialect.session.lockHolder(connection, versionTable);
  return holder == null || holder.pid === null
    ? unfinished({ versionTable, dialect, rows }, ledger)
    : undefined;
}

/** The first revision that a ledger has lines of. */
function unfinished(
  { versionTable, dialect, rows }: LedgerOf,
  ledger: readonly LedgerRow[],
): MigrationError | undefined {
  const [first] = ledger;
  if (first === undefined) return undefined;
  const { revision, direction } = first;
  const lines = ledger.filter((row) => row.revision === revision && row.direction === direction);
  const table = `${displayName(versionTable)}_ledger`;
  const end = direction === 'upgrade' ? `"stamp ${revision}"` : 'a stamp of its down revision';
  return new MigrationError('E6011', {
    problem: `${direction} of revision "${revision}" was left unfinished outside of a transaction: ${lines.map((row) => describe(row, dialect)).join('; ')}`,
    advice: `Nothing was run. Look at the database: bring it by hand to where that ${direction} ends and run ${end}, or take back what is done and run "stamp ${rows.join(' ') || 'base'}". A stamp also removes the lines from "${table}".`,
    facts: {
      revision,
      direction,
      ledger: table,
      statements: lines.map(({ stmt_no, state, target, statement, error }) => {
        return { number: stmt_no, state, target, statement, error };
      }),
    },
  });
}

function describe(row: LedgerRow, { session }: Pick<Dialect, 'session'>): string {
  const { stmt_no, state, target, statement, error } = row;
  // Free SQL is its own description.
  const what = target.includes(statement.slice(0, 40)) ? target : `${target}: ${statement}`;
  const name = `statement ${stmt_no} (${shorten(what)})`;
  if (state === 'done') return `${name} is done`;
  const end = state === 'running' ? 'was in flight' : `failed: ${error ?? ''}`;
  const left = session.leftBehind?.(statement);
  return `${name} ${end}${left === undefined ? '' : `, and ${left}`}`;
}

const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
};
