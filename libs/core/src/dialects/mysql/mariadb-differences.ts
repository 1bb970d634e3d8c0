import type { MysqlServer } from './mysql-server.js';

/**
 * Where MariaDB and MySQL differ, and since when; nothing else in this folder asks for the name of a server. MariaDB's were measured
 * on 10.11; MySQL's are from the MySQL 8.0 and 8.4 manuals, unmeasured.
 */
export interface Differences {
  /** A check is dropped as any constraint (MariaDB), or as a check. */
  readonly dropCheck: 'DROP CONSTRAINT' | 'DROP CHECK';
  /** Columns come without touching a row, anywhere in the table (MariaDB 10.4, MySQL 8.0.29). */
  readonly instantColumns: boolean;
  /** All changes of the definition alone take ALGORITHM=INSTANT; MySQL does some of them only as INPLACE. */
  readonly instant: boolean;
  /** MariaDB has NOCOPY between INSTANT and INPLACE. */
  readonly noCopy: 'NOCOPY' | 'INPLACE';
  /** Another collation of the same character set needs no copy (MariaDB). */
  readonly collatesInPlace: boolean;
  /** Bytes of a varchar up to which it can grow beyond 255 without a copy (MariaDB 127, MySQL none). */
  readonly shortVarchar: number;
  /** Key parts that are expressions (MySQL 8.0.13). On MariaDB an index on a generated column does it. */
  readonly expressionIndexes: boolean;
  /** `IF [NOT] EXISTS` of columns, indexes and constraints (MariaDB). */
  readonly ifExists: boolean;
  /** JSON is LONGTEXT with a check (MariaDB), not a type. */
  readonly jsonIsText: boolean;
  /** A default that is an expression, or of a text or JSON column, stands in parentheses (MySQL 8.0.13). */
  readonly defaultsInParentheses: boolean;
  /** A generated column can be NOT NULL (MySQL). MariaDB has no syntax for it. */
  readonly generatedNotNull: boolean;
  /** Checks are a part of a column where they were written so (MariaDB), and go with its old definition. */
  readonly columnChecks: boolean;
  /** What a UUID is kept in: a type (MariaDB 10.7), or text. */
  readonly uuidType: 'uuid' | 'varchar(36)';
  /** How long a statement may run: in seconds (MariaDB), or in milliseconds and for SELECT only (MySQL). */
  readonly statementTimeout: 'max_statement_time' | 'max_execution_time';
}

/** What holds for a server. */
export function differencesOf({ flavour, number }: MysqlServer): Differences {
  return flavour === 'mariadb' ? MARIADB : mysql(number);
}

const MARIADB: Differences = {
  dropCheck: 'DROP CONSTRAINT',
  instantColumns: true,
  instant: true,
  noCopy: 'NOCOPY',
  collatesInPlace: true,
  shortVarchar: 127,
  expressionIndexes: false,
  ifExists: true,
  jsonIsText: true,
  defaultsInParentheses: false,
  generatedNotNull: false,
  columnChecks: true,
  uuidType: 'uuid',
  statementTimeout: 'max_statement_time',
};

const mysql = (number: number): Differences => ({
  dropCheck: 'DROP CHECK',
  instantColumns: number >= 80_029,
  instant: false,
  noCopy: 'INPLACE',
  collatesInPlace: false,
  shortVarchar: 0,
  expressionIndexes: true,
  ifExists: false,
  jsonIsText: false,
  defaultsInParentheses: true,
  generatedNotNull: true,
  columnChecks: false,
  uuidType: 'varchar(36)',
  statementTimeout: 'max_execution_time',
});

/** The oldest servers that are supported: MariaDB 10.6, and MySQL 8.0.16, the first whose checks hold. */
export const OLDEST = {
  mariadb: { number: 100_600, name: 'MariaDB 10.6' },
  mysql: { number: 80_016, name: 'MySQL 8.0.16' },
} as const;
