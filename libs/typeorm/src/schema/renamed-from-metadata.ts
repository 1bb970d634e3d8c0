import type { RenameHint } from '@nest-alembic/core';
import type { EntityMetadata } from 'typeorm';
import type { ModelContext } from '../drivers/schema-mapping.js';
import { storedColumns } from './column-from-metadata.js';
import type { ColumnMetadata } from './metadata-types.js';
import { objectNameOf } from './object-names.js';
import { formerName } from './renamed-from.js';

/** What `@RenamedFrom` says of the tables and columns of entities. */
export function renamedFromMetadata(
  metadatas: readonly EntityMetadata[],
  context: ModelContext,
): readonly RenameHint[] {
  return metadatas.flatMap((metadata): readonly RenameHint[] => {
    const table = objectNameOf(metadata, context);
    const former = formerName(metadata.target, null);
    return [
      ...(former === undefined ? [] : [{ kind: 'table', table, from: former } as const]),
      ...storedColumns(metadata).flatMap((column) => {
        const from = formerColumnName(column);
        if (from === undefined) return [];
        const name = context.mapping.storedName(column.databaseName);
        return [{ kind: 'column', table, column: name, from } as const];
      }),
    ];
  });
}

/** Of a property in an embedded the path; of a relation's column that of the relation. */
function formerColumnName(column: ColumnMetadata): string | undefined {
  const { relationMetadata: relation, embeddedMetadata: embedded } = column;
  const own = relation ?? column;
  const from = formerName(own.target, own.propertyName);
  if (from === undefined || embedded === undefined) return from;
  return [...embedded.parentPropertyNames, from].join('.');
}
