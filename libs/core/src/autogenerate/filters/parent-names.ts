import type { ObjectName } from '../../schema/object-name.js';
import { displayName } from '../../schema/object-name.js';
import type { ParentNames } from './filter-types.js';

/** The parents of a type, a routine or another object of a schema. */
export const inSchema = ({ schema }: ObjectName): ParentNames => ({ schemaName: schema });

/** The parents of a table or view. */
export const ofTable = (table: ObjectName): ParentNames => ({
  schemaName: table.schema,
  schemaQualifiedTableName: displayName(table),
});

/** The parents of a part of a table or view. */
export const inTable = (table: ObjectName): ParentNames => ({
  ...ofTable(table),
  tableName: table.name,
});
