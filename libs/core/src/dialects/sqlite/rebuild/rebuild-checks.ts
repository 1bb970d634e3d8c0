import { sqliteQuoting } from '../sqlite-quoting.js';
import type { Rebuild, RebuildNames } from './rebuild-statements.js';

/** Statements that fail where a rebuild would lose something, by the place where they stand. */
export interface RebuildChecks {
  readonly before: readonly string[];
  /** Behind the copy, ahead of DROP TABLE. */
  readonly copied: readonly string[];
  readonly after: readonly string[];
}

const TABLE = 'temp."_alembic_check"';

/** What a check says where it fails: the name of its constraint stands in SQLite's message. */
const CHECKS = {
  off: 'foreign keys must be off while a table is made anew',
  told: 'the table has other columns, indexes or triggers than it was said to have',
  rows: 'rows were lost while the table was made anew',
  refs: 'rows would refer to rows that are not there',
} as const;

type Check = keyof typeof CHECKS;

const literal = (text: string): string => sqliteQuoting.literal(text);

/** The checks of one rebuild. */
export function rebuildChecks(rebuild: Rebuild, names: RebuildNames): RebuildChecks {
  const columns = Object.entries(CHECKS).map(
    ([name, words]) => `  "${name}" INTEGER CONSTRAINT "${words}" CHECK ("${name}")`,
  );
  const { old, made } = names;
  return {
    before: [
      `CREATE TEMPORARY TABLE "_alembic_check" (\n${columns.join(',\n')}\n)`,
      check('off', 'SELECT NOT foreign_keys FROM pragma_foreign_keys'),
      ...(rebuild.stored.found ? [] : [check('told', asTold(rebuild, names))]),
    ],
    copied: [
      check('rows', `SELECT (SELECT count(*) FROM ${old}) = (SELECT count(*) FROM ${made})`),
    ],
    after: [
      ...references(rebuild, names),
      `DROP TABLE ${TABLE}`,
      ...(leans(rebuild) ? readAll(names) : []),
    ],
  };
}

const check = (name: Check, query: string): string => `INSERT INTO ${TABLE} ("${name}") ${query}`;

/** What nobody told would go with the old table, so it must have nothing else. */
function asTold({ stored }: Rebuild, { table, within }: RebuildNames): string {
  const { definition, indexes, triggers } = stored;
  const columns = definition.columns.map(({ name }) => literal(name)).join(',');
  const known = [...indexes, ...triggers].map(({ name }) => literal(name)).join(', ');
  const others = `SELECT count(*) FROM ${within}sqlite_schema WHERE tbl_name = ${literal(table)} COLLATE NOCASE AND type IN ('index', 'trigger') AND sql IS NOT NULL AND name NOT IN (${known})`;
  const found = `SELECT group_concat(quote(name)) FROM (SELECT name FROM pragma_table_xinfo(${literal(table)}) ORDER BY cid)`;
  return `SELECT (${found}) IS ${literal(columns)} AND (${others}) = 0`;
}

/** Rows are as they were, so only a new reference, or other values in a key, can lead nowhere. */
function references({ draft, stored }: Rebuild, { table }: RebuildNames): readonly string[] {
  const { own, referring } = draft.doubts;
  const none = (source: string, where = ''): string =>
    check('refs', `SELECT count(*) = 0 FROM ${source}${where}`);
  const ofParent = ` WHERE parent = ${literal(table)} COLLATE NOCASE`;
  const children = stored.found?.referring.map((child) =>
    none(`pragma_foreign_key_check(${literal(child)})`, ofParent),
  );
  return [
    ...(own ? [none(`pragma_foreign_key_check(${literal(table)})`)] : []),
    ...(referring ? (children ?? [none('pragma_foreign_key_check', ofParent)]) : []),
  ];
}

const leans = ({ stored }: Rebuild): boolean =>
  stored.found?.leaning === true || stored.triggers.length > 0;

/** A rename makes SQLite read every view and trigger again: one that lost a column stops it. */
function readAll({ made }: RebuildNames): readonly string[] {
  return [
    `CREATE TABLE ${made} ("a")`,
    `ALTER TABLE ${made} RENAME COLUMN "a" TO "b"`,
    `DROP TABLE ${made}`,
  ];
}
