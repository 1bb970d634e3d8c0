import { resolve } from 'node:path';
import { DEFAULT_FILE_TEMPLATE } from '../../revisions/file-template.js';
import { SLUG_LENGTH } from '../../revisions/revision-file-name.js';
import { locateTimeZone, UTC } from '../../revisions/time-zone.js';
import type { PortableHint } from '../../schema/portable-type.js';
import { MigrationError } from '../../errors/migration-error.js';
import type { MigratorOptions, PostWriteHook } from '../migrator-options.js';

/** How new revisions are written, with every default filled in. */
export interface WritingSettings {
  readonly fileTemplate: string;
  readonly truncateSlugLength: number;
  /** A name that `Intl` knows. */
  readonly timezone: string;
  /** Absolute; undefined for `revision.ts.tpl` of the migrations folder, or the built-in one. */
  readonly revisionTemplate: string | undefined;
  readonly templateArgs: NonNullable<MigratorOptions['templateArgs']>;
  readonly postWriteHooks: readonly PostWriteHook[];
  readonly allowOutside: boolean;
  readonly portableTypes: boolean;
  readonly portableHints: () => readonly PortableHint[];
}

/**
 * Fills in the defaults of the options about writing.
 * @throws MigrationError E9002 for an unknown time zone
 */
export function writingSettings(options: MigratorOptions, root: string): WritingSettings {
  const { fileTemplate = DEFAULT_FILE_TEMPLATE, revisionTemplate } = options;
  return {
    fileTemplate,
    truncateSlugLength: options.truncateSlugLength || SLUG_LENGTH,
    timezone: options.timezone === undefined ? UTC : timeZoneOf(options.timezone),
    revisionTemplate: revisionTemplate === undefined ? undefined : resolve(root, revisionTemplate),
    templateArgs: options.templateArgs ?? {},
    postWriteHooks: options.postWriteHooks ?? [],
    allowOutside: options.allowOutside ?? false,
    portableTypes: options.portableTypes ?? false,
    portableHints: options.portableHints ?? (() => []),
  };
}

/**
 * The time zone that the option means (CFG-15).
 * @throws MigrationError E9002 for an unknown one
 */
export function timeZoneOf(name: string): string {
  const found = locateTimeZone(name);
  if (found !== undefined) return found;
  throw new MigrationError('E9002', {
    problem: `time zone "${name}" cannot be located`,
    advice: 'Give the option "timezone" a name of the IANA list, such as "Europe/Berlin" or "UTC".',
    facts: { option: 'timezone', timezone: name },
  });
}
