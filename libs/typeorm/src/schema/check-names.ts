import {
  displayName,
  type FromEntity,
  MigrationError,
  nameKey,
  type ObjectName,
  type SchemaModel,
  type Table,
} from '@nest-alembic/core';
import type { SchemaMapping } from '../drivers/schema-mapping.js';

interface NamedObject {
  readonly kind: string;
  readonly name: ObjectName;
  readonly entity: string | undefined;
}

/**
 * Refuses two objects of one name where the database has one name space for them: tables, views, indexes and the
 * constraints that are kept as indexes; tables, views and types. Parts without a name are passed over.
 *
 * @throws MigrationError E3002 naming both
 */
export function checkNames(
  model: SchemaModel,
  { indexNamesAreTaken }: Pick<SchemaMapping, 'indexNamesAreTaken'>,
): void {
  const tables = [
    ...model.tables.map((table) => named('table', table, table)),
    ...model.views.map((view) => named('view', view, view)),
  ];
  assertDistinct([...tables, ...model.enums.map((type) => named('enum', type, type))]);
  if (indexNamesAreTaken === 'in the schema') {
    assertDistinct([...tables, ...model.tables.flatMap(indexesOf), ...viewIndexes(model)]);
  }
  for (const table of model.tables) {
    assertDistinct(constraintsOf(table));
    assertDistinct(indexesOf(table));
  }
}

function named(kind: string, name: ObjectName, from: FromEntity): NamedObject {
  return { kind, name: { schema: name.schema, name: name.name }, entity: from.entity };
}

function indexesOf(table: Table): readonly NamedObject[] {
  const part = (kind: string) => (from: FromEntity & { readonly name?: string }) =>
    named(kind, { schema: table.schema, name: from.name ?? '' }, from);
  return [
    ...(table.primaryKey ? [part('primary key')(table.primaryKey)] : []),
    ...table.uniques.map(part('unique constraint')),
    ...table.exclusions.map(part('exclusion constraint')),
    ...table.indexes.map(part('index')),
  ];
}

function viewIndexes(model: SchemaModel): readonly NamedObject[] {
  return model.views.flatMap((view) =>
    view.indexes.map((index) => named('index', { schema: view.schema, name: index.name }, index)),
  );
}

function constraintsOf(table: Table): readonly NamedObject[] {
  const part = (kind: string) => (from: FromEntity & { readonly name?: string }) =>
    named(kind, { schema: null, name: from.name ?? '' }, from);
  return [
    ...(table.primaryKey ? [part('primary key')(table.primaryKey)] : []),
    ...table.uniques.map(part('unique constraint')),
    ...table.exclusions.map(part('exclusion constraint')),
    ...table.checks.map(part('check')),
    ...table.foreignKeys.map(part('foreign key')),
  ];
}

function assertDistinct(objects: readonly NamedObject[]): void {
  const seen = new Map<string, NamedObject>();
  for (const object of objects.filter(({ name }) => name.name !== '')) {
    const first = seen.get(nameKey(object.name));
    if (first) throw sameName(first, object);
    seen.set(nameKey(object.name), object);
  }
}

function sameName(first: NamedObject, second: NamedObject): MigrationError {
  const name = displayName(second.name);
  const both = [first, second].map(({ kind, entity }) => `a ${kind} of entity "${entity}"`);
  return new MigrationError('E3002', {
    problem: `the name "${name}" is given to ${both.join(' and to ')}`.replaceAll(
      / a (?=[aeiou])/g,
      ' an ',
    ),
    advice: 'Name one of them otherwise.',
    facts: { name, entities: [first.entity, second.entity] },
  });
}
