import type { ParameterPlace } from '../common/parameters.js';
import { findNamedPlaces, withoutLeadingBlanks } from '../common/sql-scan.js';
import { skipToken } from './sqlite-tokens.js';

/** See `Dialect.findParameters`. */
export const findParameters = (sql: string): readonly ParameterPlace[] =>
  findNamedPlaces(sql, skipToken);

const WITH_ROWS = /^(select|insert|update|delete|replace|with|values)\b/i;

/** True for a statement that SQLite takes with parameters: a schema must have its values in the text ("parameters prohibited"). */
export const takesParameters = (statement: string): boolean =>
  WITH_ROWS.test(withoutLeadingBlanks(statement, skipToken));
