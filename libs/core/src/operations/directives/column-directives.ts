import type { ForeignKey } from '../../schema/schema-model.js';
import type {
  AddColumnOptions,
  AlterColumnOptions,
  ColumnDirectives,
  ReferencesOption,
} from '../api/column-api.js';
import type { GivenName } from '../naming-convention.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, inside, wrongArgument } from './place.js';
import { readFlag, readName, readSql, readText } from './read-argument.js';
import { columnOf, columnReaders, readColumnChange, readNamed } from './read-column.js';
import { foreignKeyReaders, foreignKeySubject } from './read-constraint.js';
import { namer, readGivenName } from './read-given-name.js';
import type { ReadersOf } from './read-options.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';
import { checkSameKeys } from './same-keys.js';

const referencesReaders = {
  table: readName,
  column: readName,
  schema: readName,
  name: foreignKeyReaders.name,
  onDelete: foreignKeyReaders.onDelete,
  onUpdate: foreignKeyReaders.onUpdate,
  match: foreignKeyReaders.match,
  deferrable: foreignKeyReaders.deferrable,
} as const satisfies ReadersOf<ReferencesOption>;
const addReaders = {
  ifNotExists: readFlag,
  anew: readFlag,
  references: readReferences,
  primaryKey: readPrimaryKey,
  ...placeReaders,
};
const dropReaders = { ifExists: readFlag, anew: readFlag, ...placeReaders };
const renameReaders = { ...placeReaders, ...entityReaders, property: readText };

/** The directives about columns. */
export function columnDirectives(context: DirectiveContext): ColumnDirectives {
  const { submit } = context;
  return {
    addColumn: addColumn(context),
    dropColumn(table, name, options) {
      const at = argumentsOf('op.dropColumn');
      const { schema, ...marks } = readOptions(dropReaders, options, at('options'));
      return submit({
        kind: 'dropColumn',
        table: { schema: schema ?? null, name: readName(table, at('table')) },
        name: readName(name, at('name')),
        ...marks,
      });
    },
    alterColumn: alterColumn(context),
    renameColumn(table, from, to, options) {
      const at = argumentsOf('op.renameColumn');
      const { schema, ...marks } = readOptions(renameReaders, options, at('options'));
      return submit({
        kind: 'renameColumn',
        table: { schema: schema ?? null, name: readName(table, at('table')) },
        from: readName(from, at('from')),
        to: readName(to, at('to')),
        ...marks,
      });
    },
  };
}

function addColumn(context: DirectiveContext): ColumnDirectives['addColumn'] {
  const columns = columnReaders(context);
  const readers = { ...columns, ...addReaders } as const satisfies ReadersOf<AddColumnOptions>;
  const nameOf = namer(context);
  return (table, name, type, options) => {
    const at = argumentsOf('op.addColumn');
    const { named, options: said } = readNamed({ name, type, options }, at, context);
    const read = readOptions(readers, said, at('options'));
    const { schema, ifNotExists, anew, references, primaryKey, ...rest } = read;
    const owner = { schema: schema ?? null, name: readName(table, at('table')) };
    const columnNames = [named.name];
    const key = references && { columns: columnNames, ...references.key };
    const subject = { type: 'primaryKey', table: owner, columns: columnNames } as const;
    return context.submit({
      kind: 'addColumn',
      table: owner,
      column: columnOf(named, rest, at('options')),
      ...(key && {
        references: { ...key, ...nameOf(references?.name, foreignKeySubject(owner, key)) },
      }),
      ...(primaryKey && {
        primaryKey: { columns: columnNames, ...nameOf(primaryKey.name, subject) },
      }),
      ...(ifNotExists && { ifNotExists }),
      ...(anew && { anew }),
    });
  };
}

function alterColumn(context: DirectiveContext): ColumnDirectives['alterColumn'] {
  const readChange = readColumnChange(context);
  const readers = {
    from: readChange,
    using: readSql,
    reverseUsing: readSql,
    ...placeReaders,
    ...entityReaders,
    property: readText,
  } as const satisfies ReadersOf<AlterColumnOptions>;
  return (table, name, change, options) => {
    const at = argumentsOf('op.alterColumn');
    const to = readChange(change, at('change'));
    const { schema, ...rest } = readOptions(readers, options, at('options'));
    if (rest.from) checkSameKeys(rest.from, to, at('options.from'));
    if (Object.keys(to).length === 0 && rest.entity === undefined) {
      throw wrongArgument(at('change'), { clause: 'changes nothing' });
    }
    return context.submit({
      kind: 'alterColumn',
      table: { schema: schema ?? null, name: readName(table, at('table')) },
      name: readName(name, at('name')),
      to,
      ...rest,
    });
  };
}

interface ReadReferences {
  readonly name: GivenName | undefined;
  readonly key: Omit<ForeignKey, 'columns' | 'name'>;
}

function readReferences(value: unknown, place: Place): ReadReferences {
  const { table, column, schema, name, ...rest } = readOptions(referencesReaders, value, place);
  const referencedTable = {
    schema: schema ?? null,
    name: readName(table, inside(place, 'table')),
  };
  const referencedColumns = [readName(column, inside(place, 'column'))];
  return { name, key: { referencedTable, referencedColumns, ...rest } };
}

function readPrimaryKey(value: unknown, place: Place): { readonly name?: GivenName } | undefined {
  if (typeof value === 'boolean') return value ? {} : undefined;
  return readOptions({ name: readGivenName }, value, place);
}
