import type { BatchAlterTable } from '../../../operations/batch-operations.js';
import { writeCreateTable } from '../create-table/write-create-table.js';
import { sqliteQuoting } from '../sqlite-quoting.js';
import { foldName, isSameName } from '../sqlite-tokens.js';
import { isCounting } from './counting-column.js';
import { rebuildChecks } from './rebuild-checks.js';
import type { SqliteStoredTable } from './stored-table.js';
import type { TableDraft } from './table-draft.js';
import { draftOf, isGenerated } from './table-draft.js';

/** What is made anew, and into what. */
export interface Rebuild {
  readonly batch: BatchAlterTable;
  readonly stored: SqliteStoredTable;
  readonly draft: TableDraft;
}

/**
 * The statements that put a new table in the place of an old one (SQLite manual, "ALTER TABLE", 7: the twelve steps). Foreign keys must be
 * off, and a transaction open; each check fails where going on would lose something.
 */
export function rebuildStatements(rebuild: Rebuild): readonly string[] {
  const { draft, stored } = rebuild;
  const names = namesOf(rebuild);
  const checks = rebuildChecks(rebuild, names);
  return [
    ...checks.before,
    writeCreateTable(draft.definition, names.made),
    copyRows(rebuild, names),
    ...keepCounter(rebuild, names),
    ...checks.copied,
    `DROP TABLE ${names.old}`,
    ...underItsName(names),
    ...draft.indexes.map(({ sql }) => sql),
    ...stored.triggers.map(({ sql }) => sql),
    ...checks.after,
  ].filter((sql) => sql !== '');
}

/** The names that the statements of a rebuild use. */
export interface RebuildNames {
  /** As it is called, for catalogs. */
  readonly table: string;
  readonly temporary: string;
  /** `main.` of another schema, quoted; empty for the default one. */
  readonly within: string;
  /** Quoted, with the schema. */
  readonly old: string;
  readonly made: string;
}

const LONGEST_TEMPORARY_NAME = 50;

function namesOf({ batch, stored }: Rebuild): RebuildNames {
  const { schema, name: table } = stored.name;
  const temporary =
    batch.temporaryName ?? [...`_alembic_tmp_${table}`].slice(0, LONGEST_TEMPORARY_NAME).join('');
  const { qualified, identifier } = sqliteQuoting;
  return {
    table,
    temporary,
    within: schema === null ? '' : `${identifier(schema)}.`,
    old: qualified({ schema, name: table }),
    made: qualified({ schema, name: temporary }),
  };
}

/** The rows keep their rowids, which other tables may know, and their order. */
function copyRows(rebuild: Rebuild, { made, old }: RebuildNames): string {
  const { draft } = rebuild;
  const stored = draft.definition.columns.filter((column) => !isGenerated(column));
  const filled = stored.flatMap(({ name }) => {
    const value = draft.values.get(foldName(name));
    return value === undefined ? [] : [{ column: sqliteQuoting.identifier(name), value }];
  });
  const rowid = hasFreeRowid(draft) && hasFreeRowid(draftOf(rebuild.stored));
  const all = rowid ? [{ column: 'rowid', value: 'rowid' }, ...filled] : filled;
  if (all.length === 0) return '';
  const columns = all.map(({ column }) => column).join(', ');
  const values = all.map(({ value }) => value).join(', ');
  return `INSERT INTO ${made} (${columns})\nSELECT ${values} FROM ${old}`;
}

/** True for a table with rowids that no column stands for, and no column hides. */
function hasFreeRowid({ definition }: TableDraft): boolean {
  const { columns, constraints, options } = definition;
  const isHidden = columns.some(({ name }) => isSameName(name, 'rowid'));
  if (isHidden || options.includes('WITHOUT ROWID')) return false;
  const keys = [
    ...columns.flatMap(({ name, clauses }) =>
      clauses.filter(({ kind }) => kind === 'primaryKey').map(() => [name]),
    ),
    ...constraints.filter(({ kind }) => kind === 'primaryKey').map((key) => key.columns),
  ];
  return !keys.some(
    ([only, second]) =>
      second === undefined &&
      columns.some(({ name, type }) => isSameName(name, only ?? '') && /^integer$/i.test(type)),
  );
}

/** AUTOINCREMENT never gives a number twice, so the highest that was given goes with the table. */
function keepCounter(
  { draft, stored }: Rebuild,
  { table, temporary, within }: RebuildNames,
): readonly string[] {
  if (!isCounting(draft) || !isCounting({ definition: stored.definition })) return [];
  const { literal } = sqliteQuoting;
  const sequence = `${within}sqlite_sequence`;
  return [
    `DELETE FROM ${sequence} WHERE name = ${literal(temporary)}`,
    `INSERT INTO ${sequence} (name, seq) SELECT ${literal(temporary)}, seq FROM ${sequence} WHERE name = ${literal(table)}`,
  ];
}

/**
 * While the table has no name, views and triggers of others that lean on it cannot be read: legacy_alter_table keeps RENAME from trying,
 * and from changing their texts.
 */
function underItsName(names: RebuildNames): readonly string[] {
  return [
    'PRAGMA legacy_alter_table = ON',
    `ALTER TABLE ${names.made} RENAME TO ${sqliteQuoting.identifier(names.table)}`,
    'PRAGMA legacy_alter_table = OFF',
  ];
}
