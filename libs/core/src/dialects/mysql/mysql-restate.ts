import type { ObjectName } from '../../schema/object-name.js';
import { mysqlQuoting } from './mysql-quoting.js';

const { identifier, literal } = mysqlQuoting;

/** A change of a column that is completed from the catalog. */
export interface Restatement {
  readonly table: ObjectName;
  readonly column: string;
  /** `ALTER TABLE t MODIFY COLUMN c`. */
  readonly before: string;
  /** What is told, each part in its place as SQL of the definition; absent where the server is asked. */
  readonly told: Readonly<Partial<Record<Part, string>>>;
  /** `, ALGORITHM=…`. */
  readonly after: string;
  /** The catalog's character set is not that of the column after the change. */
  readonly losesCharacters: boolean;
}

/** The parts of a definition, in their order. */
export type Part =
  | 'type'
  | 'collation'
  | 'generated'
  | 'nullable'
  | 'default'
  | 'onUpdate'
  | 'autoIncrement'
  | 'invisible'
  | 'comment';

/**
 * The statements of a change that says less than MODIFY needs: what is not told is read from the catalog when they run, so that
 * it survives (NOT NULL, a default, a comment would be gone without a word: MySQL 8.0 manual, 15.1.9). A script too.
 */
export function restate(change: Restatement): readonly string[] {
  const parts = PARTS.map((part) => {
    const told = change.told[part];
    if (told !== undefined) return told === '' ? undefined : literal(told);
    if (part === 'type') return unlessJson(change.column, CATALOG.type, "'json'");
    if (part !== 'collation') return CATALOG[part];
    return change.losesCharacters
      ? undefined
      : unlessJson(change.column, CATALOG.collation, 'NULL');
  });
  const definition = [...parts, otherCheck(change.column)]
    .filter((part) => part !== undefined)
    .join(',\n    ');
  const schema = change.table.schema === null ? 'DATABASE()' : literal(change.table.schema);
  return [
    `SET @alembic_change = (SELECT CONCAT(${literal(`${change.before} `)}, CONCAT_WS(' ',
    ${definition}), ${literal(change.after)})
  FROM information_schema.COLUMNS c
  WHERE c.TABLE_SCHEMA = ${schema} AND c.TABLE_NAME = ${literal(change.table.name)} AND c.COLUMN_NAME = ${literal(change.column)})`,
    'PREPARE alembic_change FROM @alembic_change',
    'EXECUTE alembic_change',
  ];
}

const PARTS: readonly Part[] = [
  'type',
  'collation',
  'generated',
  'nullable',
  'default',
  'onUpdate',
  'autoIncrement',
  'invisible',
  'comment',
];

const IS_MARIADB = `VERSION() LIKE '%MariaDB%'`;
const IS_NOW = `c.COLUMN_DEFAULT RLIKE '^current_timestamp'`;

/** What the catalog says of a part; null where there is nothing to say. MySQL has strings there without their quotes. */
const CATALOG: Readonly<Record<Part, string>> = {
  type: 'c.COLUMN_TYPE',
  collation: `CONCAT('CHARACTER SET ', c.CHARACTER_SET_NAME, ' COLLATE ', c.COLLATION_NAME)`,
  generated: `IF(c.GENERATION_EXPRESSION IS NULL OR c.GENERATION_EXPRESSION = '', NULL,
      CONCAT('GENERATED ALWAYS AS (', c.GENERATION_EXPRESSION, ') ', IF(c.EXTRA LIKE '%STORED%', 'STORED', 'VIRTUAL')))`,
  nullable: `IF(${IS_MARIADB} AND c.EXTRA LIKE '%GENERATED%', NULL, IF(c.IS_NULLABLE = 'YES', 'NULL', 'NOT NULL'))`,
  default: `IF(c.COLUMN_DEFAULT IS NULL OR (${IS_MARIADB} AND c.COLUMN_DEFAULT = 'NULL'), NULL, CONCAT('DEFAULT ', IF(${IS_MARIADB} OR ${IS_NOW}, c.COLUMN_DEFAULT,
      IF(c.EXTRA LIKE '%DEFAULT_GENERATED%', CONCAT('(', c.COLUMN_DEFAULT, ')'), QUOTE(c.COLUMN_DEFAULT)))))`,
  onUpdate: `IF(c.EXTRA LIKE '%on update%', REGEXP_SUBSTR(c.EXTRA, 'on update current_timestamp(\\\\([0-9]*\\\\))?'), NULL)`,
  autoIncrement: `IF(c.EXTRA LIKE '%auto_increment%', 'AUTO_INCREMENT', NULL)`,
  invisible: `IF(c.EXTRA LIKE '%INVISIBLE%', 'INVISIBLE', NULL)`,
  comment: `IF(c.COLUMN_COMMENT = '', NULL, CONCAT('COMMENT ', QUOTE(c.COLUMN_COMMENT)))`,
};

/**
 * The checks that were written with a column of the table; only MariaDB has them, and reads executable comments of its own. They keep the
 * name that their column had then: RENAME COLUMN changes what they say only (MariaDB 10.11).
 */
const COLUMN_CHECKS = `FROM information_schema.CHECK_CONSTRAINTS k
      WHERE k.CONSTRAINT_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME = c.TABLE_NAME AND k.LEVEL = 'Column'`;

const jsonCheck = (column: string): string => literal(`json_valid(${identifier(column)})`);

/** What is said of a column but where it is JSON: an alias there, with a check and a collation of its own. */
const unlessJson = (column: string, sql: string, instead: string): string =>
  `/*M! IF(EXISTS (SELECT 1 ${COLUMN_CHECKS}
        AND k.CHECK_CLAUSE = ${jsonCheck(column)}), ${instead}, */ ${sql} /*M! ) */`;

/** A check that was written with the column goes with its old definition. The one that names the column is meant before one of its name. */
function otherCheck(column: string): string {
  const isSaid = `LOCATE(${literal(identifier(column))}, k.CHECK_CLAUSE) > 0`;
  return `/*M! (SELECT CONCAT('CHECK (', k.CHECK_CLAUSE, ')') ${COLUMN_CHECKS}
        AND k.CHECK_CLAUSE <> ${jsonCheck(column)}
        AND (k.CONSTRAINT_NAME = c.COLUMN_NAME OR (${isSaid}
          AND LOCATE(CONCAT('\`', REPLACE(k.CONSTRAINT_NAME, '\`', '\`\`'), '\`'), k.CHECK_CLAUSE) = 0))
      ORDER BY ${isSaid} DESC, k.CONSTRAINT_NAME = c.COLUMN_NAME DESC LIMIT 1), */ NULL`;
}
