import { mapChanged } from '../schema/map-changed.js';
import type { ObjectName } from '../schema/object-name.js';
import type { ForeignKey, SchemaModel, Table } from '../schema/schema-model.js';

/**
 * The model with objects that name the connection's default schema explicitly moved to `schema: null`, as the inspector
 * reports them (Alembic does the same: AG-21).
 */
export function withDefaultSchema(model: SchemaModel, defaultSchema: string): SchemaModel {
  const fold = <T extends ObjectName>(object: T): T =>
    object.schema === defaultSchema ? { ...object, schema: null } : object;
  const foldKey = (key: ForeignKey): ForeignKey => {
    const referencedTable = fold(key.referencedTable);
    return referencedTable === key.referencedTable ? key : { ...key, referencedTable };
  };
  const foldTable = (table: Table): Table => {
    const foreignKeys = mapChanged(table.foreignKeys, foldKey);
    return foreignKeys === table.foreignKeys ? fold(table) : { ...fold(table), foreignKeys };
  };
  return {
    schemas: model.schemas.filter((schema) => schema !== defaultSchema),
    enums: model.enums.map(fold),
    sequences: model.sequences.map(fold),
    tables: mapChanged(model.tables, foldTable),
    views: model.views.map((view) => ({ ...fold(view), dependsOn: view.dependsOn.map(fold) })),
    ...listsInDefaultSchema(model, fold),
    ...(model.unmanaged && { unmanaged: model.unmanaged.map(fold) }),
    ...(model.renamed && {
      renamed: model.renamed.map((hint) => ({ ...hint, table: fold(hint.table) })),
    }),
  };
}

function listsInDefaultSchema(
  { extensions, domains, routines, partitions }: SchemaModel,
  fold: <T extends ObjectName>(object: T) => T,
): Pick<SchemaModel, 'extensions' | 'domains' | 'routines' | 'partitions'> {
  return {
    ...(extensions && { extensions }),
    ...(domains && { domains: domains.map(fold) }),
    ...(routines && { routines: routines.map(fold) }),
    ...(partitions && {
      partitions: partitions.map((partition) => ({ ...fold(partition), of: fold(partition.of) })),
    }),
  };
}
