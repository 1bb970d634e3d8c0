import type { View } from '../../schema/schema-model.js';
import type { Trigger, TriggerEvent } from '../../schema/server-objects.js';
import { TokenReader } from './create-table/token-reader.js';
import { isKeyword, nameIn, wordsOf } from './sqlite-tokens.js';
import type { SqliteToken } from './sqlite-tokens.js';

/** An index as CREATE INDEX has it. */
export interface IndexDefinition {
  /** The key parts as they are written. */
  readonly elements: readonly ElementDefinition[];
  readonly where?: string;
}

/** A key part. */
export interface ElementDefinition {
  /** Without COLLATE and direction, and without parentheses around all of it. */
  readonly text: string;
  readonly collation?: string;
}

/** Takes a CREATE INDEX statement apart, as `sqlite_schema` has it. @throws MigrationError E3013 for a text that is none */
export function parseCreateIndex(sql: string): IndexDefinition {
  const reader = new TokenReader(sql);
  while (!reader.accept('ON')) reader.take();
  reader.takeName();
  const body = reader.textOf(() => reader.takeParentheses());
  const where = reader.accept('WHERE') ? rest(reader) : undefined;
  return {
    elements: splitList(body.slice(1, -1)).map(elementOf),
    ...(where !== undefined && { where }),
  };
}

function elementOf(text: string): ElementDefinition {
  const words = wordsOf(text);
  const directed = /^(asc|desc)$/i.test(words.at(-1)?.text ?? '') ? words.slice(0, -1) : words;
  const collation = directed.length > 2 ? collationAt(directed.slice(-2)) : undefined;
  const key = collation === undefined ? directed : directed.slice(0, -2);
  const keyText = text.slice(key[0]?.start, key.at(-1)?.end);
  return { text: withoutParentheses(keyText), ...(collation !== undefined && { collation }) };
}

const collationAt = ([keyword, name]: readonly SqliteToken[]): string | undefined =>
  isKeyword(keyword, 'COLLATE') ? nameIn(name) : undefined;

/** A view as CREATE VIEW has it. */
export type ViewDefinition = Pick<View, 'name' | 'definition' | 'columns'>;

/** Takes a CREATE VIEW statement apart. @throws MigrationError E3013 for a text that is none */
export function parseCreateView(sql: string): ViewDefinition {
  const reader = new TokenReader(sql);
  const name = readHead(reader, 'VIEW');
  const columns = reader.isSign('(')
    ? splitList(reader.textOf(() => reader.takeParentheses()).slice(1, -1)).map(columnName)
    : undefined;
  if (!reader.accept('AS')) throw reader.unreadable('lacks AS');
  return { name, definition: rest(reader), ...(columns && { columns }) };
}

const columnName = (text: string): string => nameIn(wordsOf(text)[0]) ?? text.trim();

/** A trigger as CREATE TRIGGER has it, and the table that it is of. */
export interface TriggerDefinition {
  readonly table: string;
  readonly trigger: Trigger;
}

/** Takes a CREATE TRIGGER statement apart. @throws MigrationError E3013 for a text that is none */
export function parseCreateTrigger(sql: string): TriggerDefinition {
  const reader = new TokenReader(sql);
  const name = readHead(reader, 'TRIGGER');
  const timing = readTiming(reader);
  const event = reader.take().text.toLowerCase() as TriggerEvent;
  const columns = reader.accept('OF') ? readNames(reader) : undefined;
  if (!reader.accept('ON')) throw reader.unreadable('lacks ON');
  const table = reader.takeName();
  reader.accept('FOR', 'EACH', 'ROW');
  const when = reader.accept('WHEN') ? readUntilBody(reader) : undefined;
  return {
    table,
    trigger: {
      name,
      timing,
      events: [event],
      ...(columns && { columns }),
      forEach: 'row',
      ...(when !== undefined && { when }),
      execute: rest(reader),
    },
  };
}

function readTiming(reader: TokenReader): Trigger['timing'] {
  if (reader.accept('AFTER')) return 'after';
  if (reader.accept('INSTEAD', 'OF')) return 'instead of';
  reader.accept('BEFORE');
  return 'before';
}

function readNames(reader: TokenReader): readonly string[] {
  const names: string[] = [];
  do names.push(reader.takeName());
  while (reader.acceptSign(','));
  return names;
}

/** `BEGIN` stands in no expression. */
const readUntilBody = (reader: TokenReader): string =>
  reader.textOf(() => {
    while (!reader.isNext('BEGIN')) reader.take();
  });

function readHead(reader: TokenReader, noun: 'VIEW' | 'TRIGGER'): string {
  if (!reader.accept('CREATE')) throw reader.unreadable('is no CREATE statement');
  if (!reader.accept('TEMP')) reader.accept('TEMPORARY');
  if (!reader.accept(noun)) throw reader.unreadable(`is no CREATE ${noun}`);
  reader.accept('IF', 'NOT', 'EXISTS');
  const first = reader.takeName();
  return reader.acceptSign('.') ? reader.takeName() : first;
}

/** What is left of the text. */
const rest = (reader: TokenReader): string => reader.sql.slice(reader.offset).trim();

/** The pieces between the commas that stand in no parentheses. */
export function splitList(text: string): readonly string[] {
  const pieces: string[] = [];
  let [depth, start] = [0, 0];
  for (const token of wordsOf(text)) {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (token.text !== ',' || depth > 0) continue;
    pieces.push(text.slice(start, token.start));
    start = token.end;
  }
  return [...pieces, text.slice(start)].map((piece) => piece.trim());
}

/** A text without the parentheses that enclose all of it. */
export function withoutParentheses(text: string): string {
  const trimmed = text.trim();
  const words = wordsOf(trimmed);
  if (words[0]?.text !== '(' || words[0].start !== 0) return trimmed;
  let depth = 0;
  for (const token of words) {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0) {
      return token.end === trimmed.length ? withoutParentheses(trimmed.slice(1, -1)) : trimmed;
    }
  }
  return trimmed;
}
