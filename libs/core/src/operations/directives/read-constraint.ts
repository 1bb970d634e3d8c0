import type { ObjectName } from '../../schema/object-name.js';
import type { ForeignKey, ReferentialAction } from '../../schema/schema-model.js';
import type {
  CheckOptions,
  DropConstraintType,
  ExclusionOptions,
  ForeignKeyOptions,
  PrimaryKeyOptions,
  UniqueOptions,
} from '../operations-api.js';
import type { NamedSubject } from '../naming-convention.js';
import type { Place } from './place.js';
import { shown, wrongArgument } from './place.js';
import type { Reader } from './read-argument.js';
import { oneOf, readColumnNames, readFlag, readName, readText } from './read-argument.js';
import { readGivenName } from './read-given-name.js';
import type { ReadersOf, ReadOptions } from './read-options.js';
import { entityReaders } from './read-options.js';

/** Reads whether and when a constraint can be deferred. */
export const readDeferrable = oneOf('initially immediate', 'initially deferred');

/** Reads what becomes of a row that breaks a constraint. */
export const readConflict = oneOf('rollback', 'fail', 'ignore', 'replace');

const readAnyAction = oneOf('cascade', 'set null', 'set default', 'restrict', 'no action');

/** NO ACTION is what absence means. */
const readAction: Reader<ReferentialAction | undefined> = (value, place) => {
  const action = readAnyAction(value, place);
  return action === 'no action' ? undefined : action;
};

const readAnyMatch = oneOf('simple', 'full');

/** MATCH SIMPLE is what absence means. */
const readMatch: Reader<'full' | undefined> = (value, place) =>
  readAnyMatch(value, place) === 'full' ? 'full' : undefined;

/** Readers of the options of a primary key. */
export const primaryKeyReaders = {
  name: readGivenName,
  include: readColumnNames,
  deferrable: readDeferrable,
  onConflict: readConflict,
  withoutOverlaps: readFlag,
  comment: readText,
  ...entityReaders,
} as const satisfies ReadersOf<PrimaryKeyOptions>;

/** Readers of the options of a foreign key. */
export const foreignKeyReaders = {
  name: readGivenName,
  referencedSchema: readName,
  onDelete: readAction,
  onDeleteColumns: readColumnNames,
  onUpdate: readAction,
  match: readMatch,
  deferrable: readDeferrable,
  notValid: readFlag,
  notEnforced: readFlag,
  period: readFlag,
  comment: readText,
  ...entityReaders,
} as const satisfies ReadersOf<ForeignKeyOptions>;

/** Readers of the options of a unique constraint. */
export const uniqueReaders = {
  name: readGivenName,
  nullsNotDistinct: readFlag,
  include: readColumnNames,
  deferrable: readDeferrable,
  onConflict: readConflict,
  withoutOverlaps: readFlag,
  comment: readText,
  ...entityReaders,
} as const satisfies ReadersOf<UniqueOptions>;

/** Readers of the options of a check constraint. */
export const checkReaders = {
  name: readGivenName,
  notValid: readFlag,
  notEnforced: readFlag,
  comment: readText,
  ...entityReaders,
} as const satisfies ReadersOf<CheckOptions>;

/** Readers of the options of an exclusion constraint. */
export const exclusionReaders = {
  name: readGivenName,
  deferrable: readDeferrable,
  comment: readText,
  ...entityReaders,
} as const satisfies ReadersOf<ExclusionOptions>;

/** Reads the type of a constraint that is dropped or renamed. */
export const readConstraintType: Reader<DropConstraintType> = oneOf(
  'primaryKey',
  'foreignKey',
  'unique',
  'check',
  'exclusion',
);

/** What the name of a foreign key is made for. */
export function foreignKeySubject(table: ObjectName, key: ForeignKey): NamedSubject {
  const { columns, referencedTable: referredTable, referencedColumns: referredColumns } = key;
  return { type: 'foreignKey', table, columns, referredTable, referredColumns };
}

/**
 * The foreign key of its columns, what they refer to, and options.
 * @throws MigrationError E3013 when the numbers of columns differ
 */
export function foreignKeyOf(
  lists: Pick<ForeignKey, 'columns' | 'referencedColumns'> & { readonly table: string },
  options: Omit<ReadOptions<typeof foreignKeyReaders>, 'name'> & { readonly name?: string },
  place: Place,
): ForeignKey {
  const { referencedSchema, ...rest } = options;
  const { columns, table, referencedColumns } = lists;
  if (columns.length !== referencedColumns.length) {
    throw wrongArgument(place, {
      clause: `has ${referencedColumns.length} columns for the ${columns.length} of the foreign key`,
    });
  }
  if (rest.period && columns.length < 2) {
    throw wrongArgument(place, {
      clause: 'has one column, and "period" needs another one before that of the period',
    });
  }
  checkDeletedColumns(columns, rest, place);
  const referencedTable = { schema: referencedSchema ?? null, name: table };
  return { columns, referencedTable, referencedColumns, ...rest };
}

function checkDeletedColumns(
  columns: readonly string[],
  { onDelete, onDeleteColumns }: Pick<ForeignKey, 'onDelete' | 'onDeleteColumns'>,
  place: Place,
): void {
  if (onDeleteColumns === undefined) return;
  if (onDelete !== 'set null' && onDelete !== 'set default') {
    throw wrongArgument(place, {
      clause: `has onDeleteColumns, and "onDelete" sets nothing in them`,
      advice: `Say onDelete: 'set null' or 'set default'.`,
    });
  }
  const other = onDeleteColumns.find((column) => !columns.includes(column));
  if (other === undefined) return;
  throw wrongArgument(place, {
    clause: `has onDeleteColumns with ${shown(other)}, which is no column of the foreign key`,
  });
}
