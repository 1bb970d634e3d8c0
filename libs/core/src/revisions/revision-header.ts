import { MigrationError } from '../errors/migration-error.js';
import type { Revision } from '../graph/revision.js';

/** Header constants as they come from a text or a loaded module: not trusted yet. */
export type RawHeader = Readonly<Record<string, unknown>>;

/** Where a header comes from. */
export interface HeaderSource {
  readonly file?: string;
  /** Of the comment that the file begins with: the message where the header has none. */
  readonly scan?: { readonly comment: string };
  /** Line of a constant, for messages. */
  readonly lineOf?: (name: string) => number;
}

/**
 * Turns the constants of a header into a {@link Revision}.
 * @throws MigrationError E2010 when a constant has the wrong type, E2002 when `revision` is missing
 */
export function revisionFromHeader(header: RawHeader, source: HeaderSource): Revision {
  const { file, scan } = source;
  const id = textOf(header, 'revision', source);
  if (id === undefined) throw missingRevision(file);
  const createdAt = textOf(header, 'createdAt', source);
  const revision: Writable<Revision> = {
    id,
    downRevisions: listOf(header, 'downRevision', source),
    dependsOn: listOf(header, 'dependsOn', source),
    branchLabels: listOf(header, 'branchLabels', source),
    message: textOf(header, 'message', source) ?? scan?.comment ?? '',
  };
  if (createdAt !== undefined) revision.createdAt = createdAt;
  if (file !== undefined) revision.file = file;
  return Object.freeze(revision);
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/**
 * The error for a file that has `upgrade` or `downgrade` but does not say which revision it is.
 * @param line where it shows that it means to be one
 */
export function missingRevision(file: string | undefined, line?: number): MigrationError {
  return new MigrationError('E2002', {
    problem: `${named(file, line)} does not export "revision"`,
    advice:
      "Add `export const revision = '…'` at the top of the file, or move the file out of the version location.",
    facts: { file, ...(line !== undefined && { line }), export: 'revision' },
  });
}

const named = (file: string | undefined, line?: number): string =>
  file === undefined
    ? 'a revision module'
    : `file "${file}${line === undefined ? '' : `:${line}`}"`;

function textOf(header: RawHeader, name: string, source: HeaderSource): string | undefined {
  const value = header[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrongType({ name, value, source, wanted: 'a string' });
  return value;
}

const NONE: readonly string[] = Object.freeze([]);

function listOf(header: RawHeader, name: string, source: HeaderSource): readonly string[] {
  const value = header[name];
  if (value === undefined || value === null) return NONE;
  if (typeof value === 'string') return [value];
  // A sparse array has holes that `every` passes over.
  if (Array.isArray(value) && Array.from(value).every((item) => typeof item === 'string'))
    return [...value] as string[];
  throw wrongType({ name, value, source, wanted: 'a string, an array of strings, or null' });
}

function wrongType(found: {
  readonly name: string;
  readonly value: unknown;
  readonly source: HeaderSource;
  readonly wanted: string;
}): MigrationError {
  const { name, value, source } = found;
  const line = source.lineOf?.(name);
  return new MigrationError('E2010', {
    problem: `"${name}" of ${named(source.file, line)} is ${shown(value)}`,
    advice: `It must be ${found.wanted}.`,
    facts: { file: source.file, ...(line !== undefined && { line }), export: name },
  });
}

/** A value of a module that was run may be anything. */
function shown(value: unknown): string {
  try {
    return JSON.stringify(value) ?? `a ${typeof value}`;
  } catch {
    return `a ${typeof value}`;
  }
}
