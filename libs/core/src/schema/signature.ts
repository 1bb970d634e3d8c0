import { displayName, nameKey } from './object-name.js';
import type { ObjectName } from './object-name.js';
import type { Routine } from './server-objects.js';
import type { SqlText } from './schema-model.js';

/** What tells one routine from others of its name. */
export type RoutineKey = ObjectName & Pick<Routine, 'arguments'>;

/** A text that is equal exactly for routines of one name and signature. */
export function routineKey(routine: RoutineKey): string {
  return JSON.stringify([nameKey(routine), signatureOf(routine.arguments)]);
}

/** The routine as people read it: `audit.add(integer, integer)`. */
export function displayRoutine(routine: RoutineKey): string {
  return `${displayName(routine)}(${signatureOf(routine.arguments)})`;
}

/**
 * The arguments of a routine as DROP names them: without their defaults, and with one blank where there are several.
 * `a integer, b text DEFAULT 'x, y'` becomes `a integer, b text`.
 */
export function signatureOf(argumentList: SqlText): string {
  const kept: string[] = [];
  let depth = 0;
  let isDefault = false;
  for (const [token] of argumentList.matchAll(TOKEN)) {
    depth += Number(OPENING.has(token)) - Number(CLOSING.has(token));
    if (depth === 0 && token === ',') isDefault = false;
    else if (depth === 0 && DEFAULT.test(token)) isDefault = true;
    if (!isDefault) kept.push(/^\s+$/.test(token) ? ' ' : token);
  }
  return kept.join('').replaceAll(/ *, */g, ', ').trim();
}

/** Strings and quoted names whole, dollar quotes too; then words, white space, and single characters. */
const TOKEN =
  /[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$[\w]*\$).*?\1|[\p{L}_][\p{L}\p{N}_$]*|\s+|./gsu;
const OPENING: ReadonlySet<string> = new Set(['(', '[']);
const CLOSING: ReadonlySet<string> = new Set([')', ']']);
const DEFAULT = /^(?:default|=)$/i;
