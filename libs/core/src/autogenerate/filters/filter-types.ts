import type { ObjectKind } from '../../operations/object-effect.js';
import type {
  CheckConstraint,
  Column,
  EnumType,
  ExclusionConstraint,
  ForeignKey,
  Index,
  Sequence,
  Table,
  UniqueConstraint,
  View,
} from '../../schema/schema-model.js';
import type {
  Domain,
  Extension,
  Partition,
  Policy,
  Routine,
  Trigger,
} from '../../schema/server-objects.js';

/** The kinds that filters are asked about: every kind of object but primary keys, which are part of their table. */
export type FilteredKind = Exclude<ObjectKind, 'primaryKey'>;

/** What a name stands in. Empty for a schema; a table, view, type or routine has a schema; a part has a table too. */
export interface ParentNames {
  /** Null is the default schema of the connection. */
  readonly schemaName?: string | null;
  /** Table or view of a part: a column, an index, a constraint, a trigger, a policy. */
  readonly tableName?: string;
  /** `account`, or `audit.event` outside of the default schema; also of a table and a view themselves. */
  readonly schemaQualifiedTableName?: string;
}

/**
 * Says which names of the database take part in a comparison (Alembic's `include_name`). It is asked about the database only: what it
 * answers `false` to looks absent there, so that an object of the model with this name is reported as new; `includeObject` leaves
 * out both sides. The default schema is asked about as `(null, 'schema', {})`.
 */
export type IncludeName = (
  name: string | null,
  type: FilteredKind,
  parents: ParentNames,
) => boolean;

/** What `includeObject` looks at. */
export type FilteredObject =
  | Table
  | View
  | EnumType
  | Sequence
  | Extension
  | Domain
  | Routine
  | Partition
  | Column
  | ForeignKey
  | UniqueConstraint
  | CheckConstraint
  | ExclusionConstraint
  | Index
  | Trigger
  | Policy;

/**
 * Says which objects take part in a comparison (Alembic's `include_object`); what it answers `false` to is left as it is. Asked once
 * about each object: for one of the model `reflected` is false, and `compareTo` is the object of the same name in the database,
 * undefined where there is none; for one that only the database has, `reflected` is true. Of a table that is new or gone only the table
 * itself is asked about, and the indexes of a new one. `name` is null for a constraint without one.
 */
export type IncludeObject = (
  ...question: readonly [
    object: FilteredObject,
    name: string | null,
    type: FilteredKind,
    reflected: boolean,
    compareTo: FilteredObject | undefined,
    parents: ParentNames,
  ]
) => boolean;
