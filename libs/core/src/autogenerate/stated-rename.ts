import { MigrationError } from '../errors/migration-error.js';
import type { ObjectName } from '../schema/object-name.js';

/** A rename that a person says is one; `text` is how it was said. */
export type StatedRename = { readonly text: string } & (
  | { readonly kind: 'table' | 'enum'; readonly from: ObjectName; readonly to: ObjectName }
  | {
      readonly kind: 'column' | 'label';
      /** The table, or the enum: under its old or its new name. */
      readonly of: ObjectName;
      readonly from: string;
      readonly to: string;
    }
);

/**
 * Reads `account.email:address` (a column), `table:account:customer`, `enum:mood:feeling` and `label:mood.sad:unhappy`. A schema
 * stands before the name, as `audit.event`; the new name without one stays in the schema. What has a dot, a colon or a quote in it
 * stands in double quotes. Names are case-sensitive.
 * @throws MigrationError E7041 for any other form
 */
export function parseRename(text: string): StatedRename {
  const parts = splitParts(text);
  const [first = []] = parts;
  const kind = first.length === 1 && parts.length === 3 ? first[0] : undefined;
  if (kind === 'table' || kind === 'enum') return ofObject(text, kind, parts.slice(1));
  if (kind === 'column' || kind === 'label') return ofPart(text, kind, parts.slice(1));
  if (parts.length === 2) return ofPart(text, 'column', parts);
  throw unreadable(text);
}

type Parts = readonly (readonly string[])[];

function ofObject(text: string, kind: 'table' | 'enum', [from = [], to = []]: Parts): StatedRename {
  const source = objectName(text, from);
  const target = objectName(text, to);
  return {
    text,
    kind,
    from: source,
    to: to.length === 1 ? { schema: source.schema, name: target.name } : target,
  };
}

function ofPart(text: string, kind: 'column' | 'label', [from = [], to = []]: Parts): StatedRename {
  const name = from.at(-1);
  const [only] = to;
  if (name === undefined || from.length < 2 || to.length !== 1 || only === undefined) {
    throw unreadable(text);
  }
  return { text, kind, of: objectName(text, from.slice(0, -1)), from: name, to: only };
}

function objectName(text: string, names: readonly string[]): ObjectName {
  const [first, second] = names;
  if (first === undefined || names.length > 2) throw unreadable(text);
  return second === undefined ? { schema: null, name: first } : { schema: first, name: second };
}

/** Names by colon, then by dot; those in double quotes as they stand. */
function splitParts(text: string): Parts {
  const parts: string[][] = [[]];
  const token = /"((?:[^"]|"")+)"|([^".:]+)/y;
  for (let position = 0; ;) {
    token.lastIndex = position;
    const match = token.exec(text);
    if (match === null) throw unreadable(text);
    parts.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    position = token.lastIndex;
    const separator = text.charAt(position++);
    if (separator === '') return parts;
    if (separator === ':') parts.push([]);
    else if (separator !== '.') throw unreadable(text);
  }
}

function unreadable(text: string): MigrationError {
  return new MigrationError('E7041', {
    problem: `"${text}" says no rename`,
    advice:
      'Write account.email:address for a column, table:account:customer, enum:mood:feeling or label:mood.sad:unhappy; names with dots or colons in double quotes.',
    facts: { rename: text },
  });
}

/** Tells of a rename that was said to be one, and cannot be. */
export function impossibleRename(text: string, reason: string): MigrationError {
  return new MigrationError('E7041', {
    problem: `the rename "${text}" is not possible: ${reason}`,
    advice: 'Nothing was written. Correct it, or leave it out when it was applied already.',
    facts: { rename: text },
  });
}
