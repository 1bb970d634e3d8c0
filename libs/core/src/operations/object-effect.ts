/** The kinds of objects that ownership is remembered for (design D8). */
export type ObjectKind =
  | 'schema'
  | 'enum'
  | 'sequence'
  | 'table'
  | 'view'
  | 'column'
  | 'primaryKey'
  | 'foreignKey'
  | 'unique'
  | 'check'
  | 'exclusion'
  | 'index'
  | 'extension'
  | 'domain'
  | 'routine'
  | 'trigger'
  | 'policy'
  | 'partition';

/** A reference to one object. `table` is set for parts of a table, `schema: null` is the default schema. */
export interface ObjectRef {
  readonly kind: ObjectKind;
  readonly schema: string | null;
  readonly table?: string;
  readonly name: string;
}

/** One line of the memory: an object was made, dropped or renamed. */
export type ObjectEffect =
  | (ObjectRef & {
      readonly action: 'made';
      /** Present when the object came from the entity model: it is managed; else it is known. */
      readonly entity?: string;
      /** Entity property of a column. */
      readonly property?: string;
    })
  | (ObjectRef & { readonly action: 'dropped' })
  | (ObjectRef & {
      readonly action: 'renamed';
      readonly to: string;
      /** Present when the object moved to another schema. */
      readonly toSchema?: string | null;
      readonly entity?: string;
      readonly property?: string;
    });
