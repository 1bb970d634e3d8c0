import { isKeyword } from '../sqlite-tokens.js';
import { splitBody, type TextRange } from './split-body.js';
import type {
  ColumnClause,
  ColumnDefinition,
  TableConstraint,
  TableConstraintKind,
  TableDefinition,
} from './table-definition.js';
import { TokenReader } from './token-reader.js';

/**
 * Takes a CREATE TABLE statement apart, as `sqlite_schema` has it (SQLite manual, "CREATE TABLE"; parse.y for what the diagrams leave out).
 * @throws MigrationError E3013 for a text that is none, such as `CREATE TABLE … AS SELECT`
 */
export function parseCreateTable(sql: string): TableDefinition {
  return createTableParser()(sql);
}

/**
 * {@link parseCreateTable} for many tables: what is written alike in several of them is read once, and is the same object in all
 * their definitions.
 */
export function createTableParser(): (sql: string) => TableDefinition {
  const known = new Map<string, TablePiece>();
  return (sql) => {
    const { open, pieces, close } = splitBody(sql);
    const name = readHead(new TokenReader(sql, { start: 0, end: open }));
    const read = pieces.map((range) => pieceAt(sql, range, known));
    const tail = new TokenReader(sql, { start: close, end: sql.length });
    tail.expectSign(')');
    return {
      name,
      columns: read.flatMap(({ column }) => column ?? []),
      constraints: read.flatMap(({ constraints }) => constraints),
      options: readOptions(tail),
    };
  };
}

/** What stands between two commas of a body: a column, or constraints. */
interface TablePiece {
  readonly column?: ColumnDefinition;
  readonly constraints: readonly TableConstraint[];
}

function pieceAt(sql: string, range: TextRange, known: Map<string, TablePiece>): TablePiece {
  const text = sql.slice(range.start, range.end);
  const before = known.get(text);
  if (before) return before;
  const piece = readPiece(new TokenReader(sql, range));
  known.set(text, piece);
  return piece;
}

function readPiece(reader: TokenReader): TablePiece {
  const piece = startsConstraint(reader)
    ? { constraints: readConstraints(reader) }
    : { column: readColumn(reader), constraints: [] };
  if (!reader.isAtEnd) throw reader.unreadable('lacks "," or ")"');
  return piece;
}

function readHead(reader: TokenReader): string {
  if (!reader.accept('CREATE')) throw reader.unreadable('is no CREATE TABLE');
  if (!reader.accept('TEMP')) reader.accept('TEMPORARY');
  if (!reader.accept('TABLE')) throw reader.unreadable('is no CREATE TABLE');
  reader.accept('IF', 'NOT', 'EXISTS');
  const first = reader.takeName();
  const name = reader.acceptSign('.') ? reader.takeName() : first;
  if (!reader.isAtEnd) throw reader.unreadable('lacks "("');
  return name;
}

/** A column may be called as a keyword that starts a constraint only in quotes. */
const startsConstraint = (reader: TokenReader): boolean =>
  isKeyword(reader.peek(), 'CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN');

function readColumn(reader: TokenReader): ColumnDefinition {
  let column: Omit<ColumnDefinition, 'source'> | undefined;
  const source = reader.textOf(() => {
    const name = reader.takeName();
    const type = reader.textOf(() => readType(reader));
    column = { name, type, clauses: readClauses(reader) };
  });
  if (column === undefined) throw reader.unreadable('lacks a column');
  return { ...column, source };
}

function readType(reader: TokenReader): void {
  let isTyped = false;
  while (!isClauseNext(reader) && isTypeWord(reader)) {
    reader.take();
    isTyped = true;
  }
  if (isTyped && reader.isSign('(')) reader.takeParentheses();
}

const isTypeWord = (reader: TokenReader): boolean =>
  ['word', 'name', 'string'].includes(reader.peek()?.kind ?? '');

function isClauseNext(reader: TokenReader): boolean {
  const next = reader.peek();
  if (next?.kind !== 'word') return false;
  if (CLAUSE_KEYWORDS.has(next.text.toUpperCase())) return true;
  return reader.isNext('GENERATED', 'ALWAYS', 'AS');
}

const CLAUSE_KEYWORDS: ReadonlySet<string> = new Set([
  ...['CONSTRAINT', 'PRIMARY', 'NOT', 'NULL', 'UNIQUE', 'CHECK', 'DEFAULT'],
  ...['COLLATE', 'REFERENCES', 'AS'],
]);

function readClauses(reader: TokenReader): readonly ColumnClause[] {
  const clauses: ColumnClause[] = [];
  while (isClauseNext(reader)) {
    const name = reader.accept('CONSTRAINT') ? reader.takeName() : undefined;
    // A name without a constraint is allowed, and means nothing.
    if (!isClauseNext(reader)) break;
    if (reader.isNext('CONSTRAINT')) continue;
    clauses.push(readClause(reader, name));
  }
  return clauses;
}

function readClause(reader: TokenReader, name: string | undefined): ColumnClause {
  let kind: ColumnClause['kind'] | undefined;
  const text = reader.textOf(() => {
    kind = readClauseBody(reader);
  });
  if (kind === undefined) throw reader.unreadable('has an unknown clause');
  return { kind, ...(name !== undefined && { name }), text };
}

function readClauseBody(reader: TokenReader): ColumnClause['kind'] {
  if (reader.accept('PRIMARY', 'KEY')) return readInlineKey(reader);
  if (reader.accept('NOT', 'NULL')) return thenConflict(reader, 'notNull');
  if (reader.accept('NULL')) return thenConflict(reader, 'null');
  if (reader.accept('UNIQUE')) return thenConflict(reader, 'unique');
  if (reader.accept('CHECK')) {
    reader.takeParentheses();
    return thenConflict(reader, 'check');
  }
  if (reader.accept('DEFAULT')) return readDefault(reader);
  if (reader.accept('COLLATE')) {
    reader.takeName();
    return 'collate';
  }
  if (reader.accept('REFERENCES')) {
    readReferences(reader);
    return 'references';
  }
  return readGenerated(reader);
}

function readInlineKey(reader: TokenReader): 'primaryKey' {
  if (!reader.accept('ASC')) reader.accept('DESC');
  readConflict(reader);
  reader.accept('AUTOINCREMENT');
  return 'primaryKey';
}

function thenConflict<K extends ColumnClause['kind']>(reader: TokenReader, kind: K): K {
  readConflict(reader);
  return kind;
}

function readConflict(reader: TokenReader): void {
  if (reader.accept('ON', 'CONFLICT')) reader.take();
}

function readDefault(reader: TokenReader): 'default' {
  if (reader.isSign('(')) reader.takeParentheses();
  else {
    if (!reader.acceptSign('-')) reader.acceptSign('+');
    reader.take();
  }
  return 'default';
}

function readGenerated(reader: TokenReader): 'generated' {
  reader.accept('GENERATED', 'ALWAYS');
  if (!reader.accept('AS')) throw reader.unreadable('has an unknown clause');
  reader.takeParentheses();
  if (!reader.accept('STORED')) reader.accept('VIRTUAL');
  return 'generated';
}

/** What follows REFERENCES. */
function readReferences(reader: TokenReader): void {
  reader.takeName();
  if (reader.isSign('(')) reader.takeParentheses();
  while (readReferenceArgument(reader));
  readDeferrable(reader);
}

function readReferenceArgument(reader: TokenReader): boolean {
  if (reader.accept('MATCH')) {
    reader.takeName();
    return true;
  }
  if (!reader.accept('ON')) return false;
  reader.take();
  const action = reader.take();
  if (isKeyword(action, 'SET', 'NO')) reader.take();
  return true;
}

function readDeferrable(reader: TokenReader): void {
  const isSaid = reader.accept('NOT', 'DEFERRABLE') || reader.accept('DEFERRABLE');
  if (isSaid && reader.accept('INITIALLY')) reader.take();
}

/** Constraints may follow each other without a comma. */
function readConstraints(reader: TokenReader): readonly TableConstraint[] {
  const constraints: TableConstraint[] = [];
  while (startsConstraint(reader)) {
    const name = reader.accept('CONSTRAINT') ? reader.takeName() : undefined;
    if (!startsConstraint(reader) || reader.isNext('CONSTRAINT')) continue;
    constraints.push(readConstraint(reader, name));
  }
  return constraints;
}

function readConstraint(reader: TokenReader, name: string | undefined): TableConstraint {
  let body: Pick<TableConstraint, 'kind' | 'columns'> | undefined;
  const text = reader.textOf(() => {
    body = readConstraintBody(reader);
  });
  if (body === undefined) throw reader.unreadable('has an unknown constraint');
  return { ...body, ...(name !== undefined && { name }), text };
}

function readConstraintBody(reader: TokenReader): Pick<TableConstraint, 'kind' | 'columns'> {
  if (reader.accept('CHECK')) {
    reader.takeParentheses();
    readConflict(reader);
    return { kind: 'check', columns: [] };
  }
  if (reader.accept('FOREIGN', 'KEY')) {
    const columns = readKeyColumns(reader);
    if (!reader.accept('REFERENCES')) throw reader.unreadable('lacks REFERENCES');
    readReferences(reader);
    return { kind: 'foreignKey', columns };
  }
  const kind: TableConstraintKind = reader.accept('UNIQUE') ? 'unique' : 'primaryKey';
  if (kind === 'primaryKey' && !reader.accept('PRIMARY', 'KEY'))
    throw reader.unreadable('has an unknown constraint');
  const columns = readKeyColumns(reader);
  readConflict(reader);
  return { kind, columns };
}

/** The columns in parentheses, each perhaps with COLLATE and a direction; AUTOINCREMENT may stand behind the last. */
function readKeyColumns(reader: TokenReader): readonly string[] {
  const columns: string[] = [];
  reader.expectSign('(');
  do {
    columns.push(reader.takeName());
    while (!reader.isSign(',') && !reader.isSign(')')) reader.take();
  } while (reader.acceptSign(','));
  reader.expectSign(')');
  return columns;
}

function readOptions(reader: TokenReader): readonly string[] {
  const options: string[] = [];
  while (!reader.isAtEnd && !reader.isSign(';')) {
    options.push(
      reader.accept('WITHOUT', 'ROWID') ? 'WITHOUT ROWID' : reader.take().text.toUpperCase(),
    );
    reader.acceptSign(',');
  }
  return options;
}
