import { MigrationError } from '../../errors/migration-error.js';
import type { LiteralValue } from '../../schema/literal-value.js';
import type { Quoting } from '../common/dialect.js';
import { checkIdentifier, checkText, isStorableText } from '../common/identifier-rules.js';
import { enclose, literalBy, parseNumber, qualifiedBy, unenclose } from '../common/quoting.js';

/** Longest name, in characters (MySQL 8.0 manual, 9.2.1). */
export const MAX_NAME = 64;

/**
 * How MySQL and MariaDB write names and literals. Names stand in backticks, strings in apostrophes: ANSI_QUOTES has no say in
 * either. A backslash is doubled, as our sessions are without NO_BACKSLASH_ESCAPES and scripts begin without it; with it a
 * literal would hold two, and still could not be broken out of, as apostrophes are doubled too.
 */
export const mysqlQuoting: Quoting = Object.freeze({
  identifier,
  qualified: qualifiedBy(identifier),
  literal: literalBy(stringLiteral),
  parseLiteral,
});

/** @throws MigrationError E3008 also for a name that ends with a blank, which the server cuts off; E3006 beyond U+FFFF */
function identifier(name: string): string {
  // Length is counted in characters: no name is longer in bytes than four times that.
  checkIdentifier(name, { maxBytes: MAX_NAME * 4 });
  const characters = [...name].length;
  if (characters > MAX_NAME) throw tooLong(name, characters);
  if (name.endsWith(' ') || /[\u{10000}-\u{10ffff}]/u.test(name)) throw notStorable(name);
  return enclose(name, '`');
}

function tooLong(name: string, characters: number): MigrationError {
  return new MigrationError('E3001', {
    problem: `the name "${name}" has ${characters} characters, and the database keeps ${MAX_NAME}`,
    advice: 'Choose a shorter name.',
    facts: { name, characters, maxCharacters: MAX_NAME },
  });
}

function notStorable(name: string): MigrationError {
  const isBlank = name.endsWith(' ');
  return new MigrationError(isBlank ? 'E3008' : 'E3006', {
    problem: `the name ${JSON.stringify(name)} ${isBlank ? 'ends with a blank' : 'has a character beyond U+FFFF'}, which the database does not keep`,
    advice: 'Choose another name.',
    facts: { name },
  });
}

function stringLiteral(text: string): string {
  checkText(text, 'text');
  return enclose(text.replaceAll('\\', '\\\\'), "'");
}

const KEYWORD_LITERALS = new Map<string, LiteralValue>([
  ['NULL', null],
  ['true', true],
  ['false', false],
]);
const STRING = /^'[^'\\]*(?:(?:''|\\\\)[^'\\]*)*'$/;

function parseLiteral(sql: string): LiteralValue | undefined {
  const keyword = KEYWORD_LITERALS.get(sql);
  if (keyword !== undefined) return keyword;
  if (!STRING.test(sql)) return parseNumber(sql);
  return isStorableText(sql) ? unenclose(sql, "'").replaceAll('\\\\', '\\') : undefined;
}
