import type { LiteralValue } from '../../schema/literal-value.js';
import type { Quoting } from '../common/dialect.js';
import { checkIdentifier, checkText, isStorableText } from '../common/identifier-rules.js';
import { enclose, numberLiteral, parseNumber, qualifiedBy, unenclose } from '../common/quoting.js';
import { sqliteCapabilities } from './sqlite-capabilities.js';

/** Names and literals of SQLite. Every name is quoted: a word may be a keyword of a later version. */
export const sqliteQuoting: Quoting = Object.freeze({
  identifier,
  qualified: qualifiedBy(identifier),
  literal,
  parseLiteral,
});

const rules = { maxBytes: sqliteCapabilities.maxIdentifierBytes };

function identifier(name: string): string {
  checkIdentifier(name, rules);
  return enclose(name, '"');
}

/** A truth value is a number (SQLite, "Datatypes", 2.1). */
function literal(value: LiteralValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') {
    checkText(value, 'text');
    return enclose(value, "'");
  }
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'number' ? numberLiteral(value) : String(value);
}

const STRING = /^'[^']*(?:''[^']*)*'$/;

function parseLiteral(sql: string): LiteralValue | undefined {
  if (sql === 'NULL') return null;
  if (STRING.test(sql) && isStorableText(sql)) return unenclose(sql, "'");
  return parseNumber(sql);
}
