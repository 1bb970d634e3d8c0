import type { Column } from '../../../schema/schema-model.js';
import type { ColumnDefinition } from '../create-table/table-definition.js';
import { isKeyword, isSameName, wordsOf } from '../sqlite-tokens.js';
import { impossible } from '../../common/ddl-clauses.js';
import type { Compile } from './stored-as.js';
import { definitionOf } from './stored-as.js';
import type { TableDraft } from './table-draft.js';
import { changeColumn, redefine } from './table-draft.js';

/** A column as CREATE TABLE would have it. */
export function parseColumn(column: Column, compile: Compile): ColumnDefinition {
  const [made] = definitionOf({ columns: [column] }, compile).columns;
  if (!made) throw new TypeError(`no definition of column ${column.name}`);
  return made;
}

/**
 * The draft with a column that counts by itself, or not any more: AUTOINCREMENT stands behind PRIMARY KEY in the clause of the column.
 * @throws MigrationError E3012 for a column that is not the primary key by itself
 */
export function countingKey(draft: TableDraft, name: string, counts: boolean): TableDraft {
  const { constraints } = draft.definition;
  const own = constraints.find(({ kind }) => kind === 'primaryKey');
  if (!own) return changeColumn(draft, name, (column) => withCounting(column, counts));
  const [only, second] = own.columns;
  if (only === undefined || second !== undefined || !isSameName(only, name)) throw noKey(name);
  const moved = redefine(draft, { constraints: constraints.filter((one) => one !== own) });
  return changeColumn(moved, name, (column) => ({
    ...column,
    clauses: [
      ...column.clauses,
      {
        kind: 'primaryKey',
        ...(own.name !== undefined && { name: own.name }),
        text: `PRIMARY KEY${conflictIn(own.text)}${counts ? ' AUTOINCREMENT' : ''}`,
      },
    ],
  }));
}

function withCounting(column: ColumnDefinition, counts: boolean): ColumnDefinition {
  if (counts && !column.clauses.some(({ kind }) => kind === 'primaryKey')) throw noKey(column.name);
  const clauses = column.clauses.map((clause) => {
    if (clause.kind !== 'primaryKey') return clause;
    const plain = clause.text.replace(/\s+AUTOINCREMENT\s*$/i, '');
    return { ...clause, text: counts ? `${plain} AUTOINCREMENT` : plain };
  });
  return { ...column, clauses };
}

/** True for a table that counts by itself. */
export function isCounting({ definition }: Pick<TableDraft, 'definition'>): boolean {
  const texts = [
    ...definition.columns.flatMap(({ clauses }) =>
      clauses.filter(({ kind }) => kind === 'primaryKey'),
    ),
    ...definition.constraints.filter(({ kind }) => kind === 'primaryKey'),
  ];
  return texts.some(({ text }) => wordsOf(text).some((token) => isKeyword(token, 'AUTOINCREMENT')));
}

/** ` ON CONFLICT …` of a constraint, or nothing. */
const conflictIn = (text: string): string => /\s+ON\s+CONFLICT\s+\w+\s*$/i.exec(text)?.[0] ?? '';

const noKey = (name: string): Error =>
  impossible(
    `column "${name}" cannot count by itself: on SQLite only the one column of a primary key can`,
    'Make it the primary key first.',
  );
