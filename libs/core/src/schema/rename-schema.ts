import type { ObjectName } from './object-name.js';
import { compareNames, compareText } from './object-name.js';
import { memberKey } from './object-list.js';
import type { Renaming } from './rename-in-schema.js';
import { followTypes } from './rename-in-schema.js';
import { missingObject, presentObject } from './schema-edit.js';
import type { SchemaModel, Table } from './schema-model.js';

/**
 * The model with a schema renamed, and with it all that is in it and the names that refer there. SQL texts (views, checks,
 * bodies of functions) are never rewritten.
 * @throws MigrationError E3014 when the schema is missing, or the new name is taken
 */
export function renameSchemaInModel(
  model: SchemaModel,
  { from, to }: Renaming<string>,
): SchemaModel {
  if (!model.schemas.includes(from)) throw missingObject('schema', from);
  if (model.schemas.includes(to)) throw presentObject('schema', to);
  const follow = <T extends ObjectName>(object: T): T =>
    object.schema === from ? { ...object, schema: to } : object;
  const all = <T extends ObjectName>(objects: readonly T[]): readonly T[] =>
    objects.map(follow).sort(compareNames);
  const moved: SchemaModel = {
    ...model,
    ...listsAfter(model, { from, to }),
    schemas: model.schemas.map((name) => (name === from ? to : name)).sort(compareText),
    enums: all(model.enums),
    sequences: all(model.sequences),
    tables: all(model.tables.map((table) => withKeys(table, follow))),
    views: all(model.views.map((view) => ({ ...view, dependsOn: view.dependsOn.map(follow) }))),
  };
  const types = [...model.enums, ...(model.domains ?? [])].filter(({ schema }) => schema === from);
  return types.reduce(
    (followed, { name }) =>
      followTypes(followed, { from: { schema: from, name }, to: { schema: to, name } }),
    moved,
  );
}

function withKeys(table: Table, follow: <T extends ObjectName>(object: T) => T): Table {
  return {
    ...table,
    foreignKeys: table.foreignKeys.map((key) => ({
      ...key,
      referencedTable: follow(key.referencedTable),
    })),
  };
}

/** The lists that may be absent: those that are there, sorted anew. */
function listsAfter(
  { extensions, domains, routines, partitions }: SchemaModel,
  { from, to }: Renaming<string>,
): Pick<SchemaModel, 'extensions' | 'domains' | 'routines' | 'partitions'> {
  const follow = <T extends { readonly schema?: string | null }>(object: T): T =>
    object.schema === from ? { ...object, schema: to } : object;
  const byKey =
    <T>(keyOf: (object: T) => string) =>
    (left: T, right: T): number =>
      compareText(keyOf(left), keyOf(right));
  return {
    ...(extensions && { extensions: extensions.map(follow) }),
    ...(domains && {
      domains: domains.map(follow).sort(byKey((one) => memberKey('domains', one))),
    }),
    ...(routines && {
      routines: routines.map(follow).sort(byKey((one) => memberKey('routines', one))),
    }),
    ...(partitions && {
      partitions: partitions
        .map((one) => ({ ...follow(one), of: follow(one.of) }))
        .sort(byKey((one) => memberKey('partitions', one))),
    }),
  };
}
