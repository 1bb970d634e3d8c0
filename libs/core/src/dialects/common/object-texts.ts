import type { ObjectName } from '../../schema/object-name.js';
import type { ColumnName, SchemaModel } from '../../schema/schema-model.js';
import type { Routine } from '../../schema/server-objects.js';
import type { InspectOptions } from './dialect.js';

/** SQL text of the option `objects`, and where it stands, for messages and as the mark of ownership. */
export interface ObjectText {
  /** The file as the option names it, or `objects[2]`. */
  readonly source: string;
  readonly text: string;
}

/** What a statement makes, as far as its first words tell. */
export type ObjectHead =
  | { readonly kind: 'view'; readonly name: ObjectName; readonly materialized: boolean }
  | { readonly kind: 'routine'; readonly name: ObjectName; readonly type: Routine['type'] }
  | { readonly kind: 'trigger' | 'policy'; readonly table: ObjectName; readonly name: string }
  | {
      readonly kind: 'extension';
      readonly name: string;
      readonly schema?: string;
      readonly version?: string;
    }
  | { readonly kind: 'domain' | 'enum' | 'sequence'; readonly name: ObjectName }
  /** Says more of an object that another statement makes: an index, a comment, row-level security, the state of a trigger. */
  | { readonly kind: 'rowSecurity'; readonly table: ObjectName }
  | { readonly kind: 'triggerState'; readonly table: ObjectName; readonly trigger: string }
  /** An index without a name gets one from the server. */
  | { readonly kind: 'index'; readonly table: ObjectName; readonly index?: string }
  | { readonly kind: 'comment'; readonly on: CommentTarget };

/** What a comment is of. */
export interface CommentTarget {
  readonly noun:
    | 'view'
    | 'materialized view'
    | 'function'
    | 'procedure'
    | 'routine'
    | 'trigger'
    | 'policy'
    | 'extension'
    | 'domain'
    | 'type'
    | 'sequence'
    | 'index';
  readonly name: ObjectName;
  /** Of a trigger or policy. */
  readonly table?: ObjectName;
}

/** One statement of an {@link ObjectText}. */
export interface ObjectStatement {
  readonly source: string;
  /** Without its semicolon. */
  readonly sql: string;
  readonly head: ObjectHead;
}

/** What must be known to make registered objects. */
export interface ObjectRequest {
  readonly statements: readonly ObjectStatement[];
  /** The schema of the database, read as `inspect` says. */
  readonly current: SchemaModel;
  /** The model without the registered objects, its texts spelled by the server. */
  readonly target: SchemaModel;
  readonly inspect: InspectOptions;
  /** Whether a column that the database has and the model has not is left there. */
  readonly keeps: (column: ColumnName) => boolean;
  /** How long to wait for a lock on what is there, in milliseconds. More than a second, and 0, mean a second. */
  readonly lockTimeoutMs: number;
  /** How long a statement may run, in milliseconds. More than half a minute, and 0, mean half a minute. */
  readonly statementTimeoutMs: number;
}

/** Registered objects as the server spells them. */
export interface MadeObjects {
  /** The model with them, each marked with its source. */
  readonly target: SchemaModel;
  /** Views and routines that differ and can be replaced in place, this way and back: {@link replaceableKey}. */
  readonly replaceable: ReadonlySet<string>;
  /** True where the role may not make them: then they are taken to be as the database has them. */
  readonly unverified: boolean;
}

/** A text that is equal exactly for the same view or routine; the name of a routine with its signature. */
export function replaceableKey(kind: 'view' | 'routine', { schema, name }: ObjectName): string {
  return JSON.stringify([kind, schema, name]);
}

/** The schemas that statements name. */
export function schemasOfStatements(
  statements: readonly ObjectStatement[] = [],
): readonly string[] {
  return statements.flatMap(({ head }) => {
    if ('table' in head) return head.table.schema ?? [];
    return 'name' in head && typeof head.name !== 'string' ? (head.name.schema ?? []) : [];
  });
}

/**
 * What an object of a text is remembered by: the file, or `objects`, as a place in the list changes with the list. It is never like
 * the name of a class, which marks what an entity makes.
 */
export function markOf(source: string): string {
  const mark = /^objects\[\d+\]$/.test(source) ? 'objects' : source;
  return isRegisteredMark(mark) ? mark : `./${mark}`;
}

/** True for a mark that {@link markOf} gives. */
export function isRegisteredMark(mark: string): boolean {
  return mark === 'objects' || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(mark);
}
