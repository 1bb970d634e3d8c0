import { DEFAULT_FILE_TEMPLATE, fillFileTemplate } from './file-template.js';
import type { ZonedTime } from './time-zone.js';

/** How long a slug may be when nothing else is said (CFG-14). */
export const SLUG_LENGTH = 40;

/** How the files of new revisions are named. */
export interface FileNaming {
  /** @default '%(rev)s_%(slug)s' */
  readonly fileTemplate?: string;
  /** Longest slug in characters; 0 means 40. */
  readonly truncateSlugLength?: number;
  /** The time that the date tokens show. */
  readonly time: ZonedTime;
}

/**
 * The part of a file name that tells the message: its words, lower-cased, joined by underscores, cut at a word when it is
 * longer than the limit (Alembic's rule, CFG-13). Empty for a message without words.
 */
export function slugOf(message: string, length: number = SLUG_LENGTH): string {
  const slug = (message.match(/[\p{L}\p{N}_]+/gu) ?? []).join('_').toLowerCase();
  // By characters: half of a pair of surrogates is no file name.
  const characters = [...slug];
  const limit = length || SLUG_LENGTH;
  if (characters.length <= limit) return slug;
  const cut = characters.slice(0, limit).join('');
  return `${cut.includes('_') ? cut.slice(0, cut.lastIndexOf('_')) : cut}_`;
}

/**
 * File name of a new revision, `1975ea83b712_add_accounts.ts`; with folders where the template has some.
 * @throws MigrationError E9002 for an unknown token
 */
export function revisionFileName(id: string, message: string, naming: FileNaming): string {
  const { fileTemplate = DEFAULT_FILE_TEMPLATE, truncateSlugLength, time } = naming;
  const slug = slugOf(message, truncateSlugLength);
  return `${fillFileTemplate(fileTemplate, { ...time, rev: id, slug })}.ts`;
}
