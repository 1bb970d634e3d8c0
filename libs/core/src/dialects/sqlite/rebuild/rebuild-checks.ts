import { assertionValue } from '../sqlite-assertion.js';
import { sqliteQuoting } from '../sqlite-quoting.js';
import type { Rebuild, RebuildNames } from './rebuild-statements.js';
import { columnOf } from './table-draft.js';

/** Statements that fail where a rebuild would lose something, by the place where they stand. None of them gives a row. */
export interface RebuildChecks {
  readonly before: readonly string[];
  /** Behind the copy, ahead of DROP TABLE. */
  readonly copied: readonly string[];
  readonly after: readonly string[];
}

const literal = (text: string): string => sqliteQuoting.literal(text);

/** The checks of one rebuild. That no reference leads nowhere is checked at COMMIT, for all that a revision did. */
export function rebuildChecks(rebuild: Rebuild, names: RebuildNames): RebuildChecks {
  const { old, made } = names;
  return {
    before: [
      check(
        '(SELECT foreign_keys FROM pragma_foreign_keys) = 0',
        'foreign keys must be off while a table is made anew',
      ),
      ...(rebuild.stored.found ? [] : [asTold(rebuild, names)]),
    ],
    copied: [
      check(
        `(SELECT count(*) FROM ${old}) = (SELECT count(*) FROM ${made})`,
        'the new table has not as many rows as the old one',
      ),
    ],
    after: [...references(rebuild), ...(leans(rebuild) ? readAll(names) : [])],
  };
}

const check = (condition: string, words: string): string =>
  `SELECT 1 WHERE ${assertionValue(condition, 'rebuild', literal(words))} IS NULL`;

/** What nobody told would go with the old table, so it must have nothing else. */
function asTold({ stored }: Rebuild, { table, within }: RebuildNames): string {
  const { definition, indexes, triggers } = stored;
  const columns = definition.columns.map(({ name }) => literal(name)).join(',');
  const known = [...indexes, ...triggers].map(({ name }) => literal(name)).join(', ');
  const others = `SELECT count(*) FROM ${within}sqlite_schema WHERE tbl_name = ${literal(table)} COLLATE NOCASE AND type IN ('index', 'trigger') AND sql IS NOT NULL AND name NOT IN (${known})`;
  const found = `SELECT group_concat(quote(name)) FROM (SELECT name FROM pragma_table_xinfo(${literal(table)}) ORDER BY cid)`;
  return check(
    `(${found}) IS ${literal(columns)} AND (${others}) = 0`,
    'the table has other columns, indexes or triggers than it was said to have',
  );
}

/** A key that foreign keys refer to may be gone: then SQLite refuses to look along them ("foreign key mismatch"). */
function references({ draft, stored }: Rebuild): readonly string[] {
  if (!draft.isKeyChanged) return [];
  return (stored.found?.referring ?? []).map(
    (child) =>
      `SELECT 1 WHERE (SELECT count(*) FROM pragma_foreign_key_check(${literal(child)})) IS NULL`,
  );
}

/** A view or trigger may name a column that is gone. What did not work before is nobody's business where none is. */
function leans({ stored, draft }: Rebuild): boolean {
  const isGone = stored.definition.columns.some(({ name }) => !columnOf(draft, name));
  return isGone && (stored.found?.leaning === true || stored.triggers.length > 0);
}

/** A rename makes SQLite read every view and trigger again: one that lost a column stops it. */
function readAll({ made }: RebuildNames): readonly string[] {
  return [
    `CREATE TABLE ${made} ("a")`,
    `ALTER TABLE ${made} RENAME COLUMN "a" TO "b"`,
    `DROP TABLE ${made}`,
  ];
}
