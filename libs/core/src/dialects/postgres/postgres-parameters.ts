import type { ParameterPlace } from '../common/parameters.js';
import { findNamedPlaces } from '../common/sql-scan.js';
import { isBlankSql, skipToken } from './postgres-tokens.js';

/** See `Dialect.findParameters`. */
export const findParameters = (sql: string): readonly ParameterPlace[] =>
  findNamedPlaces(sql, skipToken);

const WITH_ROWS = /^(select|insert|update|delete|merge|with|values|table)\b/i;

/** True for a statement that the server takes with parameters: a change of the schema must have its values in the text. */
export function takesParameters(statement: string): boolean {
  let position = 0;
  while (position < statement.length) {
    const end = skipToken(statement, position);
    const token = statement.slice(position, end);
    if (token !== '(' && !isBlankSql(token)) break;
    position = end;
  }
  return WITH_ROWS.test(statement.slice(position));
}
