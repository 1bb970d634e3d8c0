import { column, keyed, named, required, tablesOf } from '../model-builders.js';
import { MADE_ANEW } from '../suite-case.js';
import type { SuiteCase } from '../suite-case.js';

const parent = keyed('parent');
const child = keyed('child', [column('parent_id', 'integer'), required('size', 'integer')]);
const key = {
  name: 'fk_parent',
  columns: ['parent_id'],
  referencedTable: named('parent'),
  referencedColumns: ['id'],
};
const check = { name: 'ck_size', expression: 'size > 0' };
const table = named('child');

/** Cases of batches of changes of one table. */
export const BATCH_CASES: readonly SuiteCase[] = [
  {
    name: 'BATCH-07: the changes of a batch are one ALTER each where ALTER does it',
    before: tablesOf({ ...child, checks: [check] }, parent),
    operations: [
      {
        kind: 'batchAlterTable',
        table,
        operations: [
          { kind: 'addColumn', table, column: column('note', 'text') },
          { kind: 'addConstraint', table, added: { type: 'foreignKey', constraint: key } },
          {
            kind: 'dropConstraint',
            table,
            name: 'ck_size',
            type: 'check',
            dropped: { type: 'check', constraint: check },
          },
          {
            kind: 'alterColumn',
            table,
            name: 'size',
            to: { nullable: true },
            from: { nullable: false },
          },
        ],
      },
    ],
    sql: {
      postgres: [
        'ALTER TABLE "child" ADD COLUMN "note" text',
        'ALTER TABLE "child" ADD CONSTRAINT "fk_parent" FOREIGN KEY ("parent_id") REFERENCES "parent" ("id")',
        'ALTER TABLE "child" DROP CONSTRAINT "ck_size"',
        'ALTER TABLE "child" ALTER COLUMN "size" DROP NOT NULL',
      ],
      sqlite: MADE_ANEW,
      mariadb: [
        'ALTER TABLE `child` ADD COLUMN `note` text, ADD CONSTRAINT `fk_parent` FOREIGN KEY (`parent_id`) REFERENCES `parent` (`id`), DROP CONSTRAINT `ck_size`, ALGORITHM=COPY, LOCK=SHARED',
        "SET @alembic_change = (SELECT CONCAT('ALTER TABLE `child` MODIFY COLUMN `size` ', CONCAT_WS(' ',\n    /*M! IF(EXISTS (SELECT 1 FROM information_schema.CHECK_CONSTRAINTS k\n      WHERE k.CONSTRAINT_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME = c.TABLE_NAME AND k.LEVEL = 'Column'\n        AND k.CHECK_CLAUSE = 'json_valid(`size`)'), 'json', */ c.COLUMN_TYPE /*M! ) */,\n    /*M! IF(EXISTS (SELECT 1 FROM information_schema.CHECK_CONSTRAINTS k\n      WHERE k.CONSTRAINT_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME = c.TABLE_NAME AND k.LEVEL = 'Column'\n        AND k.CHECK_CLAUSE = 'json_valid(`size`)'), NULL, */ CONCAT('CHARACTER SET ', c.CHARACTER_SET_NAME, ' COLLATE ', c.COLLATION_NAME) /*M! ) */,\n    IF(c.GENERATION_EXPRESSION IS NULL OR c.GENERATION_EXPRESSION = '', NULL,\n      CONCAT('GENERATED ALWAYS AS (', c.GENERATION_EXPRESSION, ') ', IF(c.EXTRA LIKE '%STORED%', 'STORED', 'VIRTUAL'))),\n    'NULL',\n    IF(c.COLUMN_DEFAULT IS NULL OR (VERSION() LIKE '%MariaDB%' AND c.COLUMN_DEFAULT = 'NULL'), NULL, CONCAT('DEFAULT ', IF(VERSION() LIKE '%MariaDB%' OR c.COLUMN_DEFAULT RLIKE '^current_timestamp', c.COLUMN_DEFAULT,\n      IF(c.EXTRA LIKE '%DEFAULT_GENERATED%', CONCAT('(', c.COLUMN_DEFAULT, ')'), QUOTE(c.COLUMN_DEFAULT))))),\n    IF(c.EXTRA LIKE '%on update%', REGEXP_SUBSTR(c.EXTRA, 'on update current_timestamp(\\\\([0-9]*\\\\))?'), NULL),\n    IF(c.EXTRA LIKE '%auto_increment%', 'AUTO_INCREMENT', NULL),\n    IF(c.EXTRA LIKE '%INVISIBLE%', 'INVISIBLE', NULL),\n    IF(c.COLUMN_COMMENT = '', NULL, CONCAT('COMMENT ', QUOTE(c.COLUMN_COMMENT))),\n    /*M! (SELECT CONCAT('CHECK (', k.CHECK_CLAUSE, ')') FROM information_schema.CHECK_CONSTRAINTS k\n      WHERE k.CONSTRAINT_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME = c.TABLE_NAME AND k.LEVEL = 'Column'\n        AND k.CHECK_CLAUSE <> 'json_valid(`size`)'\n        AND (k.CONSTRAINT_NAME = c.COLUMN_NAME OR (LOCATE('`size`', k.CHECK_CLAUSE) > 0\n          AND LOCATE(CONCAT('`', REPLACE(k.CONSTRAINT_NAME, '`', '``'), '`'), k.CHECK_CLAUSE) = 0))\n      ORDER BY LOCATE('`size`', k.CHECK_CLAUSE) > 0 DESC, k.CONSTRAINT_NAME = c.COLUMN_NAME DESC LIMIT 1), */ NULL), ', ALGORITHM=INPLACE, LOCK=NONE')\n  FROM information_schema.COLUMNS c\n  WHERE c.TABLE_SCHEMA = DATABASE() AND c.TABLE_NAME = 'child' AND c.COLUMN_NAME = 'size')",
        'PREPARE alembic_change FROM @alembic_change',
        'EXECUTE alembic_change',
      ],
    },
  },
];
