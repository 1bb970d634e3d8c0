import { differencesOf } from './mariadb-differences.js';
import type { MysqlServer } from './mysql-server.js';

/**
 * What an ALTER is expected to need, from the least to the most: said in it, so that the server refuses it where it would need
 * more (`reference/lint-rules.md` §4.3, measured on MariaDB 10.11; MySQL from its manual 15.12.1, unmeasured).
 */
export type Cost =
  /** A new column: no row is touched. */
  | 'newColumn'
  /** The definition alone. */
  | 'metadata'
  /** Indexes, while rows are read and written. */
  | 'index'
  /** Indexes, while rows are read. */
  | 'lockedIndex'
  /** The table is rebuilt while rows are read and written. */
  | 'rebuild'
  /** The table is rebuilt while rows are read. */
  | 'lockedRebuild'
  /** The table is copied row by row, while rows are read. */
  | 'copy';

/** All costs, from the least to the most. */
export const ORDER: readonly Cost[] = [
  'newColumn',
  'metadata',
  'index',
  'lockedIndex',
  'rebuild',
  'lockedRebuild',
  'copy',
];

/** The greatest of several costs. */
export const greatest = (costs: readonly Cost[]): Cost =>
  ORDER.findLast((cost) => costs.includes(cost)) ?? 'metadata';

/** What says a cost: `ALGORITHM=INPLACE` and, where one can be asked for, `LOCK=NONE`. */
export function costClauses(cost: Cost, server: MysqlServer): readonly string[] {
  const { noCopy, instant, instantColumns } = differencesOf(server);
  const inPlace = ['ALGORITHM=INPLACE', 'LOCK=NONE'];
  const clauses: Readonly<Record<Cost, readonly string[]>> = {
    newColumn: instantColumns ? ['ALGORITHM=INSTANT'] : inPlace,
    metadata: instant ? ['ALGORITHM=INSTANT'] : inPlace,
    index: [`ALGORITHM=${noCopy}`, 'LOCK=NONE'],
    lockedIndex: ['ALGORITHM=INPLACE', 'LOCK=SHARED'],
    rebuild: inPlace,
    lockedRebuild: ['ALGORITHM=INPLACE', 'LOCK=SHARED'],
    copy: ['ALGORITHM=COPY', 'LOCK=SHARED'],
  };
  return clauses[cost];
}
