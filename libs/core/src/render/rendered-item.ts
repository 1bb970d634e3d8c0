import type { Constraint } from '../operations/constraint-operations.js';
import type { Operation } from '../operations/operation.js';
import type { ObjectName } from '../schema/object-name.js';
import type { Column, SqlText } from '../schema/schema-model.js';

/** A part of a revision file that may have code of its own. */
export type RenderedItem =
  /** A statement: one operation as the file has it, so that indexes of a new table are operations too. */
  | { readonly kind: 'operation'; readonly operation: Operation }
  /** A column in the body of a new table. */
  | { readonly kind: 'column'; readonly table: ObjectName; readonly column: Column }
  /** A constraint in the body of a new table. */
  | { readonly kind: 'constraint'; readonly table: ObjectName; readonly constraint: Constraint }
  /** The type of a column, in a new table, a new column, or a change. */
  | {
      readonly kind: 'type';
      readonly table: ObjectName;
      readonly column: string;
      /** As the database spells it. */
      readonly type: string;
    }
  /** The default of a column, there too. */
  | {
      readonly kind: 'default';
      readonly table: ObjectName;
      readonly column: string;
      readonly default: SqlText;
      /** Type of the column, as the database spells it; absent where a change says nothing of it. */
      readonly type?: string;
    };

/** Code in the place of an item's own. */
export interface OwnCode {
  /** An expression; for an operation one or several statements. It is printed as it stands. */
  readonly code: string;
  /** Import declarations that it needs, a line each. */
  readonly imports?: readonly string[];
}

/**
 * Writes an item of a revision file in another way, as Alembic's `render_item`: `undefined` for its own code, `null` to leave
 * the item out (not a type).
 */
export type RenderItem = (item: RenderedItem) => string | OwnCode | null | undefined;
