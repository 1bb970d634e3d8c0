import type { ParameterPlace } from '../common/parameters.js';
import { findNamedPlaces } from '../common/sql-scan.js';
import { skipToken, tokensOf } from './mysql-tokens.js';

/** The `:name` places of a text: see {@link findNamedPlaces}. */
export const findParameters = (sql: string): readonly ParameterPlace[] =>
  findNamedPlaces(sql, skipToken);

const WITH_ROWS = /^(select|insert|update|delete|replace|with|values|table|call|do)$/i;

/** True for a statement that the server takes with parameters: a change of the schema must have its values in the text. */
export function takesParameters(statement: string): boolean {
  const first = tokensOf(statement).find((token) => token !== '(');
  return WITH_ROWS.test(first ?? '');
}
