import type { ObjectEffect, ObjectKind, ObjectRef } from '../operations/object-effect.js';

/** What the database remembers of one object (design D8). */
export type Ownership =
  | { readonly state: 'managed'; readonly entity: string; readonly property?: string }
  | { readonly state: 'known' }
  | { readonly state: 'foreign' };

/** The memory of the log, replayed: who made which object. */
export interface OwnershipMemory {
  of(ref: ObjectRef): Ownership;
  /** The column that held a property of an entity as last applied, for certain renames (design D9). */
  columnOf(
    entity: string,
    property: string,
  ):
    { readonly schema: string | null; readonly table: string; readonly column: string } | undefined;
  /** The table of an entity as last applied. */
  tableOf(entity: string): { readonly schema: string | null; readonly name: string } | undefined;
  /** Schemas that were made by revisions, sorted. */
  readonly schemas: readonly string[];
  /** The kinds of which something is managed. */
  readonly managedKinds: ReadonlySet<ObjectKind>;
  /** The memory after further effects. */
  after(effects: readonly ObjectEffect[]): OwnershipMemory;
}
