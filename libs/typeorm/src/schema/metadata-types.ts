import type { EntityMetadata } from 'typeorm';

/** TypeORM's description of a column; its class is not exported by the package. */
export type ColumnMetadata = EntityMetadata['columns'][number];

/** TypeORM's description of an index. */
export type IndexMetadata = EntityMetadata['indices'][number];

/** TypeORM's description of a foreign key. */
export type ForeignKeyMetadata = EntityMetadata['foreignKeys'][number];

/** A type as a column option says it: `'varchar'`, `Number`. */
export type ColumnType = ColumnMetadata['type'];
