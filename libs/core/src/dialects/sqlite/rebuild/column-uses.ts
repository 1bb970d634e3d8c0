import type { ObjectName } from '../../../schema/object-name.js';
import { partName } from '../../../schema/table-edit.js';
import { impossible } from '../../common/ddl-clauses.js';
import { TokenReader } from '../create-table/token-reader.js';
import { nameIn } from '../sqlite-tokens.js';
import type { TableDraft } from './table-draft.js';
import { mentions } from './table-draft.js';

/** The columns that are key parts of an index by themselves; not those in expressions or its condition. */
export function columnsOfIndex(sql: string): readonly string[] {
  const reader = behindTable(sql);
  reader.expectSign('(');
  const columns: string[] = [];
  while (!reader.isSign(')')) {
    const name = nameIn(reader.peek());
    const isColumn = name !== undefined && isEndOfKey(reader);
    if (isColumn) columns.push(name);
    skipKey(reader);
  }
  return columns;
}

/** Stands behind the table of an index: the index or the table may be called as a column is. */
function behindTable(sql: string): TokenReader {
  const reader = new TokenReader(sql);
  while (!reader.isNext('ON')) reader.take();
  reader.take();
  reader.takeName();
  return reader;
}

/** A name that is a whole key part, perhaps with COLLATE or a direction. */
function isEndOfKey(reader: TokenReader): boolean {
  const next = reader.peek(1);
  if (next?.kind === 'sign') return next.text === ',' || next.text === ')';
  return /^(collate|asc|desc)$/i.test(next?.text ?? '');
}

function skipKey(reader: TokenReader): void {
  while (!reader.isSign(',') && !reader.isSign(')')) {
    if (reader.isSign('(')) reader.takeParentheses();
    else reader.take();
  }
  reader.acceptSign(',');
}

/**
 * Refuses to drop a column that a check, a computed column or an index still names: SQLite might take the name for a string.
 * @throws MigrationError E3012
 */
export function refuseMention(draft: TableDraft, column: string, table: ObjectName): void {
  const { columns, constraints } = draft.definition;
  const texts = [
    ...constraints
      .filter(({ kind }) => kind === 'check')
      .map(({ name, text }) => [name === undefined ? text : `check "${name}"`, text] as const),
    ...columns.flatMap((other) =>
      other.clauses
        .filter(({ kind }) => kind === 'check' || kind === 'generated')
        .map(({ text }) => [`column "${other.name}"`, text] as const),
    ),
    ...draft.indexes.map(({ name, sql }) => [`index "${name}"`, afterOn(sql)] as const),
  ];
  const user = texts.find(([, text]) => mentions(text, column));
  if (!user) return;
  throw impossible(
    `column "${partName(table, column)}" cannot be dropped: ${user[0]} names it`,
    'Drop that first, in the same batch.',
    { table, column },
  );
}

const afterOn = (sql: string): string => sql.slice(behindTable(sql).offset);
