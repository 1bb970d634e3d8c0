import type { AlterEnum, EnumUse } from '../enum-operations.js';
import type { AlterEnumOptions, EnumDirectives, EnumUseOption } from '../api/enum-api.js';
import { checkLabels } from './check-labels.js';
import type { DirectiveContext } from './directive-context.js';
import { argumentsOf, inside } from './place.js';
import type { Reader } from './read-argument.js';
import { distinct, listOf, nonEmpty, readFlag, readName, readText } from './read-argument.js';
import type { ReadersOf } from './read-options.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';
import { dropReaders, renameReaders, readRename } from './read-rename.js';
import { defaultReader } from './read-value.js';

const markReaders = { ...placeReaders, ...entityReaders };
const createReaders = { comment: readText, ...markReaders };

/** An empty label is one, as `CREATE TYPE … AS ENUM ('')` shows. */
const readLabels = distinct(listOf(readText, 'a list of labels'));

/** The directives about enumerated types. */
export function enumDirectives(context: DirectiveContext): EnumDirectives {
  const { submit } = context;
  return {
    createEnum(name, labels, options) {
      const at = argumentsOf('op.createEnum');
      const { schema, ...marks } = readOptions(createReaders, options, at('options'));
      const type = { schema: schema ?? null, name: readName(name, at('name')) };
      return submit({
        kind: 'createEnum',
        enum: { ...type, labels: readLabels(labels, at('labels')), ...marks },
      });
    },
    dropEnum(name, options) {
      const at = argumentsOf('op.dropEnum');
      const { schema, ...marks } = readOptions(dropReaders, options, at('options'));
      const type = { schema: schema ?? null, name: readName(name, at('name')) };
      return submit({ kind: 'dropEnum', name: type, ...marks });
    },
    alterEnum: alterEnum(context),
    renameEnum(from, to, options) {
      const at = argumentsOf('op.renameEnum');
      const { schema, toSchema, ...marks } = readOptions(renameReaders, options, at('options'));
      return submit({
        kind: 'renameEnum',
        ...readRename({ from, to, schema, toSchema }, at),
        ...marks,
      });
    },
  };
}

function alterEnum(context: DirectiveContext): EnumDirectives['alterEnum'] {
  const readers = {
    renames: nonEmpty(listOf(readPair, 'a list of renames')),
    replacements: nonEmpty(listOf(readPair, 'a list of replacements')),
    uses: listOf(useReader(context), 'a list of uses'),
    comment: readText,
    ...markReaders,
  } as const satisfies ReadersOf<AlterEnumOptions>;
  return (name, from, to, options) => {
    const at = argumentsOf('op.alterEnum');
    const { schema, ...rest } = readOptions(readers, options, at('options'));
    const operation: AlterEnum = {
      kind: 'alterEnum',
      name: { schema: schema ?? null, name: readName(name, at('name')) },
      from: readLabels(from, at('from')),
      to: readLabels(to, at('to')),
      ...rest,
    };
    checkLabels(operation, at('options'));
    return context.submit(operation);
  };
}

const readPair: Reader<{ readonly from: string; readonly to: string }> = (value, place) => {
  const { from, to } = readOptions({ from: readText, to: readText }, value, place);
  return { from: readText(from, inside(place, 'from')), to: readText(to, inside(place, 'to')) };
};

function useReader(context: DirectiveContext): Reader<EnumUse> {
  const readers = {
    table: readName,
    column: readName,
    array: readFlag,
    default: defaultReader(context),
    ...placeReaders,
  } as const satisfies ReadersOf<EnumUseOption>;
  return (value, place) => {
    const { schema, table, column, ...rest } = readOptions(readers, value, place);
    return {
      table: { schema: schema ?? null, name: readName(table, inside(place, 'table')) },
      column: readName(column, inside(place, 'column')),
      ...rest,
    };
  };
}
