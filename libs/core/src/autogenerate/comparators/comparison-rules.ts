import type { ObjectName } from '../../schema/object-name.js';
import type { Column } from '../../schema/schema-model.js';
import type { BuiltInComparator } from './built-in-comparators.js';
import { BUILT_IN_COMPARATORS } from './built-in-comparators.js';

/** A column that both sides have. */
export interface ColumnComparison {
  readonly table: ObjectName;
  /** The column as the database has it. */
  readonly current: Column;
  /** The column as the model wants it, its texts spelled as the server does. */
  readonly target: Column;
}

/**
 * Decides whether a column differs: `true` it does, `false` it does not, `undefined` leaves the decision to autogenerate. What it calls
 * different is written each time, until it says otherwise.
 */
export type CompareColumn = (comparison: ColumnComparison) => boolean | undefined;

/** What the options say of how to compare. */
export interface ComparisonRules {
  /** Autogenerate's own comparators that take part. */
  readonly builtIn: ReadonlySet<BuiltInComparator>;
  readonly compareType?: CompareColumn;
  readonly compareServerDefault?: CompareColumn;
}

/** Everything is compared, and nobody is asked. */
export const ALL_RULES: ComparisonRules = Object.freeze({
  builtIn: new Set(BUILT_IN_COMPARATORS),
});
