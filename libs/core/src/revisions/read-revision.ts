import type { Revision } from '../graph/revision.js';
import { loadRevisionModule } from './load-revision-module.js';
import { leadingComment } from './leading-comment.js';
import { type PlainHeader, type PlainList, readPlainHeader } from './plain-header.js';
import { type HeaderScan, readHeader } from './read-header.js';
import { readRevisionText } from './read-revision-text.js';
import { missingRevision, type RawHeader, revisionFromHeader } from './revision-header.js';
import { lineAt } from './scan-text.js';

/**
 * Reads the revision that a file holds from its text, at once; only a file whose header is computed is run, and then the
 * answer is a promise (design D2).
 * @returns undefined for a file that is no revision, such as a helper
 * @throws MigrationError E2002, E2008, E2009, E2010, E2011, and those of loading a file
 */
export function readRevision(file: string): Revision | undefined | Promise<Revision | undefined> {
  const text = readRevisionText(file);
  const plain = readPlainHeader(text);
  return plain === undefined ? readTolerantly(file, text) : plainRevision(file, text, plain);
}

/** The same as `revisionFromHeader`, of what needs no more checks. */
function plainRevision(file: string, text: string, header: PlainHeader): Revision {
  const { revision: id, createdAt } = header;
  const message = header.message ?? leadingComment(text);
  const downRevisions = listOf(header.downRevision);
  const dependsOn = listOf(header.dependsOn);
  const branchLabels = listOf(header.branchLabels);
  return Object.freeze(
    createdAt === undefined
      ? { id, downRevisions, dependsOn, branchLabels, message, file }
      : { id, downRevisions, dependsOn, branchLabels, message, createdAt, file },
  );
}

const NONE: readonly string[] = Object.freeze([]);

function listOf(value: PlainList): readonly string[] {
  if (value === null || value === undefined) return NONE;
  return typeof value === 'string' ? [value] : value;
}

function readTolerantly(
  file: string,
  text: string,
): Revision | undefined | Promise<Revision | undefined> {
  const scan = readHeader(text);
  const { values, computed } = scan;
  if (computed.size > 0 || (!values.has('revision') && mayBeComputed(text)))
    return revisionFromModule(file, scan);
  if (!values.has('revision')) return refuseBroken(file, text, scan);
  const lineOf = (name: string): number => lineAt(text, values.get(name)?.at ?? 0);
  return revisionFromHeader(recordOf(values), { file, scan, lineOf });
}

/** Without `revision` it is a helper, unless something else says that it means to be a revision. */
function refuseBroken(
  file: string,
  text: string,
  { values, exportsUpgrade }: HeaderScan,
): undefined {
  if (text.trim() === '') throw missingRevision(file);
  if (!exportsUpgrade && !values.has('downRevision')) return undefined;
  const sign = values.get('downRevision')?.at ?? text.search(/\b(?:up|down)grades?\b/);
  throw missingRevision(file, lineAt(text, Math.max(sign, 0)));
}

function recordOf(values: HeaderScan['values']): RawHeader {
  return {
    revision: values.get('revision')?.value,
    downRevision: values.get('downRevision')?.value,
    branchLabels: values.get('branchLabels')?.value,
    dependsOn: values.get('dependsOn')?.value,
    message: values.get('message')?.value,
    createdAt: values.get('createdAt')?.value,
  };
}

/** `revision` is mentioned by code that exports something, yet not as a constant: bundlers and helpers do so. */
function mayBeComputed(text: string): boolean {
  return /\brevision\b/.test(text) && /\b(?:exports?|export)\b/.test(text);
}

async function revisionFromModule(file: string, scan: HeaderScan): Promise<Revision | undefined> {
  const loaded = await loadRevisionModule(file);
  if (loaded['revision'] !== undefined) return revisionFromHeader(loaded, { file, scan });
  if (scan.exportsUpgrade || loaded['upgrade'] !== undefined) throw missingRevision(file);
  return undefined;
}
