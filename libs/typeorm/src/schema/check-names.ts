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

/** Objects of one kind. */
interface NamedGroup {
  readonly kind: string;
  /** The schema of objects that name none. */
  readonly schema: string | null;
  readonly objects: readonly NamedObject[];
}

type NamedObject = FromEntity & Partial<ObjectName>;

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
  const relations = [group('table', model.tables), group('view', model.views)];
  assertDistinct(() => [[...relations, group('enum', model.enums)]]);
  if (indexNamesAreTaken === 'in the schema') {
    assertDistinct(() => withIndexes(relations, model));
  }
  for (const table of model.tables) {
    assertDistinct(() => [constraintsOf(table)]);
    assertDistinct(() => [indexesOf(table)]);
  }
}

const group = (
  kind: string,
  objects: readonly NamedObject[],
  schema: string | null = null,
): NamedGroup => ({ kind, schema, objects });

function* withIndexes(
  relations: readonly NamedGroup[],
  { tables, views }: SchemaModel,
): Iterable<readonly NamedGroup[]> {
  yield relations;
  for (const table of tables) yield indexesOf(table);
  for (const view of views) yield [group('index', view.indexes, view.schema)];
}

const indexesOf = (table: Table): readonly NamedGroup[] => [
  ...keysOf(table, table.schema),
  group('index', table.indexes, table.schema),
];

/** Their names are taken in the table only: they have no schema. */
const constraintsOf = (table: Table): readonly NamedGroup[] => [
  ...keysOf(table, null),
  group('check', table.checks),
  group('foreign key', table.foreignKeys),
];

/** The constraints that are kept as indexes. */
const keysOf = (table: Table, schema: string | null): readonly NamedGroup[] => [
  group('primary key', table.primaryKey ? [table.primaryKey] : [], schema),
  group('unique constraint', table.uniques, schema),
  group('exclusion constraint', table.exclusions, schema),
];

/** Only names are kept while none comes twice: models have many. */
function assertDistinct(all: () => Iterable<readonly NamedGroup[]>): void {
  const seen = new Set<string>();
  for (const groups of all()) {
    for (const { schema, objects } of groups) {
      for (const object of objects) {
        const key = keyOf(object, schema);
        if (key !== undefined && seen.has(key)) throw sameName([...all()].flat(), key);
        if (key !== undefined) seen.add(key);
      }
    }
  }
}

function keyOf(object: NamedObject, schema: string | null): string | undefined {
  return object.name ? nameKey({ schema: object.schema ?? schema, name: object.name }) : undefined;
}

function sameName(groups: readonly NamedGroup[], key: string): MigrationError {
  const namesakes = groups.flatMap(({ kind, schema, objects }) =>
    objects
      .filter((object) => keyOf(object, schema) === key)
      .map(({ name: own = '', entity, ...object }) => ({
        kind,
        entity,
        name: displayName({ schema: object.schema ?? schema, name: own }),
      })),
  );
  const [first, second] = namesakes;
  const name = second?.name ?? '';
  const both = [first, second].map((one) => `a ${one?.kind} of entity "${one?.entity}"`);
  return new MigrationError('E3002', {
    problem: `the name "${name}" is given to ${both.join(' and to ')}`.replaceAll(
      / a (?=[aeiou])/g,
      ' an ',
    ),
    advice: 'Name one of them otherwise.',
    facts: { name, entities: [first?.entity, second?.entity] },
  });
}
