import type {
  CheckConstraint,
  Column,
  Dialect,
  EnumType,
  Index,
  ObjectName,
  SqlText,
  Table,
} from '@nest-alembic/core';
import type { DataSource, EntityMetadata } from 'typeorm';
import type { MarkOf } from '../schema/entity-marks.js';
import type { ColumnMetadata, ColumnType, IndexMetadata } from '../schema/metadata-types.js';

/** What a database decides about a column; name, comment and marks are the same everywhere. */
export type ColumnShape = Omit<Column, 'name' | 'comment' | 'entity' | 'property'>;

/** The enumerated type that a column uses. */
export interface EnumReference {
  readonly name: ObjectName;
  /** Absent where the entity names a type that it does not describe. */
  readonly labels?: EnumType['labels'];
}

/** A name as TypeORM's `parseTableName` takes it apart. */
export type ParsedName = ReturnType<DataSource['driver']['parseTableName']>;

/** How the metadata of one TypeORM driver becomes a schema model: all that differs from database to database. */
export interface SchemaMapping {
  /** The schema that names without a schema mean. */
  defaultSchema(dataSource: DataSource): string;
  /** What of a name is the schema of the model: on MySQL it is the database. */
  schemaOf(name: ParsedName): string | undefined;
  /** False where TypeORM makes primary keys without a name. */
  readonly namesPrimaryKeys: boolean;
  /** Whether the name of an index, or of a constraint that is kept as one, is taken in its table only or in the schema. */
  readonly indexNamesAreTaken: 'in the table' | 'in the schema';
  /** A name as the server keeps it (PostgreSQL cuts long ones without an error). */
  storedName(name: string): string;
  /** The spelling of a type without length, precision and so on. */
  simpleType(type: ColumnType, context: ModelContext): SqlText;
  /** @throws MigrationError E3015 where the database has no such column */
  columnShape(column: ColumnMetadata, context: ModelContext): ColumnShape;
  /**
   * The enumerated type of a column; undefined where the database has none or the column is of another type.
   * @throws MigrationError E3015 for labels that the database cannot hold
   */
  enumOf(column: ColumnMetadata, context: ModelContext): EnumReference | undefined;
  /** What the index has besides name, columns, uniqueness and predicate. */
  indexShape(index: IndexMetadata): Partial<Pick<Index, 'method' | 'parser'>>;
  /** What the table has besides its parts and its comment. */
  tableShape(metadata: EntityMetadata): Partial<Pick<Table, 'engine' | 'storage'>>;
  /** The check that TypeORM makes for a column by itself. */
  checkOf(column: ColumnMetadata, context: ModelContext): CheckConstraint | undefined;
}

/** What every step of reading the metadata is told. */
export interface ModelContext {
  readonly dataSource: DataSource;
  readonly dialect: Dialect;
  readonly mapping: SchemaMapping;
  readonly markOf: MarkOf;
  /** The types that were spelled so far, by what each was made from: a model has many columns and few types. */
  readonly spelledTypes: Map<string, SqlText>;
}
