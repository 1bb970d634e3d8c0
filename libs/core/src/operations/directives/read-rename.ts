import type { ObjectName } from '../../schema/object-name.js';
import type { Place } from './place.js';
import { orNull, readFlag, readName } from './read-argument.js';
import { entityReaders, placeReaders } from './read-options.js';

/** Readers of the options of a rename that can also move: `toSchema: null` is the default schema. */
export const renameReaders = {
  toSchema: orNull(readName),
  ...placeReaders,
  ...entityReaders,
} as const;

/** The same where the server can leave out a rename of what is not there. */
export const renameIfExistsReaders = { ifExists: readFlag, ...renameReaders } as const;

/** Readers of the options of a rename within a table. */
export const renamePartReaders = { ...placeReaders, ...entityReaders } as const;

/** Readers of the options of a drop. */
export const dropReaders = { ifExists: readFlag, ...placeReaders } as const;

/** What a rename is given: two names, and the schemas of its options. */
interface GivenRename {
  readonly from: unknown;
  readonly to: unknown;
  readonly schema: string | undefined;
  /** @default the schema it is in: a rename moves nothing */
  readonly toSchema: string | null | undefined;
}

/** The old and the new name of an object. @throws MigrationError E3005, E3006, E3008, E3013 as {@link readName} */
export function readRename(
  { from, to, schema, toSchema }: GivenRename,
  at: (argument: string) => Place,
): { readonly from: ObjectName; readonly to: ObjectName } {
  const own = schema ?? null;
  return {
    from: { schema: own, name: readName(from, at('from')) },
    to: { schema: toSchema === undefined ? own : toSchema, name: readName(to, at('to')) },
  };
}

/** The table and the old and new name of a part of it. @throws MigrationError as {@link readRename} */
export function readPartRename(
  given: {
    readonly from: unknown;
    readonly to: unknown;
    readonly table: unknown;
    readonly schema: string | undefined;
  },
  at: (argument: string) => Place,
): { readonly table: ObjectName; readonly from: string; readonly to: string } {
  return {
    table: { schema: given.schema ?? null, name: readName(given.table, at('table')) },
    from: readName(given.from, at('from')),
    to: readName(given.to, at('to')),
  };
}
