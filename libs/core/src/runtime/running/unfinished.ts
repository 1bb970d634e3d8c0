import { MigrationError } from '../../errors/migration-error.js';
import type { LedgerRow } from '../../dialects/common/ledger-tables.js';
import type { Dialect } from '../../dialects/common/dialect.js';
import { displayName } from '../../schema/object-name.js';
import type { MigrationSession } from '../session/migration-session.js';

/**
 * Refuses to go on where a revision was left unfinished outside of a transaction: what the ledger says is all that is known,
 * and a person decides. This is the place for deciding by the catalog what can be decided (reliability.md §3.5).
 * @throws MigrationError E6011
 */
export function refuseUnfinished(
  { versionTable, dialect }: Pick<MigrationSession, 'versionTable' | 'dialect'>,
  ledger: readonly LedgerRow[],
): void {
  const [first] = ledger;
  if (first === undefined) return;
  const { revision, direction } = first;
  const lines = ledger.filter((row) => row.revision === revision && row.direction === direction);
  const table = `${displayName(versionTable)}_ledger`;
  const end = direction === 'upgrade' ? `"stamp ${revision}"` : 'a stamp of its down revision';
  throw new MigrationError('E6011', {
    problem: `${direction} of revision "${revision}" was left unfinished outside of a transaction: ${lines.map((row) => describe(row, dialect)).join('; ')}`,
    advice: `Nothing was run. Look at the database: bring it by hand to where that ${direction} ends and run ${end}, or take back what is done and stamp the revision that it began at. A stamp also removes the lines from "${table}".`,
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
