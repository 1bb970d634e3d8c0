import { closestName } from '../../errors/closest-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Column, Index, Table } from '../../schema/schema-model.js';
import type { Constraint } from '../constraint-operations.js';
import type { TableBuilder, TableItem } from '../operations-api.js';
import { isUnnamed, type UnnamedConstraint } from '../unnamed-constraint.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, inside, shown, wrongArgument, wrongType } from './place.js';
import { orNull, readColumnNames, readName, readSql } from './read-argument.js';
import { columnOf, columnReaders, readNamed } from './read-column.js';
import {
  checkReaders,
  exclusionReaders,
  foreignKeyOf,
  foreignKeyReaders,
  foreignKeySubject,
  primaryKeyReaders,
  uniqueReaders,
} from './read-constraint.js';
import { readExclusion } from './read-exclusion.js';
import { bodyIndexReaders, readIndexParts } from './read-index.js';
import { namer, readGivenName, requiredNamer } from './read-given-name.js';
import { readOptions } from './read-options.js';

/** The parts of a table that its body makes. */
export type TableParts = Omit<Table, 'schema' | 'name' | 'entity' | 'comment'>;

type ColumnPart = {
  readonly type: 'column';
  readonly column: Column;
  /** The call says nothing of NULL, so a primary key decides. */
  readonly isNullableOpen: boolean;
};

type IndexPart = { readonly type: 'index'; readonly index: Index };

type Part = ColumnPart | IndexPart | Constraint;

/** What the items of a body need from outside. */
export interface BodyContext extends DirectiveContext {
  /** The table, for the names of its constraints. */
  readonly table: ObjectName;
}

/**
 * Runs the body of `op.createTable` and puts its items together.
 * @throws MigrationError E3013 for what is no item, a column twice, a constraint on a column that is not there
 */
export function readTableBody(body: unknown, place: Place, context: BodyContext): TableParts {
  return assemble(readParts(body, place, context), place);
}

function readParts(body: unknown, place: Place, context: BodyContext): readonly Part[] {
  if (typeof body !== 'function') throw wrongType(place, body, 'a function such as (t) => [ … ]');
  const parts = new WeakMap<TableItem, Part>();
  const items: unknown = body(tableBuilder(parts, context));
  if (!Array.isArray(items)) {
    throw wrongType({ ...place, argument: `${place.argument}()` }, items, 'the list of items');
  }
  return Array.from(items as readonly unknown[], (item, index) =>
    partOf(item, parts, inside(place, index)),
  );
}

/**
 * Runs a body that says one constraint, which has no name.
 * @throws MigrationError E3013 for anything else
 */
export function readUnnamedConstraint(
  body: unknown,
  place: Place,
  context: BodyContext,
): UnnamedConstraint {
  const [part, another] = readParts(body, place, context);
  if (part === undefined || another !== undefined)
    throw wrongArgument(place, { clause: 'says another number of constraints than one' });
  if (part.type === 'column' || part.type === 'index' || !isUnnamed(part))
    throw wrongArgument(place, {
      clause: 'has to be a unique, foreign key, check or exclusion constraint without a name',
    });
  return part;
}

function tableBuilder(parts: WeakMap<TableItem, Part>, context: BodyContext): TableBuilder {
  const item = (part: Part): TableItem => {
    const made = Object.freeze({ item: part.type });
    parts.set(made, part);
    return made;
  };
  const readers = columnReaders(context);
  return Object.freeze<TableBuilder>({
    column(name, type, options) {
      const at = argumentsOf(typeof name === 'string' ? `t.column(${shown(name)})` : 't.column');
      const { named, options: said } = readNamed({ name, type, options }, at, context);
      const read = readOptions(readers, said, at('options'));
      const column = columnOf(named, read, at('options'));
      return item({ type: 'column', column, isNullableOpen: read.nullable === undefined });
    },
    ...constraintMethods(item, context),
    index: indexMethod(item, context),
  });
}

type ItemOf = (part: Part) => TableItem;

type ConstraintMethods = Omit<TableBuilder, 'column' | 'index'>;

function constraintMethods(item: ItemOf, context: BodyContext): ConstraintMethods {
  return { ...keyMethods(item, context), ...otherMethods(item, context) };
}

type KeyMethods = Pick<TableBuilder, 'primaryKey' | 'foreignKey' | 'unique'>;

function keyMethods(item: ItemOf, context: BodyContext): KeyMethods {
  const { table } = context;
  const nameOf = namer(context);
  return {
    primaryKey(names, options) {
      const at = argumentsOf('t.primaryKey');
      const columns = readColumnNames(names, at('columns'));
      const { name, ...marks } = readOptions(primaryKeyReaders, options, at('options'));
      const named = nameOf(name, { type: 'primaryKey', table, columns });
      return item({ type: 'primaryKey', constraint: { columns, ...named, ...marks } });
    },
    foreignKey(names, referencedTable, referencedNames, options) {
      const at = argumentsOf('t.foreignKey');
      const lists = {
        columns: readColumnNames(names, at('columns')),
        table: readName(referencedTable, at('referencedTable')),
        referencedColumns: readColumnNames(referencedNames, at('referencedColumns')),
      };
      const { name, ...marks } = readOptions(foreignKeyReaders, options, at('options'));
      const key = foreignKeyOf(lists, marks, at('referencedColumns'));
      const named = nameOf(name, foreignKeySubject(table, key));
      return item({ type: 'foreignKey', constraint: { ...key, ...named } });
    },
    unique(names, options) {
      const at = argumentsOf('t.unique');
      const columns = readColumnNames(names, at('columns'));
      const { name, ...marks } = readOptions(uniqueReaders, options, at('options'));
      const named = nameOf(name, { type: 'unique', table, columns });
      return item({ type: 'unique', constraint: { columns, ...named, ...marks } });
    },
  };
}

function otherMethods(
  item: ItemOf,
  context: BodyContext,
): Omit<ConstraintMethods, keyof KeyMethods> {
  const { table } = context;
  const nameOf = namer(context);
  return {
    check(text, options) {
      const at = argumentsOf('t.check');
      const expression = readSql(text, at('expression'));
      const { name, ...marks } = readOptions(checkReaders, options, at('options'));
      const named = nameOf(name, { type: 'check', table });
      return item({ type: 'check', constraint: { expression, ...named, ...marks } });
    },
    exclude(text, options) {
      const at = argumentsOf('t.exclude');
      const definition = readExclusion(text, at('definition'));
      const { name, ...marks } = readOptions(exclusionReaders, options, at('options'));
      const named = nameOf(name, { type: 'exclusion', table });
      return item({ type: 'exclusion', constraint: { definition, ...named, ...marks } });
    },
  };
}

function indexMethod(item: ItemOf, context: BodyContext): TableBuilder['index'] {
  const { table } = context;
  const nameOf = requiredNamer(context);
  return (name, parts, options) => {
    const at = argumentsOf('t.index');
    const { unique = false, ...rest } = readOptions(bodyIndexReaders, options, at('options'));
    const elements = readIndexParts(parts, at('parts'));
    const given = orNull(readGivenName)(name, at('name')) ?? undefined;
    const columns = elements.flatMap(({ column }) => column ?? []);
    const named = nameOf(given, { type: 'index', table, columns }, at('name'));
    return item({ type: 'index', index: { name: named, elements, unique, ...rest } });
  };
}

function partOf(item: unknown, parts: WeakMap<TableItem, Part>, place: Place): Part {
  const part = typeof item === 'object' && item !== null ? parts.get(item as TableItem) : undefined;
  if (part) return part;
  throw wrongType(place, item, 'an item that this t made, such as t.column(…)');
}

function assemble(parts: readonly Part[], place: Place): TableParts {
  const of = <T extends Part['type']>(type: T): Extract<Part, { readonly type: T }>[] =>
    parts.filter((part): part is Extract<Part, { readonly type: T }> => part.type === type);
  const [key, secondKey] = of('primaryKey');
  if (secondKey) throw wrongArgument(place, { clause: 'has two primary keys' });
  const keyColumns = key?.constraint.columns ?? [];
  const table: TableParts = {
    columns: of('column').map((part) =>
      part.isNullableOpen && keyColumns.includes(part.column.name)
        ? { ...part.column, nullable: false }
        : part.column,
    ),
    ...(key && { primaryKey: key.constraint }),
    foreignKeys: of('foreignKey').map(({ constraint }) => constraint),
    uniques: of('unique').map(({ constraint }) => constraint),
    checks: of('check').map(({ constraint }) => constraint),
    exclusions: of('exclusion').map(({ constraint }) => constraint),
    indexes: of('index').map(({ index }) => index),
  };
  checkColumns(table, place);
  return table;
}

function checkColumns(table: TableParts, place: Place): void {
  const names = table.columns.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw wrongArgument(place, { clause: `has the column ${shown(twice)} twice` });
  }
  const indexes = table.indexes.map(({ elements }) => ({
    columns: elements.flatMap(({ column }) => column ?? []),
  }));
  const keys = [
    table.primaryKey ?? { columns: [] },
    ...table.uniques,
    ...table.foreignKeys,
    ...indexes,
  ];
  const missing = keys.flatMap(({ columns }) => columns).find((name) => !names.includes(name));
  if (missing === undefined) return;
  const nearest = closestName(missing, names);
  throw wrongArgument(place, {
    clause: `has a constraint or index on the column ${shown(missing)}, which it does not have`,
    ...(nearest !== undefined && { advice: `Did you mean "${nearest}"?` }),
  });
}
