import { type ObjectName, sameName } from './object-name.js';
import type { Column } from './schema-model.js';

/**
 * The name that a type text consists of, if it is nothing but a name: `audit."Kind"[]` is schema audit, name Kind. The
 * brackets of an array are passed over.
 */
export function typeNameOf(type: string): ObjectName | undefined {
  const parts =
    /^(?:("(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)\.)?("(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)(?:\[\])*$/u.exec(
      type.trim(),
    );
  if (!parts?.[2]) return undefined;
  return { schema: parts[1] === undefined ? null : unquote(parts[1]), name: unquote(parts[2]) };
}

/** True for a type text with brackets at its end. */
export const isArrayType = (type: string): boolean => /\[\]$/.test(type.trim());

/** True when a column has a type, or an array of it. */
export function hasType({ type }: Pick<Column, 'type'>, name: ObjectName): boolean {
  const found = typeNameOf(type);
  return found !== undefined && sameName(found, name);
}

/** What may follow the name of a type: a modifier, and every spelling of an array. */
const AFTER_NAME = /(?:\s*\([^()]*\)|\s*\[\s*\d*\s*\]|\s+array\b)+\s*$/i;

/** True when a type text is a type of that name, or an array of it, in whatever schema. */
export const isNamed = (type: string, name: string): boolean =>
  typeNameOf(type.replace(AFTER_NAME, ''))?.name === name;

/** An unquoted name is folded to lower case by the server. */
const unquote = (name: string): string =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
