import type { Connection } from '@nest-alembic/core';
import type { FingerprintOptions } from './fingerprint-postgres.js';
import { reportOracle } from './oracle-report.js';

/**
 * Describes the schema of an SQLite file as sorted lines of text, by its own SQL over the pragmas and a tokenizer of its own for
 * the stored statements, so that it can judge our inspector. How a statement is written says nothing: white space, comments,
 * quotes of names, the case of words, the order of clauses and constraints, and where a constraint of one column stands.
 */
export async function fingerprintSqlite(
  connection: Connection,
  options: FingerprintOptions = {},
): Promise<readonly string[]> {
  reportOracle('fingerprint of SQLite');
  const ignored = new Set((options.ignoredTables ?? []).map((name) => name.toLowerCase()));
  const lines: string[] = [];
  for (const query of queries(options.columnOrder ?? true)) {
    const { rows } = await connection.query<{ owner: string; line: string }>(query);
    lines.push(...rows.filter((row) => !ignored.has(row.owner.toLowerCase())).map(lineOf));
  }
  const { rows } = await connection.query<StatementRow>(STATEMENTS);
  const stored = rows.filter(({ owner }) => !ignored.has(owner.toLowerCase()));
  return [...lines, ...stored.flatMap(linesOfStatement)].sort();
}

const lineOf = ({ line }: { readonly line: string }): string => line;

interface StatementRow {
  readonly type: string;
  readonly name: string;
  readonly owner: string;
  readonly sql: string;
}

const STATEMENTS = `SELECT type, name, tbl_name AS owner, sql FROM main.sqlite_master
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

const TABLES = `main.sqlite_master m`;
const OURS = `m.type = 'table' AND m.rootpage > 0 AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

/** A key that is the row id is never null, whether or not it is said. */
const NOT_NULL = `CASE WHEN c.pk = 1 AND upper(c.type) = 'INTEGER'
  AND (SELECT count(*) FROM pragma_table_info(m.name) k WHERE k.pk > 0) = 1 THEN 1 ELSE c."notnull" END`;

function queries(columnOrder: boolean): readonly string[] {
  const place = columnOrder ? `c.cid || ' '` : `''`;
  return [
    `SELECT name AS owner, 'table ' || name || ' ' || type || ' wr=' || wr || ' strict=' || strict AS line
     FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    `SELECT m.name AS owner, 'table ' || m.name || ' column ' || ${place} || c.name || ' ' || lower(c.type)
       || ' notnull=' || (${NOT_NULL}) || ' pk=' || c.pk || ' hidden=' || c.hidden AS line
     FROM ${TABLES} JOIN pragma_table_xinfo(m.name) c WHERE ${OURS}`,
    `SELECT m.name AS owner, 'table ' || m.name || ' key ' || group_concat(k."from" || '>' || coalesce(k."to", '')) || ' of '
       || k."table" || ' ' || k.on_update || ' ' || k.on_delete AS line
     FROM ${TABLES} JOIN pragma_foreign_key_list(m.name) k WHERE ${OURS} GROUP BY m.name, k.id`,
    `SELECT m.name AS owner, 'table ' || m.name || ' index ' || CASE l.origin WHEN 'c' THEN l.name ELSE l.origin END
       || ' unique=' || l."unique" || ' partial=' || l.partial || ' (' || (SELECT group_concat(coalesce(x.name, 'expr')
       || ' ' || x."desc" || ' ' || x.coll) FROM pragma_index_xinfo(l.name) x WHERE x.key = 1) || ')' AS line
     FROM ${TABLES} JOIN pragma_index_list(m.name) l WHERE ${OURS}`,
  ];
}

function linesOfStatement({ type, name, sql }: StatementRow): readonly string[] {
  const tokens = tokensIn(sql);
  const noun = `${type} ${name}`;
  if (type !== 'table' || /^create virtual/i.test(sql)) return [`${noun}: ${tokens.join(' ')}`];
  return itemsOf(tokens).flatMap((item) => clausesOf(item).map((clause) => `${noun}: ${clause}`));
}

const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\s+|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*|[\s\S]/g;

/** Words in lower case, names in double quotes where they are no plain word; GENERATED ALWAYS may be left out before AS. */
function tokensIn(sql: string): readonly string[] {
  return allTokensIn(sql).filter(
    (token, at, all) =>
      !(token === 'generated' && all[at + 1] === 'always') &&
      !(token === 'always' && all[at - 1] === 'generated'),
  );
}

function allTokensIn(sql: string): readonly string[] {
  return (sql.match(TOKEN) ?? [])
    .filter((token) => !/^(\s|--|\/\*)/.test(token))
    .map((token) => {
      const quoted = /^(["`[])([\s\S]*)["`\]]$/.exec(token);
      if (!quoted) return token.startsWith("'") ? token : token.toLowerCase();
      const name = (quoted[2] ?? '').replaceAll('""', '"').replaceAll('``', '`');
      return /^[a-z_]\w*$/i.test(name) ? name.toLowerCase() : `"${name}"`;
    });
}

/** What stands between the commas of the body. */
function itemsOf(tokens: readonly string[]): readonly (readonly string[])[] {
  const items: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token === ')') depth -= 1;
    if (token === ',' && depth === 1) items.push([]);
    else if (depth > 0) items.at(-1)?.push(token);
    if (token === '(') depth += 1;
  }
  return items;
}

const BEGINS_CLAUSE = /^(constraint|primary|not|unique|check|default|collate|references|as)$/;
const BEGINS_CONSTRAINT = /^(constraint|primary|unique|check|foreign)$/;

/**
 * A constraint as it stands; a column as its clauses, each with its name. That it is a key, not null or of a type is what the pragmas say:
 * here it is only the words that they leave out.
 */
function clausesOf(item: readonly string[]): readonly string[] {
  const [name = ''] = item;
  if (BEGINS_CONSTRAINT.test(name)) return [constraintText(item)];
  const clauses: string[][] = [[]];
  let depth = 0;
  item.forEach((token, at) => {
    const before = item[at - 1] ?? '';
    const isInside =
      depth > 0 || /^(not|set|constraint)$/.test(before) || item[at - 2] === 'constraint';
    if (at > 0 && !isInside && BEGINS_CLAUSE.test(token)) clauses.push([]);
    clauses.at(-1)?.push(token);
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
  });
  return clauses.slice(1).flatMap((clause) => clauseText(name, clause));
}

function clauseText(column: string, clause: readonly string[]): readonly string[] {
  const text = plainText(clause);
  if (text === 'not null') return [];
  const constraint = /^((?:constraint \S+ )?)(unique|primary key|references|check)\b(.*)$/.exec(
    text,
  );
  if (constraint === null) return [`column ${column} ${text}`];
  const [, named = '', kind = '', rest = ''] = constraint;
  if (kind === 'check') return [constraintText(clause)];
  if (kind === 'references') return [`${named}foreign key ( ${column} ) references${rest}`];
  return [`${named}${kind} ( ${column} )${rest}`];
}

const constraintText = (item: readonly string[]): string => plainText(item);

/** NO ACTION is what absence means, and a literal in parentheses is that literal. */
const plainText = (tokens: readonly string[]): string =>
  tokens
    .join(' ')
    .replaceAll(/ on (update|delete) no action/g, '')
    .replace(/^default \( (([+-] )?('(?:[^']|'')*'|[\w.]+)) \)$/, 'default $1');
