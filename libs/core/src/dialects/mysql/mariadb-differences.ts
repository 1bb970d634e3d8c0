import type { MysqlServer } from './mysql-server.js';

/**
 * Where MariaDB and MySQL differ, and since when; nothing else in this folder asks for the name of a server. MariaDB's were measured
 * on 10.11; MySQL's are from the MySQL 8.0 and 8.4 manuals, unmeasured.
 */
export interface Differences {
  /** Statements that end in ALGORITHM=…: DROP INDEX and CREATE INDEX take it as ALTER TABLE does. */
  readonly dropCheck: 'DROP CONSTRAINT' | 'DROP CHECK';
  /** `ALGORITHM=INSTANT` for a column at the end (MySQL 8.0.12), anywhere (8.0.29; MariaDB 10.4), for DROP COLUMN (8.0.29; 10.4). */
  readonly instantAdd: boolean;
  readonly instantDrop: boolean;
  /** MariaDB has NOCOPY between INSTANT and INPLACE (MariaDB manual, ALGORITHM). */
  readonly noCopy: 'NOCOPY' | 'INPLACE';
  /** Key parts that are expressions (MySQL 8.0.13). MariaDB has none: an index on a generated column does it. */
  readonly expressionIndexes: boolean;
  /** `RENAME INDEX` (MySQL 5.7, MariaDB 10.5.2). */
  readonly renameIndex: boolean;
  /** `RENAME COLUMN` (MySQL 8.0.3, MariaDB 10.5.2); else CHANGE. */
  readonly renameColumn: boolean;
  /** Checks are kept and enforced (MySQL 8.0.16). */
  readonly checks: boolean;
  /** `IF [NOT] EXISTS` of columns, indexes and constraints in ALTER TABLE: MariaDB only. */
  readonly ifExistsInAlter: boolean;
  /** Sequences: MariaDB 10.3. */
  readonly sequences: boolean;
  /** JSON is an alias of LONGTEXT with a check (MariaDB), not a type. */
  readonly jsonIsText: boolean;
  /** A default that is an expression stands in parentheses, literals and CURRENT_TIMESTAMP do not. */
  readonly defaultsInParentheses: boolean;
  /** `CHECK` of a column is told by SHOW CREATE TABLE with the column (MariaDB). */
  readonly columnChecks: boolean;
  /** Changes of a column's place or of NULL need no copy. */
  readonly maxStatementTime: 'max_statement_time' | 'max_execution_time';
}

/** What holds for a server. */
export function differencesOf({ flavour, number }: MysqlServer): Differences {
  return flavour === 'mariadb' ? mariadb(number) : mysql(number);
}

const mariadb = (number: number): Differences => ({
  dropCheck: 'DROP CONSTRAINT',
  instantAdd: number >= 100_400,
  instantDrop: number >= 100_400,
  noCopy: 'NOCOPY',
  expressionIndexes: false,
  renameIndex: number >= 100_502,
  renameColumn: number >= 100_502,
  checks: true,
  ifExistsInAlter: true,
  sequences: true,
  jsonIsText: true,
  defaultsInParentheses: false,
  columnChecks: true,
  maxStatementTime: 'max_statement_time',
});

const mysql = (number: number): Differences => ({
  dropCheck: 'DROP CHECK',
  instantAdd: number >= 80_029,
  instantDrop: number >= 80_029,
  noCopy: 'INPLACE',
  expressionIndexes: number >= 80_013,
  renameIndex: true,
  renameColumn: number >= 80_003,
  checks: number >= 80_016,
  ifExistsInAlter: false,
  sequences: false,
  jsonIsText: false,
  defaultsInParentheses: true,
  columnChecks: false,
  maxStatementTime: 'max_execution_time',
});

/** The oldest servers that are supported: MariaDB 10.6 and MySQL 8.0.16, the first with checks that hold. */
export const OLDEST = { mariadb: 100_600, mysql: 80_016 } as const;
