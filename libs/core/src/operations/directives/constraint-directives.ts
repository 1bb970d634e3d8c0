import type { ObjectName } from '../../schema/object-name.js';
import type {
  ConstraintChange,
  ConstraintDirectives,
  IndexInPlace,
} from '../api/constraint-api.js';
import type { Constraint, ConstraintAttributes, KeyIndex } from '../constraint-operations.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, inside, wrongArgument } from './place.js';
import {
  oneOf,
  orNull,
  readBoolean,
  readColumnNames,
  readFlag,
  readName,
  readSql,
} from './read-argument.js';
import {
  checkReaders,
  exclusionReaders,
  foreignKeyOf,
  foreignKeyReaders,
  foreignKeySubject,
  primaryKeyReaders,
  readConstraintType,
  readDeferrable,
  uniqueReaders,
} from './read-constraint.js';
import { readExclusion } from './read-exclusion.js';
import { namer, readGivenName, requiredNamer } from './read-given-name.js';
import type { ReadersOf } from './read-options.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';
import { checkSameKeys } from './same-keys.js';
import { readUnnamedConstraint } from './table-body.js';

type ChangeDirectives = Pick<
  ConstraintDirectives,
  | 'dropConstraint'
  | 'dropUnnamedConstraint'
  | 'renameConstraint'
  | 'validateConstraint'
  | 'alterConstraint'
>;
type CreateDirectives = Omit<ConstraintDirectives, keyof ChangeDirectives>;

const indexReaders = {
  name: readName,
  columns: readColumnNames,
  include: readColumnNames,
  nullsNotDistinct: readFlag,
} as const satisfies ReadersOf<IndexInPlace>;
const dropReaders = { ifExists: readFlag, index: readIndexInPlace, ...placeReaders };
const changeReaders = {
  deferrable: orNull(readDeferrable),
  enforced: readBoolean,
} as const satisfies ReadersOf<ConstraintChange>;
const alterReaders = { from: readChange, ...placeReaders };
const renameReaders = { ...placeReaders, ...entityReaders };

/** The directives about constraints. */
export function constraintDirectives(context: DirectiveContext): ConstraintDirectives {
  return {
    ...createDirectives(context),
    ...nameDirectives(context),
    ...alterDirectives(context),
  };
}

type NameDirectives = Pick<
  ChangeDirectives,
  'dropConstraint' | 'dropUnnamedConstraint' | 'renameConstraint'
>;

function nameDirectives(context: DirectiveContext): NameDirectives {
  const { submit } = context;
  const nameOf = requiredNamer(context);
  return {
    dropConstraint(table, name, type, options) {
      const at = argumentsOf('op.dropConstraint');
      const { schema, ...marks } = readOptions(dropReaders, options, at('options'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      const subject = { type: readConstraintType(type, at('type')), table: owner };
      if (marks.index && subject.type !== 'primaryKey' && subject.type !== 'unique')
        throw wrongArgument(inside(at('options'), 'index'), {
          clause: `is for keys: a constraint of type ${subject.type} has no unique index to leave behind`,
        });
      return submit({
        kind: 'dropConstraint',
        table: owner,
        name: nameOf(readGivenName(name, at('name')), subject, at('name')),
        type: subject.type,
        ...marks,
      });
    },
    dropUnnamedConstraint(table, body, options) {
      const at = argumentsOf('op.dropUnnamedConstraint');
      const { schema } = readOptions(placeReaders, options, at('options'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      const { namingConvention: _, ...unnamed } = context;
      const dropped = readUnnamedConstraint(body, at('body'), { ...unnamed, table: owner });
      return submit({ kind: 'dropUnnamedConstraint', table: owner, dropped });
    },
    renameConstraint(...[table, from, to, type, options]) {
      const at = argumentsOf('op.renameConstraint');
      const { schema, ...marks } = readOptions(renameReaders, options, at('options'));
      return submit({
        kind: 'renameConstraint',
        table: { schema: schema ?? null, name: readName(table, at('table')) },
        type: readConstraintType(type, at('type')),
        from: readName(from, at('from')),
        to: readName(to, at('to')),
        ...marks,
      });
    },
  };
}

function alterDirectives(context: DirectiveContext): Omit<ChangeDirectives, keyof NameDirectives> {
  const { submit } = context;
  const nameOf = requiredNamer(context);
  return {
    validateConstraint(table, name, type, options) {
      const at = argumentsOf('op.validateConstraint');
      const { schema } = readOptions(placeReaders, options, at('options'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      const subject = { type: oneOf('check', 'foreignKey')(type, at('type')), table: owner };
      const given = readGivenName(name, at('name'));
      return submit({
        kind: 'validateConstraint',
        table: owner,
        name: nameOf(given, subject, at('name')),
        type: subject.type,
      });
    },
    alterConstraint(table, name, change, options) {
      const at = argumentsOf('op.alterConstraint');
      const { schema, from } = readOptions(alterReaders, options, at('options'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      const given = readGivenName(name, at('name'));
      const to = readChange(change, at('change'));
      if (from) checkSameKeys(from, to, at('options.from'));
      return submit({
        kind: 'alterConstraint',
        table: owner,
        name: nameOf(given, { type: 'foreignKey', table: owner }, at('name')),
        to,
        ...(from && { from }),
      });
    },
  };
}

function readChange(value: unknown, place: Place): ConstraintAttributes {
  const change = readOptions(changeReaders, value, place);
  if (Object.keys(change).length > 0) return change;
  throw wrongArgument(place, { clause: 'names neither "deferrable" nor "enforced"' });
}

function readIndexInPlace(value: unknown, place: Place): KeyIndex {
  const { name, columns, ...rest } = readOptions(indexReaders, value, place);
  return {
    name: readName(name, inside(place, 'name')),
    columns: readColumnNames(columns, inside(place, 'columns')),
    ...rest,
  };
}

const readers = {
  primaryKey: { usingIndex: readName, ...primaryKeyReaders, ...placeReaders },
  foreignKey: { ...foreignKeyReaders, ...placeReaders },
  unique: { usingIndex: readName, ...uniqueReaders, ...placeReaders },
  check: { ...checkReaders, ...placeReaders },
  exclusion: { ...exclusionReaders, ...placeReaders },
};

function createDirectives(context: DirectiveContext): CreateDirectives {
  return { ...createKeys(context), ...createOthers(context) };
}

type KeyDirectives = Pick<
  CreateDirectives,
  'createPrimaryKey' | 'createForeignKey' | 'createUniqueConstraint'
>;

function createKeys(context: DirectiveContext): KeyDirectives {
  const add = adder(context);
  const nameOf = namer(context);
  return {
    createPrimaryKey(table, names, options) {
      const at = argumentsOf('op.createPrimaryKey');
      const { schema, name, usingIndex, ...marks } = readOptions(
        readers.primaryKey,
        options,
        at('options'),
      );
      const columns = readColumnNames(names, at('columns'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      const named = nameOf(name, { type: 'primaryKey', table: owner, columns });
      const constraint = { columns, ...nameOfIndex(usingIndex), ...named, ...marks };
      return add(owner, { type: 'primaryKey', constraint }, usingIndex);
    },
    createForeignKey(...[table, names, referencedTable, referencedNames, options]) {
      const at = argumentsOf('op.createForeignKey');
      const { schema, name, ...marks } = readOptions(readers.foreignKey, options, at('options'));
      const lists = {
        columns: readColumnNames(names, at('columns')),
        table: readName(referencedTable, at('referencedTable')),
        referencedColumns: readColumnNames(referencedNames, at('referencedColumns')),
      };
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      const key = foreignKeyOf(lists, marks, at('referencedColumns'));
      const named = nameOf(name, foreignKeySubject(owner, key));
      return add(owner, { type: 'foreignKey', constraint: { ...key, ...named } });
    },
    createUniqueConstraint(table, names, options) {
      const at = argumentsOf('op.createUniqueConstraint');
      const { schema, name, usingIndex, ...marks } = readOptions(
        readers.unique,
        options,
        at('options'),
      );
      const columns = readColumnNames(names, at('columns'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      const named = nameOf(name, { type: 'unique', table: owner, columns });
      const constraint = { columns, ...nameOfIndex(usingIndex), ...named, ...marks };
      return add(owner, { type: 'unique', constraint }, usingIndex);
    },
  };
}

function createOthers(context: DirectiveContext): Omit<CreateDirectives, keyof KeyDirectives> {
  const add = adder(context);
  const nameOf = namer(context);
  return {
    createCheckConstraint(table, text, options) {
      const at = argumentsOf('op.createCheckConstraint');
      const { schema, name, ...marks } = readOptions(readers.check, options, at('options'));
      const expression = readSql(text, at('expression'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      const named = nameOf(name, { type: 'check', table: owner });
      return add(owner, { type: 'check', constraint: { expression, ...named, ...marks } });
    },
    createExclusionConstraint(table, text, options) {
      const at = argumentsOf('op.createExclusionConstraint');
      const { schema, name, ...marks } = readOptions(readers.exclusion, options, at('options'));
      const definition = readExclusion(text, at('definition'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      const named = nameOf(name, { type: 'exclusion', table: owner });
      return add(owner, { type: 'exclusion', constraint: { definition, ...named, ...marks } });
    },
  };
}

/** A key without a name of its own has that of its index. */
const nameOfIndex = (name: string | undefined) => (name === undefined ? {} : { name });

const adder =
  ({ submit }: DirectiveContext) =>
  (table: ObjectName, added: Constraint, usingIndex?: string): Promise<void> =>
    submit({
      kind: 'addConstraint',
      table,
      added,
      ...(usingIndex !== undefined && { usingIndex }),
    });
