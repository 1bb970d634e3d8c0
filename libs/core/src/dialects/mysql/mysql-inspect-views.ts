import type { View } from '../../schema/schema-model.js';
import type { ViewRow } from './mysql-catalog.js';
import { mysqlQuoting } from './mysql-quoting.js';
import { skipToken } from './mysql-tokens.js';

/** A view. The server names the database before every table: that of the connection is left out. */
export function viewOfRow(row: ViewRow, database: string, names: ReadonlySet<string>): View {
  const definition = withoutDatabase(row.definition, database);
  const checkOption = CHECK_OPTIONS.get(row.check_option);
  return {
    schema: null,
    name: row.name,
    definition,
    materialized: false,
    dependsOn: namesIn(definition)
      .filter((name) => name !== row.name && names.has(name))
      .map((name) => ({ schema: null, name })),
    indexes: [],
    ...(row.security === 'INVOKER' && { securityInvoker: true }),
    ...(checkOption && { checkOption }),
  };
}

const CHECK_OPTIONS = new Map([
  ['LOCAL', 'local'],
  ['CASCADED', 'cascaded'],
] as const) as ReadonlyMap<string, 'local' | 'cascaded'>;

/** A view's query without the name of the connection's database. */
export function withoutDatabase(sql: string, database: string): string {
  const prefix = mysqlQuoting.identifier(database);
  let text = '';
  let position = 0;
  while (position < sql.length) {
    const end = skipToken(sql, position);
    const token = sql.slice(position, end);
    const isPrefix = token === prefix && sql.charAt(end) === '.';
    if (!isPrefix) text += token;
    position = isPrefix ? end + 1 : end;
  }
  return text;
}

/** The quoted names of a text, each once. A doubled quote is two tokens of one name. */
function namesIn(sql: string): readonly string[] {
  const names = new Set<string>();
  let position = 0;
  while (position < sql.length) {
    let end = skipToken(sql, position);
    while (sql.charAt(position) === '`' && sql.charAt(end) === '`') end = skipToken(sql, end);
    const token = sql.slice(position, end);
    if (token.startsWith('`')) names.add(token.slice(1, -1).replaceAll('``', '`'));
    position = end;
  }
  return [...names];
}
