import type { LiteralValue } from '../../schema/literal-value.js';
import type { Quoting } from '../common/dialect.js';
import { checkIdentifier, checkText, isStorableText } from '../common/identifier-rules.js';
import { enclose, literalBy, parseNumber, qualifiedBy, unenclose } from '../common/quoting.js';
import { postgresCapabilities } from './postgres-capabilities.js';

/** How PostgreSQL writes names and literals. Names are always quoted, so that no case is folded and no word is reserved. */
export const postgresQuoting: Quoting = Object.freeze({
  identifier,
  qualified: qualifiedBy(identifier),
  literal: literalBy(stringLiteral),
  parseLiteral,
});

function identifier(name: string): string {
  checkIdentifier(name, { maxBytes: postgresCapabilities.maxIdentifierBytes });
  return enclose(name, '"');
}

/**
 * With a backslash the `E''` form is taken: it means the same whatever `standard_conforming_strings` is (B078), where
 * a plain literal could be broken out of.
 */
function stringLiteral(text: string): string {
  checkText(text, 'text');
  const quoted = enclose(text, "'");
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

const KEYWORD_LITERALS = new Map<string, LiteralValue>([
  ['NULL', null],
  ['true', true],
  ['false', false],
]);
const PLAIN_STRING = /^'[^'\\]*(?:''[^'\\]*)*'$/;
const ESCAPED_STRING = /^E'[^'\\]*(?:(?:''|\\\\)[^'\\]*)*'$/;

function parseLiteral(sql: string): LiteralValue | undefined {
  const keyword = KEYWORD_LITERALS.get(sql);
  return keyword !== undefined ? keyword : (parseString(sql) ?? parseNumber(sql));
}

function parseString(sql: string): string | undefined {
  if (!isStorableText(sql)) return undefined;
  if (PLAIN_STRING.test(sql)) return unenclose(sql, "'");
  if (!ESCAPED_STRING.test(sql) || !sql.includes('\\')) return undefined;
  return unenclose(sql.slice(1), "'").replaceAll('\\\\', '\\');
}
