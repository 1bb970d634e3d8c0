import type { ColumnAttributes } from '../../operations/column-operations.js';
import type { Column } from '../../schema/schema-model.js';
import type { BuiltInComparator } from './built-in-comparators.js';
import type { ColumnComparison, CompareColumn, ComparisonRules } from './comparison-rules.js';

/** A column as far as it is compared. */
export interface SettledColumn {
  /** The target with what is not to be compared taken from the current side. */
  readonly to: Column;
  /** What differs whatever it says, because the options' own comparison says so. */
  readonly forced: readonly ('type' | 'default')[];
}

/** Applies the options' own decisions to a column that both sides have. */
export function settleColumn(comparison: ColumnComparison, rules: ComparisonRules): SettledColumn {
  const { builtIn, compareType, compareServerDefault } = rules;
  if (!decidesOnColumns(rules)) return { to: comparison.target, forced: [] };
  const kept = COMPARED_BY.filter(([comparator]) => !builtIn.has(comparator)).flatMap(
    ([, attributes]) => attributes,
  );
  const forced: ('type' | 'default')[] = [];
  const decide = (attribute: 'type' | 'default', hook: CompareColumn | undefined): void => {
    const differs = hook?.(comparison);
    if (differs === undefined) return;
    if (differs) forced.push(attribute);
    else kept.push(attribute);
  };
  if (builtIn.has('types')) decide('type', compareType);
  if (builtIn.has('defaults')) decide('default', compareServerDefault);
  const { current, target } = comparison;
  return { to: kept.length === 0 ? target : leftAsIs(target, current, kept), forced };
}

/** Whether the options decide anything about columns that both sides have. */
export function decidesOnColumns(rules: ComparisonRules): boolean {
  if (rules.compareType !== undefined || rules.compareServerDefault !== undefined) return true;
  return COMPARED_BY.some(([comparator]) => !rules.builtIn.has(comparator));
}

type Attribute = keyof ColumnAttributes & keyof Column;

const COMPARED_BY: readonly (readonly [BuiltInComparator, readonly Attribute[]])[] = [
  ['types', ['type', 'collation', 'charset']],
  ['nullability', ['nullable']],
  ['defaults', ['default', 'onUpdate', 'generated', 'identity', 'autoIncrement']],
  ['comments', ['comment']],
];

function leftAsIs(target: Column, current: Column, attributes: readonly Attribute[]): Column {
  const column: Record<string, unknown> = { ...target };
  for (const attribute of attributes) {
    if (current[attribute] === undefined) delete column[attribute];
    else column[attribute] = current[attribute];
  }
  return column as unknown as Column;
}
